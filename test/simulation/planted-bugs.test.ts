import { describe, expect, test } from 'vitest';
import { PLANTED_BUGS } from '../support/simulation/planted-bugs.ts';
import { SimulationFailure, simulate } from '../support/simulation/simulate.ts';
import { Violation } from '../support/simulation/timeline.ts';

/** Seeds within which a bug must be found. The same seeds find nothing in the code as it is (seeds.test.ts). */
const SEEDS_MAX = 40;

/** The seed that finds a bug, and what it says. */
const findBug = async (name: string): Promise<{ seed: number; said: string } | undefined> => {
  const planted = PLANTED_BUGS[name] ?? {};
  for (let seed = 1; seed <= SEEDS_MAX; seed += 1)
    try {
      await simulate(seed, { planted });
    } catch (error) {
      if (!(error instanceof SimulationFailure) || !(error.cause instanceof Violation)) throw error;
      return { seed, said: error.cause.message };
    }
  return undefined;
};

describe('bugs planted to see whether they are found', () => {
  test.each(Object.keys(PLANTED_BUGS))('given that %s, when seeds are run, then one of them finds it', async (name) => {
    const found = await findBug(name);
    expect(found, `survived ${SEEDS_MAX} seeds`).toBeDefined();
    expect(found?.said).not.toBe('');
  });

  test('given no bug but the same wrapping, when a seed is run, then nothing is found', async () => {
    await expect(simulate(1, { planted: { seams: {} } })).resolves.toMatchObject({ seed: 1 });
  });
});
