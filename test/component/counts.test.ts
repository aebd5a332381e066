import { beforeAll, describe, expect, test } from 'vitest';
import { type Counts, countAll, disbursementOf } from '../bench/counts.ts';

/** What architecture.md §8 allows; units as DynamoDB charges them. */
const BUDGET = { alone: 6, inTens: 4.2, disbursement: 20, calls: 3.1 } as const;

/** One write unit. */
const KILOBYTE = 1024;

describe('what the book costs, with the longest names and a committee of five that all vote', () => {
  let counts: Counts;
  beforeAll(async () => {
    counts = await countAll(5);
  });

  test.each(['review', 'vote', 'final approval', 'instruct', 'settle', 'repay in part'] as const)(
    '%s: one entry, one entity, one head',
    (name) => {
      expect(counts.alone[name].writeUnits).toBeLessThanOrEqual(BUDGET.alone);
      expect(counts.inTens[name].writeUnits).toBeLessThanOrEqual(BUDGET.inTens);
    },
  );

  test('a contract also puts its loan on the list of the daily close', () => {
    expect(counts.alone.contract.writeUnits).toBeLessThanOrEqual(BUDGET.alone + 1);
    expect(counts.inTens.contract.writeUnits).toBeLessThanOrEqual(BUDGET.inTens + 1);
  });

  test('the last repayment also frees the enterprise’s limit and takes the loan off the list', () => {
    expect(counts.alone['repay the rest'].writeUnits).toBeLessThanOrEqual(BUDGET.alone + 3);
    expect(counts.inTens['repay the rest'].writeUnits).toBeLessThanOrEqual(BUDGET.inTens + 3);
  });

  test('an application brings case, proposal, enterprise and name', () => {
    expect(counts.alone.apply.writeUnits).toBeLessThanOrEqual(15);
    expect(counts.inTens.apply.writeUnits).toBeLessThanOrEqual(13.2);
  });

  test('a disbursement, final approval to settlement, stays within units and calls, its views included in the calls', () => {
    const { writeUnits, calls } = disbursementOf(counts);
    expect(writeUnits).toBeLessThanOrEqual(BUDGET.disbursement);
    expect(calls + counts.project.calls).toBeLessThanOrEqual(BUDGET.calls);
    expect(counts.sqsCalls).toBeLessThanOrEqual(0.2);
  });

  test('cases, loans and entries stay within one write unit', () => {
    for (const bytes of Object.values(counts.largest)) expect(bytes).toBeLessThanOrEqual(KILOBYTE);
  });

  test('a batch, of one or of ten, is one read and one write, and at most one further read', () => {
    for (const { calls } of Object.values(counts.alone)) expect(calls).toBeLessThanOrEqual(3);
    for (const { calls } of Object.values(counts.inTens)) expect(calls).toBeLessThanOrEqual(0.3);
  });
});

test('given a committee of nine, when all of them vote, then a disbursement still stays within its budget', async () => {
  expect(disbursementOf(await countAll(9)).writeUnits).toBeLessThanOrEqual(BUDGET.disbursement);
});
