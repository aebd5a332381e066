import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ref } from '#shared/domain/entities.ts';
import { bookKey, entityKey, headKey, seqKey } from '#shared/storage/keys.ts';
import { play, stories } from '../support/story/play.ts';

/* Invariant 11: a refused command leaves every stored byte as it was, apart from the record of the refusal. */
describe('a refused command', () => {
  test('however an office works, a refusal answered to a person touches nothing; one of a worker, the record alone', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        const { sent, world } = await play(story);
        const entries = new Map(world.entries().map((e) => [e.seq, e]));
        for (const { outcome, worker, touched, id } of sent) {
          if (outcome.status === 'idle') expect(touched).toEqual([]);
          if (outcome.status !== 'refused') continue;
          if (!worker || outcome.replayed) {
            expect(touched).toEqual([]);
            continue;
          }
          const key = touched.find((k) => k.startsWith(`${bookKey(world.fundId)}/`)) ?? '';
          const seq = Number(key.slice(-12));
          expect(touched).toEqual(
            [
              `${bookKey(world.fundId)}/${seqKey(seq)}`,
              headKey(world.fundId),
              entityKey(world.fundId, ref('refusal', id)),
            ].toSorted(),
          );
          expect(entries.get(seq)).toMatchObject({
            type: 'command.refused',
            commandId: id,
            facts: { code: outcome.error.code },
          });
          expect(entries.get(seq)?.lines).toBeUndefined();
        }
      }),
      { numRuns: 60 },
    );
  });

  test('however an office works, a command that is answered again touches nothing', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        const { sent } = await play(story);
        for (const { outcome, touched } of sent)
          if (outcome.status !== 'idle' && outcome.replayed) expect(touched).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
