import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '#shared/application/execute.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { differences, heldBy } from '../support/books.ts';
import type { Office, Sent } from '../support/story/office.ts';
import { play, stories } from '../support/story/play.ts';

/*
 * Invariant 4: a command takes effect once, however often and however late it is delivered; the same id with another
 * payload is refused.
 */

/** An answer as it must be again: the entry, or the code. */
const answer = (outcome: Outcome): string => {
  if (outcome.status === 'idle') return 'idle';
  return outcome.status === 'applied' ? `applied ${outcome.seq}` : outcome.error.code;
};

/** A story in which something took effect, whatever else there is in it: an application, to begin with. */
const eventful = stories(20).map((story) => ({
  ...story,
  steps: [{ act: 'apply', pick: 0, who: 1, amount: 0, days: 0 } as const, ...story.steps],
}));
const again = (maxLength: number) => fc.array(fc.nat(10_000), { minLength: 1, maxLength });

/** Commands that are remembered: those that took effect, and those whose refusal a worker recorded. */
const remembered = ({ sent }: Office): readonly Sent[] => {
  const first = new Map<string, Sent>();
  for (const s of sent)
    if (s.outcome.status === 'applied' || (s.outcome.status === 'refused' && s.worker))
      if (!first.has(`${s.id} ${JSON.stringify(s.payload)}`)) first.set(`${s.id} ${JSON.stringify(s.payload)}`, s);
  return [...first.values()];
};

describe('a command', () => {
  test('however late, in whatever order and however often it comes again, it meets the same answer and changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(eventful, again(40), async (story, numbers) => {
        const office = await play(story);
        const known = remembered(office);
        const before = heldBy(office.world.ledger);
        for (const n of numbers) {
          office.world.clock.set(addDays(office.world.clock.today(), n % 40));
          const old = known[n % known.length];
          if (old === undefined) throw new Error('no command');
          const outcome = await office.send(old.kind, old.payload, old.actor, { id: old.id, worker: n % 2 === 0 });
          expect(outcome === undefined ? 'malformed' : answer(outcome)).toBe(answer(old.outcome));
          expect(outcome).toMatchObject({ replayed: true });
        }
        expect(differences(before, heldBy(office.world.ledger))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('whatever another payload says, the id of a command that took effect is refused with it, by the entity that knows it', async () => {
    await fc.assert(
      fc.asyncProperty(eventful, again(20), async (story, numbers) => {
        const office = await play(story);
        const known = remembered(office).filter((s) => s.outcome.status === 'applied');
        const before = heldBy(office.world.ledger);
        for (const n of numbers) {
          const old = known[n % known.length];
          if (old === undefined) throw new Error('no command');
          const other = { ...old.actor, id: `${old.actor.id}-2` };
          const outcome = await office.send(old.kind, old.payload, other, { id: old.id, worker: false });
          expect(outcome).toMatchObject({ status: 'refused', error: { code: 'COMMAND_ID_REUSED' } });
        }
        expect(differences(before, heldBy(office.world.ledger))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('however an office works, no two entries of one book are of the same command id unless one command left both', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        const { world } = await play(story);
        const runs: { id: string; hash: string }[] = [];
        for (const { commandId, payloadHash } of world.entries()) {
          const last = runs.at(-1);
          if (last?.id !== commandId || last.hash !== payloadHash) runs.push({ id: commandId, hash: payloadHash });
        }
        const applied = runs.map((r) => `${r.id} ${r.hash}`);
        expect(new Set(applied).size).toBe(applied.length);
      }),
      { numRuns: 30 },
    );
  });
});
