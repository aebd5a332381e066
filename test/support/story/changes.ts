import { closedThroughOf } from '#shared/domain/book/head.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { CLOSE_DAYS_MAX } from '#shared/domain/lending/close.ts';
import { company, people } from '../world.ts';
import type { Office } from './office.ts';
import type { Step } from './step.ts';

/** What an officer proposes of a loan. */
const propose = async (
  office: Office,
  subject: 'extension' | 'novation' | 'write-off',
  loanId: string,
  proposal: object,
): Promise<string> => {
  const caseId = office.newId('CS');
  office.caseIds.push(caseId);
  const content = { subject, [subject === 'write-off' ? 'writeOff' : subject]: { loanId, ...proposal } };
  await office.send(`loan.propose-${subject}`, { caseId, content }, people.officer);
  return caseId;
};

/** Decides a case to its end, as far as it goes. */
type Decide = (caseId: string) => Promise<void>;
const toTheEnd = async (decide: Decide, caseId: string): Promise<void> => {
  for (let i = 0; i < 9; i += 1) await decide(caseId);
};

export const extend = async (office: Office, step: Step, decide: Decide): Promise<void> => {
  const loanId = await office.someLoan(step);
  if (loanId === undefined) return;
  const caseId = await propose(office, 'extension', loanId, { months: (step.amount % 13) + 1, reason: '回款延迟' });
  if (step.who % 3 !== 0) await toTheEnd(decide, caseId);
};

export const novate = async (office: Office, step: Step, decide: Decide): Promise<void> => {
  const loanId = await office.someLoan(step);
  if (loanId === undefined) return;
  const successor = company(step.pick % 2 === 0 ? 10 + (step.who % 2) : 1);
  const caseId = await propose(office, 'novation', loanId, { company: successor, documents: [] });
  if (step.who % 3 !== 0) await toTheEnd(decide, caseId);
};

export const writeOff = async (office: Office, step: Step, decide: Decide): Promise<void> => {
  const loanId = await office.someLoan(step);
  if (loanId === undefined) return;
  const caseId = await propose(office, 'write-off', loanId, { reason: '企业已注销', documents: [] });
  if (step.who % 3 !== 0) await toTheEnd(decide, caseId);
};

/** Closes days: all that are over, some, too many, or days that are not over. */
export const closeDays = async (office: Office, step: Step): Promise<void> => {
  const today = office.world.clock.today();
  if (step.who % 5 === 0) {
    const through = addDays(today, (step.amount % 4) - 2);
    await office.send('day.close', { through, loanIds: office.loanIds.slice(0, step.pick), last: step.pick % 2 === 0 });
    return;
  }
  await closeAll(office, step.who % 7 !== 0);
};

/** Every day that is over, in steps as the nightly job makes them; a forgetful one leaves loans out. */
export const closeAll = async (office: Office, allLoans = true): Promise<void> => {
  const yesterday = addDays(office.world.clock.today(), -1);
  const loanIds = allLoans ? office.loanIds.slice(-8) : office.loanIds.slice(0, 2);
  for (;;) {
    const from = closedThroughOf((await office.world.ledger.load(office.world.fundId, [])).head);
    if (from !== undefined && from >= yesterday) return;
    const reach = from === undefined ? yesterday : addDays(from, CLOSE_DAYS_MAX);
    const [through] = [reach, yesterday].toSorted();
    const outcome = await office.send('day.close', { through, loanIds, last: true });
    if (outcome?.status !== 'applied') return;
  }
};

/** Lets a loan go unpaid for a long time, every day closed; in the end, now and then, it is written off. */
export const neglect = async (office: Office, loanId: string, step: Step, decide: Decide): Promise<void> => {
  const due = (await office.world.read('loan', loanId))?.schedule.at(-1)?.dueDate;
  if (due === undefined) return;
  const late = addDays(due, [2, 92, 272, 362][step.who % 4] ?? 2);
  if (late > office.world.clock.today()) office.world.clock.set(late);
  await closeAll(office);
  if (step.who % 4 < 2 || step.amount % 2 === 0) return;
  await toTheEnd(decide, await propose(office, 'write-off', loanId, { reason: '企业已注销', documents: [] }));
};
