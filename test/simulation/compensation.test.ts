import { expect, test } from 'vitest';
import { claimMachine } from '#shared/domain/guarantee/claim.ts';
import { filingMachine } from '#shared/domain/guarantee/filing.ts';
import { recoveryMachine } from '#shared/domain/guarantee/recovery.ts';
import { compensationFund } from '../support/simulation/fund.ts';
import { neverStruck, seedsOf, tell } from '../support/simulation/stories.ts';

const SEEDS = seedsOf(14);

/** Every state of what a risk-compensation fund has. */
const STATES = Object.entries({ filing: filingMachine, claim: claimMachine, recovery: recoveryMachine }).flatMap(
  ([type, { edges }]) => Object.values(edges).flatMap(({ from, to }) => [...from, ...to].map((s) => `${type} ${s}`)),
);

/** What else must have come to pass somewhere, for the stories to be worth their telling. */
const STEPS = [
  'breaker.stopped',
  'breaker.normal',
  'case.resubmitted',
  'claim.overdue',
  'filing.aged',
  'payment.reissued',
  'payment.rejected',
  'payment.returned',
  'payment.unknown',
  'bank-line.unmatched',
  'command.refused',
  'day.closed',
];

test(`given ${SEEDS} seeds of everything that goes wrong at a risk-compensation fund, when all is audited, then caps, sums and breakers held and everything ended`, async () => {
  const reports = await tell(compensationFund, SEEDS);
  expect(neverStruck(reports)).toEqual([]);
  const came = new Set(reports.flatMap((r) => [...r.states, ...r.entryTypes]));
  expect([...STATES, ...STEPS].filter((one) => !came.has(one))).toEqual([]);
});
