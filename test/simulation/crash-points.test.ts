import { describe, expect, test } from 'vitest';
import { differences } from '../support/books.ts';
import { Bench, type Death, describeDeath } from '../support/simulation/bench.ts';
import { SCENARIOS, type Scenario } from '../support/simulation/scenarios.ts';
import type { World } from '../support/world.ts';

/** Lets the handler die once or several times, delivers again, and again after all went well; then everything settles. */
const survive = async (
  scenario: Scenario,
  world: World,
  deaths: readonly Death[],
): Promise<{ bench: Bench; calls: number }> => {
  const bench = new Bench(world);
  const handle = await scenario.event(bench);
  for (const death of deaths) await bench.run(handle, death);
  const { calls } = await bench.run(handle);
  await bench.run(handle);
  await bench.settle();
  return { bench, calls };
};

describe.each(Object.entries(SCENARIOS))('%s', (_name, scenario) => {
  test('given it dies before or after any call, once or twice, when it is delivered again, then it is as if nothing had happened', async () => {
    const world = await scenario.world();
    const undisturbed = await survive(scenario, world, []);
    scenario.effect(undisturbed.bench);
    const expected = undisturbed.bench.contents();
    const calls = Array.from({ length: undisturbed.calls }, (_, i) => i + 1);
    const points: readonly Death[] = calls.flatMap((call) => [
      { call, when: 'before' },
      { call, when: 'after' },
    ]);
    expect(points.length).toBeGreaterThanOrEqual(2);
    const plans: readonly (readonly Death[])[] = [
      ...points.map((one) => [one]),
      ...points.flatMap((one) => points.map((other) => [one, other])),
    ];
    for (const plan of plans) {
      const { bench } = await survive(scenario, world, plan);
      expect(differences(bench.contents(), expected), plan.map(describeDeath).join(', then ')).toEqual([]);
      scenario.effect(bench);
    }
  });
});
