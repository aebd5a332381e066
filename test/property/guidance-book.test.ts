import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { acquisitionMachine } from '#shared/domain/equity/acquisition.ts';
import { dividendMachine } from '#shared/domain/equity/dividend.ts';
import { exitMachine } from '#shared/domain/equity/exit.ts';
import { holdingMachine } from '#shared/domain/equity/holding.ts';
import { commitmentCallMachine, commitmentMachine } from '#shared/domain/guidance/commitment.ts';
import { distributionMachine } from '#shared/domain/guidance/distribution.ts';
import { paymentMachine } from '#shared/domain/payments/payment.ts';
import { ACTS, type Desk, guidanceSteps, HOLDING_CAPS, started, take } from '#test/support/guidance-story.ts';
import { guidanceClaims } from '#test/support/holdings.ts';
import { broken, factsOf } from '#test/support/story/facts.ts';
import { forkOf, headOf, type World } from '#test/support/world.ts';

/* A guidance fund's office at work, in any order: whatever is refused is refused, and the book stays what it must be. */

/** Everything that must hold of the book, whatever has happened. */
const check = async (world: World): Promise<void> => {
  const facts = factsOf(world);
  expect(netDebitFen(facts.lines)).toBe(0n);
  expect(broken(guidanceClaims(facts, await headOf(world), HOLDING_CAPS))).toEqual([]);
};

/** States of what a guidance fund has, as the machines know them. */
const STATES = Object.entries({
  acquisition: acquisitionMachine,
  holding: holdingMachine,
  exit: exitMachine,
  dividend: dividendMachine,
  commitment: commitmentMachine,
  'commitment-call': commitmentCallMachine,
  distribution: distributionMachine,
  payment: paymentMachine,
}).flatMap(([type, { edges }]) =>
  Object.values(edges).flatMap(({ from, to }) => [...from, ...to].map((status) => `${type} ${status}`)),
);

/** Desks of an office as it was on its first day. */
const desks = async (): Promise<() => Desk> => {
  const { world, commitmentId } = await started();
  return () => ({ world: forkOf(world), cases: 0, proposed: [], commitments: [commitmentId] });
};

describe('a guidance fund’s book', () => {
  test('the stories come to something: every act ends well in some of them, and things come to every state there is', async () => {
    const newDesk = await desks();
    const done = new Map<string, number>(ACTS.map((act) => [act, 0]));
    const reached = new Set<string>();
    for (const steps of fc.sample(guidanceSteps, { seed: 20_180_301, numRuns: 120 })) {
      const desk = newDesk();
      for (const given of steps) if (await take(desk, given)) done.set(given.act, (done.get(given.act) ?? 0) + 1);
      for (const { type, fields } of desk.world.entries().flatMap((e) => e.digests ?? []))
        reached.add(`${type} ${fields['status'] ?? ''}`);
    }
    expect(ACTS.filter((act) => (done.get(act) ?? 0) < 3)).toEqual([]);
    expect(STATES.filter((state) => !reached.has(state))).toEqual([]);
  });

  test('whatever the office does, in whatever order, costs, limits, partners and book agree to the fen', async () => {
    const newDesk = await desks();
    await fc.assert(
      fc.asyncProperty(guidanceSteps, async (steps) => {
        const desk = newDesk();
        for (const given of steps) {
          await take(desk, given);
          await check(desk.world);
        }
      }),
      { numRuns: 40 },
    );
  });
});
