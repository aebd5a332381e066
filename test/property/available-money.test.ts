import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { broken } from '../support/story/facts.ts';
import { headClaims } from '../support/story/ledgers.ts';
import { play, stories } from '../support/story/play.ts';

/* Invariant 5: available = bank − in transit − held never goes below zero, and the head says what the vouchers say. */
describe('available money', () => {
  test('however an office works, no guarded balance is below zero, and each is what vouchers and promises come to', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        await play(story, async (office) => {
          expect(broken(await headClaims(office.world))).toEqual([]);
        });
      }),
      { numRuns: 40 },
    );
  });
});
