import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { broken } from '../support/story/facts.ts';
import { exposureClaims, subLedgerClaims } from '../support/story/ledgers.ts';
import { play, stories } from '../support/story/play.ts';

/* What an entity says of itself is what its account lines say, after every step, whatever the order of commands was. */
describe('sub-ledgers', () => {
  test('however an office works, each loan, receipt, contributor and enterprise agrees with the book', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        const { world } = await play(story, (office) => {
          expect(broken(subLedgerClaims(office.world))).toEqual([]);
        });
        expect(broken(exposureClaims(world))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
