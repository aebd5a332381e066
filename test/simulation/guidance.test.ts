import { expect, test } from 'vitest';
import { guidanceFund } from '../support/simulation/fund.ts';
import { neverStruck, seedsOf, tell } from '../support/simulation/stories.ts';

const SEEDS = seedsOf(9);

/** What must have come to pass somewhere, for the stories to be worth their telling. */
const STATES = [
  'acquisition done',
  'acquisition cancelled',
  'commitment closed',
  'commitment-call paid',
  'dividend received',
  'distribution done',
  'exit done',
  'holding exited',
  'holding written-off',
  'payment cancelled',
  'payment rejected',
  'payment unknown',
];

test(`given ${SEEDS} seeds of everything that goes wrong at a guidance fund, when all is audited, then costs, places and partners were right and everything ended`, async () => {
  const reports = await tell(guidanceFund, SEEDS);
  expect(neverStruck(reports)).toEqual([]);
  const came = new Set(reports.flatMap((r) => [...r.states]));
  expect(STATES.filter((state) => !came.has(state))).toEqual([]);
});
