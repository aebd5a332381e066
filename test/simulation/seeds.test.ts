import { describe, expect, test } from 'vitest';
import { MANNERS, type Manner } from '../support/simulation/bank.ts';
import { FUNCTIONS, type FunctionName } from '../support/simulation/functions.ts';
import { type Report, simulate } from '../support/simulation/simulate.ts';
import { FAULTS, type Fault } from '../support/simulation/storm.ts';

/** How many stories are told, and which is the first; a nightly run tells many more. */
const SEEDS = Number(process.env['JINQU_SIMULATION_SEEDS'] ?? 60);
const FIRST = Number(process.env['JINQU_SIMULATION_FIRST_SEED'] ?? 1);

describe('the deterministic simulation', () => {
  test(`given ${SEEDS} seeds of everything that goes wrong, when all is audited, then every invariant held and everything ended`, async () => {
    const reports: Report[] = [];
    for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) reports.push(await simulate(seed));
    // A fault that never struck has not been survived.
    const struck = <T>(of: (report: Report) => Iterable<T>): ReadonlySet<T> =>
      new Set(reports.flatMap((r) => [...of(r)]));
    const missing = <T>(all: readonly T[], seen: ReadonlySet<T>): readonly T[] => all.filter((one) => !seen.has(one));
    expect(
      missing<Fault>(
        FAULTS,
        struck((r) => r.faults.keys()),
      ),
    ).toEqual([]);
    expect(
      missing<FunctionName>(
        FUNCTIONS,
        struck((r) => r.deaths.keys()),
      ),
    ).toEqual([]);
    expect(
      missing<Manner>(
        MANNERS,
        struck((r) => r.manners),
      ),
    ).toEqual([]);
    expect(
      missing(
        STEPS,
        struck((r) => r.entryTypes),
      ),
    ).toEqual([]);
  });

  test('given the same seed twice, when both stories are over, then they were the same to the last step', async () => {
    const [first, second, other] = [await simulate(FIRST), await simulate(FIRST), await simulate(FIRST + 1)];
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
