import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences, heldBy } from '../support/books.ts';
import type { Office, Sent } from '../support/story/office.ts';
import { play, type Story, stories } from '../support/story/play.ts';
import { officeUnder } from '../support/story/rules.ts';
import type { World } from '../support/world.ts';

/* Group commit: commands stored many at a time make the same book as commands stored one by one. */

/** Commands in runs that may go together: of one day, by one way. Each run is cut into batches of the given sizes. */
const batchesOf = (sent: readonly Sent[], sizes: readonly number[]): readonly (readonly Sent[])[] => {
  const batches: Sent[][] = [];
  for (const [i, s] of sent.entries()) {
    const last = batches.at(-1);
    const first = last?.[0];
    const together = first?.on === s.on && first.worker === s.worker;
    const size = sizes[i % Math.max(1, sizes.length)] ?? 1;
    if (last !== undefined && together && last.length < size) last.push(s);
    else batches.push([s]);
  }
  return batches;
};

/** Sends the same commands to an office that has the same past, batch by batch. */
const replay = async (story: Story, batches: readonly (readonly Sent[])[], office: Office): Promise<World> => {
  const world = await officeUnder(story.rules);
  for (const batch of batches) {
    world.clock.set(batch[0]?.on ?? world.clock.today());
    const commands = batch.map((s) => office.prepared(s));
    const outcomes = await world.kernel.execute(world.fundId, commands, { recordRefusals: batch[0]?.worker ?? false });
    outcomes.forEach((outcome, i) => {
      const expected = batch[i]?.outcome;
      const said = (o: typeof outcome | undefined) =>
        o?.status === 'refused' ? o.error.code : o?.status === 'applied' ? `${o.status} ${o.replayed}` : o?.status;
      expect(said(outcome)).toBe(said(expected));
    });
  }
  return world;
};

describe('group commit', () => {
  test('in whatever batches commands are carried out, outcomes and stored bytes are those of one by one', async () => {
    await fc.assert(
      fc.asyncProperty(
        stories(),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 9 }),
        async (story, sizes) => {
          const office = await play(story);
          const world = await replay(story, batchesOf(office.sent, sizes), office);
          expect(differences(heldBy(office.world.ledger), heldBy(world.ledger))).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});
