import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factsOf } from '../support/story/facts.ts';
import { play, stories } from '../support/story/play.ts';

/* The stories of the other files are worth something only if they come far: here is how far they must come. */
describe('stories', () => {
  test('given some hundred of them, then everything happens in one or another', async () => {
    const happened = new Set<string>();
    await fc.assert(
      fc.asyncProperty(stories(40), async (story) => {
        const office = await play(story);
        const { all, entries } = factsOf(office.world);
        for (const entry of entries)
          happened.add(entry.type).add(`${entry.type}${entry.lines === undefined ? '' : ' with a voucher'}`);
        for (const loan of all('loan').values()) {
          happened.add(`loan ${loan.status}`).add(`grade ${loan.grade}`);
          if (loan.extensions > 0) happened.add('extended');
          if (loan.formerBorrower !== undefined) happened.add('novated');
          if (loan.recoveredFen > 0n) happened.add('recovered');
          if (loan.discountFen > 0n) happened.add('discounted');
          if (loan.payment.attempt > 1) happened.add('paid again');
        }
        for (const found of all('case').values()) happened.add(`case ${found.status}`);
        for (const payment of all('payment').values()) happened.add(`payment ${payment.status}`);
        if (all('charter').size > 1) happened.add('amended');
        for (const { outcome } of office.sent) if (outcome.status === 'refused') happened.add(outcome.error.code);
      }),
      { numRuns: 400, seed: 20_190_731 },
    );
    expect(MUST_HAPPEN.filter((what) => !happened.has(what))).toEqual([]);
  });
});

const MUST_HAPPEN = [
  ...['contracted', 'instructed', 'active', 'repaid', 'payment-rejected', 'written-off', 'cancelled'].map(
    (s) => `loan ${s}`,
  ),
  ...['normal', 'special-mention', 'substandard', 'doubtful', 'loss'].map((g) => `grade ${g}`),
  ...['submitted', 'voting', 'on-notice', 'approving', 'approved', 'done', 'rejected', 'withdrawn', 'lapsed'].map(
    (s) => `case ${s}`,
  ),
  ...['held', 'released', 'instructed', 'settled', 'cancelled'].map((s) => `payment ${s}`),
  'extended',
  'novated',
  'recovered',
  'discounted',
  'paid again',
  'amended',
  'capital.received',
  'capital.call-cancelled',
  'loan.repaid',
  'loan.recovered',
  'payment.rejected',
  'payment.returned',
  'payment.unknown',
  // A bank that had refused has paid all the same.
  'loan.settled with a voucher',
  'payment.settled with a voucher',
  'bank-line.unmatched',
  'bank-line.assigned',
  'day.closed',
  'command.refused',
  'COMMAND_ID_REUSED',
  'FUNDS_INSUFFICIENT',
  'DUTIES_NOT_SEPARATE',
  'CASE_CHANGED',
  'STATE_INVALID',
];
