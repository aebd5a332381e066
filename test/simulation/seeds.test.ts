import { describe, expect, test } from 'vitest';
import { seedFund } from '../support/simulation/fund.ts';
import { simulate } from '../support/simulation/simulate.ts';
import { FIRST_SEED, neverStruck, seedsOf, tell } from '../support/simulation/stories.ts';

const SEEDS = seedsOf(60);

describe('the deterministic simulation', () => {
  test(`given ${SEEDS} seeds of everything that goes wrong, when all is audited, then every invariant held and everything ended`, async () => {
    const reports = await tell(seedFund, SEEDS);
    expect(neverStruck(reports)).toEqual([]);
    const came = new Set(reports.flatMap((r) => [...r.entryTypes]));
    expect(STEPS.filter((step) => !came.has(step))).toEqual([]);
  });

  test('given the same seed twice, when both stories are over, then they were the same to the last step', async () => {
    const [first, second, other] = [
      await simulate(FIRST_SEED),
      await simulate(FIRST_SEED),
      await simulate(FIRST_SEED + 1),
    ];
    expect(second.hash).toBe(first.hash);
    expect(second.steps).toBe(first.steps);
    expect(other.hash).not.toBe(first.hash);
  });
});

/** What must have come to pass somewhere, for the stories to be worth their telling. */
const STEPS = [
  'case.resubmitted',
  'case.objected',
  'case.withdrawn',
  'loan.settled',
  'loan.repaid',
  'loan.released-again',
  'loan.cancelled',
  'payment.rejected',
  'payment.unknown',
  'payment.settled',
  'payment.returned',
  'bank-line.unmatched',
  'bank-line.assigned',
  'command.refused',
  'day.closed',
];
