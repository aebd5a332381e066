import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { monthOf } from '#shared/domain/calendar.ts';
import { play, stories } from '../support/story/play.ts';

/* Invariant 3: entries are numbered 1..n without a gap and never change; voucher numbers are gap-free per period and type. */
describe('numbers', () => {
  test('however an office works, entries are 1..n and vouchers 1..k of their period and type, in the order of the book', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        const { world } = await play(story);
        const entries = world.entries();
        expect(entries.map((e) => e.seq)).toEqual(entries.map((_, i) => i + 1));
        expect((await world.ledger.load(world.fundId, [])).head.seq).toBe(entries.length);
        const given = new Map<string, number[]>();
        for (const { voucher, businessDate } of entries) {
          if (voucher === undefined) continue;
          expect(voucher.period).toBe(monthOf(businessDate));
          const series = `${voucher.period} ${voucher.type}`;
          given.set(series, [...(given.get(series) ?? []), voucher.number]);
        }
        for (const numbers of given.values()) expect(numbers).toEqual(numbers.map((_, i) => i + 1));
      }),
      { numRuns: 40 },
    );
  });

  test('however an office works, what is in the book stays as it is, byte by byte', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        const seen = new Map<string, string>();
        await play(story, ({ world }) => {
          for (const [key, item] of world.ledger.journal) {
            const text = JSON.stringify(item);
            expect(seen.get(key) ?? text).toBe(text);
            seen.set(key, text);
          }
          expect(world.ledger.journal.size).toBe(seen.size);
        });
      }),
      { numRuns: 30 },
    );
  });

  test('however an office works, nothing is posted on a closed day, and days close once', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        const { world } = await play(story);
        let closedThrough = '';
        for (const entry of world.entries()) {
          expect(entry.businessDate > closedThrough).toBe(true);
          if (entry.type === 'day.closed') closedThrough = entry.businessDate;
        }
      }),
      { numRuns: 40 },
    );
  });
});
