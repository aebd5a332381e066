import fc from 'fast-check';

/** What people and machines of an office do, in order or out of it. */
export const ACTS = [
  // One sensible step further for a case, a loan, or another payment.
  'go on with a case',
  'go on with a loan',
  'go on with a payment',
  'lend',
  'neglect a loan',
  // Anything else, sensible or not.
  'apply',
  'reapply',
  'review',
  'vote',
  'delegate',
  'object',
  'approve',
  'reject',
  'withdraw',
  'lapse',
  'contract',
  'instruct',
  'doubt',
  'settle',
  'bounce',
  'give back',
  'reinstruct',
  'cancel a loan',
  'repay',
  'suspend',
  'assign',
  'extend',
  'novate',
  'write off',
  'call capital',
  'receive capital',
  'cancel a call',
  'refund',
  'release',
  'cancel a payment',
  'amend the charter',
  'record a statement',
  'close days',
  'wait',
  'repeat',
  'reuse an id',
] as const;
export type ActName = (typeof ACTS)[number];

/** One thing that happens. What its numbers mean depends on the office as it is when its turn comes. */
export interface Step {
  readonly act: ActName;
  /** Which of the things there are. */
  readonly pick: number;
  /** Who, and how. */
  readonly who: number;
  /** How much, of a scale of odd amounts. */
  readonly amount: number;
  /** Days that pass first. */
  readonly days: number;
}

/** Acts that bring things about; chance alone would hardly get that far. */
const USEFUL: readonly ActName[] = [
  'go on with a case',
  'go on with a loan',
  'go on with a payment',
  'lend',
  'neglect a loan',
];

/** What becomes of cases that are not simply agreed to. */
const CONTESTED: readonly ActName[] = [
  'apply',
  'review',
  'vote',
  'reject',
  'object',
  'withdraw',
  'lapse',
  'cancel a call',
];

/** What happens to loans and payments that are out. */
const LIVELY: readonly ActName[] = [
  'settle',
  'bounce',
  'doubt',
  'give back',
  'reinstruct',
  'cancel a loan',
  'repay',
  'assign',
  'extend',
  'novate',
  'write off',
  'refund',
  'amend the charter',
];

const act: fc.Arbitrary<ActName> = fc.oneof(
  { arbitrary: fc.constantFrom(...USEFUL), weight: 4 },
  { arbitrary: fc.constantFrom(...LIVELY), weight: 3 },
  { arbitrary: fc.constantFrom(...CONTESTED), weight: 1 },
  { arbitrary: fc.constantFrom(...ACTS), weight: 2 },
);

export const steps: fc.Arbitrary<Step> = fc.record({
  act,
  pick: fc.nat(7),
  who: fc.nat(30),
  amount: fc.nat(11),
  days: fc.oneof({ arbitrary: fc.constant(0), weight: 5 }, { arbitrary: fc.constantFrom(1, 3, 35, 100), weight: 1 }),
});
