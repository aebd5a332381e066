import fc from 'fast-check';
import { addDays } from '#shared/domain/calendar.ts';
import * as cases from './cases.ts';
import * as changes from './changes.ts';
import { at } from './ground.ts';
import * as money from './money.ts';
import { Office } from './office.ts';
import { officeUnder, type RuleChoices, ruleChoices } from './rules.ts';
import { type ActName, type Step, steps } from './step.ts';

type Act = (office: Office, step: Step) => Promise<unknown>;

const decideIn = (office: Office) => (caseId: string) => cases.goOn(office, caseId);

/** A loan from its application to the borrower's account. */
const lend: Act = async (office, step) => {
  const caseId = await cases.apply(office, { ...step, amount: step.amount % 6 });
  for (let i = 0; i < 12; i += 1) await cases.goOn(office, caseId);
  const loanId = caseId.replace('CS-', 'LN-');
  const stop = (step.who >> 2) % 4;
  for (let i = 0; i < Math.min(stop, 2); i += 1) await money.goOnWithLoan(office, loanId, step);
};

/** Something sent before comes again, as it was. */
const repeat: Act = async (office, step) => {
  const old = at(office.sent, step.pick * 31 + step.who);
  if (old !== undefined) await office.send(old.kind, old.payload, old.actor, { id: old.id, worker: old.worker });
};

/** The id of something sent before comes with something else. */
const reuse: Act = async (office, step) => {
  const old = at(office.sent, step.pick * 31 + step.who);
  const other = at(office.sent, step.pick * 17 + step.amount);
  if (old !== undefined && other !== undefined)
    await office.send(other.kind, other.payload, other.actor, { id: old.id, worker: other.worker });
};

const acts: Readonly<Record<ActName, Act>> = {
  'go on with a case': async (office, step) => {
    const caseId = await office.someCase(step);
    for (let i = 0; caseId !== undefined && i < 1 + (step.who % 5); i += 1) await cases.goOn(office, caseId);
  },
  'go on with a loan': async (office, step) => {
    const loanId = await office.someLoan(step);
    if (loanId !== undefined) await money.goOnWithLoan(office, loanId, step);
  },
  'go on with a payment': async (office, step) => {
    for (let i = 0; i < 1 + (step.who % 4); i += 1) await money.goOnWithPayment(office, step);
  },
  lend,
  'neglect a loan': async (office, step) => {
    const loanId = await office.someLoan(step);
    if (loanId !== undefined) await changes.neglect(office, loanId, step, decideIn(office));
  },
  apply: cases.apply,
  reapply: cases.reapply,
  review: cases.review,
  vote: cases.vote,
  delegate: cases.delegate,
  object: cases.object,
  approve: cases.approve,
  reject: cases.reject,
  withdraw: cases.withdraw,
  lapse: cases.lapse,
  contract: cases.contract,
  instruct: money.instruct,
  doubt: money.doubt,
  settle: money.settle,
  bounce: money.bounce,
  'give back': money.giveBack,
  reinstruct: money.reinstruct,
  'cancel a loan': money.cancelLoan,
  repay: money.repay,
  suspend: money.suspend,
  assign: money.assign,
  extend: (office, step) => changes.extend(office, step, decideIn(office)),
  novate: (office, step) => changes.novate(office, step, decideIn(office)),
  'write off': (office, step) => changes.writeOff(office, step, decideIn(office)),
  'call capital': money.callCapital,
  'receive capital': money.receiveCapital,
  'cancel a call': money.cancelCall,
  refund: (office, step) => money.refund(office, step, decideIn(office)),
  release: money.release,
  'cancel a payment': money.cancelPayment,
  'amend the charter': cases.amend,
  'record a statement': money.recordStatement,
  'close days': changes.closeDays,
  wait: async (office, step) =>
    office.world.clock.set(addDays(office.world.clock.today(), step.pick * (step.who % 12))),
  repeat,
  'reuse an id': reuse,
};

/** What happens at one office: its rules, and then one thing after another. */
export interface Story {
  readonly rules: RuleChoices;
  readonly steps: readonly Step[];
}

export const stories = (stepsMax = 30): fc.Arbitrary<Story> =>
  fc.record({ rules: ruleChoices, steps: fc.array(steps, { minLength: 4, maxLength: stepsMax, size: 'max' }) });

/** No office is open later than this; terms must still end before the calendar does. */
const LAST_DAY = '2150-01-01';

/**
 * Plays a story.
 * @param watch is called after every step
 */
export const play = async (
  { rules, steps: all }: Story,
  watch: (office: Office) => void | Promise<void> = () => undefined,
): Promise<Office> => {
  const office = new Office(await officeUnder(rules));
  for (const step of all) {
    const { clock } = office.world;
    clock.set(addDays(clock.today(), step.days));
    if (clock.today() > LAST_DAY) break;
    await acts[step.act](office, step);
    await watch(office);
  }
  return office;
};
