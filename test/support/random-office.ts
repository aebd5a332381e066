import fc from 'fast-check';
import { SYSTEM } from '#shared/application/system.ts';
import type { CommandKind } from '#shared/contracts/commands.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { application, bankLine, caseIdOf, contractOf, loanIdOf, people, shownOf, type World } from './world.ts';

/** A command as somebody would send it; payload in wire form. */
export interface Sent {
  readonly id: string;
  readonly kind: CommandKind;
  readonly payload: object;
  readonly actor: Actor;
}

const ACTS = [
  'apply',
  'reapply',
  'review',
  'vote',
  'approve',
  'withdraw',
  'lapse',
  'contract',
  'instruct',
  'doubt',
  'settle',
  'bounce',
  'reinstruct',
  'cancel',
  'repay',
  'suspend',
  'close',
  'extend',
  'review extension',
  'approve extension',
] as const;

/** One thing that somebody at the office does, or does wrongly; made concrete when it is its turn. */
export interface Act {
  readonly what: (typeof ACTS)[number];
  /** Which loan, 0 to 2. */
  readonly loan: number;
  /** Who, where several could. */
  readonly who: number;
  readonly amountFen: bigint;
  /** Days that pass first. */
  readonly days: number;
  /** Whether a worker carries it out, and so records refusals. */
  readonly worker: boolean;
}

const NOBODY = { revision: 1, payloadHash: 'A'.repeat(43) };
const shownOr = (world: World, caseId: string) => shownOf(world, caseId).catch(() => NOBODY);
const all = [
  people.officer,
  people.reviewer,
  people.director,
  people.treasurer,
  people.science,
  people.finance,
  people.office,
  ...people.committee,
];
const anybody = (who: number): Actor => all[who % all.length] ?? people.officer;

type Made = Omit<Sent, 'id'>;
const made = (kind: CommandKind, payload: object, actor: Actor = SYSTEM): Made => ({ kind, payload, actor });

const line = (world: World, side: 'credit' | 'debit', { amountFen, loan, who }: Act) =>
  bankLine(side, amountFen, world.clock.today(), { reference: `B${loan}${who}${amountFen}` });

/** A decision on a loan's own case, or on another case about the loan. */
const decided = async (world: World, { loan, who }: Act, of: 'loan' | 'extension' | 'write-off') => {
  const caseId = caseIdOf(of === 'loan' ? loan : `${of}${loan}`);
  return { caseId, shown: await shownOr(world, caseId), actor: anybody(who) };
};

const acts: Readonly<Record<Act['what'], (world: World, act: Act) => Promise<Made>>> = {
  apply: async (_world: World, { loan, amountFen }: Act) =>
    made('loan.apply', { caseId: caseIdOf(loan), application: application(loan, amountFen) }, people.officer),
  reapply: async (_world: World, { loan, amountFen }: Act) =>
    made('loan.reapply', { caseId: caseIdOf(loan), application: application(loan, amountFen) }, people.officer),
  review: async (world: World, act: Act) => {
    const { caseId, shown } = await decided(world, act, 'loan');
    return made('case.review', { caseId, ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  },
  vote: async (world: World, act: Act) => {
    const { caseId, shown } = await decided(world, act, 'loan');
    const member = people.committee[act.who % 5] ?? people.officer;
    return made('case.vote', { caseId, ...shown, choice: 'approve', comment: '同意' }, member);
  },
  approve: async (world: World, act: Act) => {
    const { caseId, shown } = await decided(world, act, 'loan');
    return made('case.approve', { caseId, ...shown }, act.who % 3 === 0 ? anybody(act.who) : people.director);
  },
  withdraw: async (_world: World, { loan }: Act) =>
    made('case.withdraw', { caseId: caseIdOf(loan), reason: '撤回' }, people.officer),
  lapse: async (_world: World, { loan }: Act) => made('case.lapse', { caseId: caseIdOf(loan) }),
  contract: async (world: World, { loan }: Act) =>
    made('loan.contract', contractOf(world, caseIdOf(loan)), people.treasurer),
  instruct: async (_world: World, { loan }: Act) => made('loan.instruct', { loanId: loanIdOf(loan) }),
  doubt: async (world: World, { loan, who }: Act) =>
    made('payment.doubt', { paymentId: `${loanIdOf(loan)}-P${1 + (who % 2)}`, date: world.clock.today() }),
  settle: async (world: World, act: Act) => {
    const state = await world.read('loan', loanIdOf(act.loan));
    const exact = act.who % 4 !== 0 && state !== undefined ? { ...act, amountFen: state.principalFen } : act;
    const paymentId = `${loanIdOf(act.loan)}-P${state?.payment.attempt ?? 1}`;
    return made('payment.settle', { paymentId, line: line(world, 'debit', exact) });
  },
  bounce: async (_world: World, { loan, who }: Act) =>
    made('payment.bounce', {
      paymentId: `${loanIdOf(loan)}-P${1 + (who % 2)}`,
      reasonCode: 'AC01',
      reasonText: '账号有误',
    }),
  reinstruct: async (_world: World, { loan }: Act) =>
    made('loan.reinstruct', { loanId: loanIdOf(loan), reason: '更正后重付' }, people.treasurer),
  cancel: async (_world: World, { loan }: Act) =>
    made('loan.cancel', { loanId: loanIdOf(loan), reason: '不再放款' }, people.director),
  repay: async (world: World, act: Act) =>
    made('loan.repay', { loanId: loanIdOf(act.loan), line: line(world, 'credit', act) }),
  suspend: async (world: World, act: Act) =>
    made('receipt.suspend', { line: line(world, act.who % 3 === 0 ? 'debit' : 'credit', act) }),
  close: async (world: World, { loan, days }: Act) => {
    const through = addDays(world.clock.today(), days === 0 ? 0 : -1);
    return made('day.close', { through, loanIds: [0, 1, 2].slice(0, loan + 1).map(loanIdOf), last: true });
  },
  extend: async (_world: World, { loan }: Act) => {
    const extension = { loanId: loanIdOf(loan), months: 12, reason: '回款延迟' };
    const content = { subject: 'extension', extension };
    return made('loan.propose-extension', { caseId: caseIdOf(`extension${loan}`), content }, people.officer);
  },
  'review extension': async (world: World, act: Act) => {
    const { caseId, shown } = await decided(world, act, 'extension');
    return made('case.review', { caseId, ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  },
  'approve extension': async (world: World, act: Act) => {
    const { caseId, shown } = await decided(world, act, 'extension');
    return made('case.approve', { caseId, ...shown }, people.director);
  },
};

/** Makes an act concrete in the world as it is now. */
export const commandOf = async (world: World, act: Act, id: string): Promise<Sent> => ({
  id,
  ...(await acts[act.what](world, act)),
});

/** A loan from its application to its last repayment, in order. */
const LIFE = [
  'apply',
  'review',
  'vote',
  'vote',
  'vote',
  'vote',
  'approve',
  'contract',
  'instruct',
  'settle',
  'close',
  'repay',
  'suspend',
  'extend',
  'review extension',
  'approve extension',
  'bounce',
  'repay',
] as const satisfies readonly Act['what'][];

const MACHINE_MADE: ReadonlySet<Act['what']> = new Set(['instruct', 'settle', 'close', 'repay', 'suspend', 'bounce']);

/** A straight way through the life of a loan, or some of it: without these, disorder alone would never come far. */
export const straightOn = (loan: number, amountFen: bigint, steps: number = LIFE.length): readonly Act[] =>
  LIFE.slice(0, steps).map((what, i) => ({
    what,
    loan,
    who: i - 1,
    amountFen,
    days: what === 'approve' ? 14 : what === 'close' ? 1 : 0,
    worker: MACHINE_MADE.has(what),
  }));

const amount = fc.oneof(
  { arbitrary: fc.bigInt(1n, 30_000_000n), weight: 6 },
  { arbitrary: fc.constantFrom(0n, 30_000_001n, 10n ** 14n), weight: 1 },
);

const act: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom(...ACTS),
  loan: fc.nat(2),
  who: fc.nat(11),
  amountFen: amount,
  days: fc.oneof({ arbitrary: fc.constant(0), weight: 6 }, { arbitrary: fc.constantFrom(1, 2, 31, 400), weight: 1 }),
  worker: fc.boolean(),
});

const straight: fc.Arbitrary<readonly Act[]> = fc
  .tuple(fc.nat(2), fc.bigInt(1n, 30_000_000n), fc.integer({ min: 3, max: LIFE.length }))
  .map((way) => straightOn(...way));

/** The acts of some weeks at a fund office: some in order, some not. */
export const officeActs: fc.Arbitrary<readonly Act[]> = fc
  .array(fc.oneof({ arbitrary: straight, weight: 1 }, { arbitrary: act.map((a) => [a]), weight: 4 }), {
    minLength: 3,
    maxLength: 14,
  })
  .map((parts) => parts.flat());
