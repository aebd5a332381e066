import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { voucherType } from '#shared/domain/book/voucher.ts';
import type { BusinessDate } from '#shared/domain/calendar.ts';
import { splitByShare } from '#shared/domain/charter/adopt.ts';
import type { Charter } from '#shared/domain/charter/charter.ts';
import { sumFen } from '#shared/domain/money.ts';
import { type Facts, factsOf } from '../support/story/facts.ts';
import { play, stories } from '../support/story/play.ts';

/* Invariant 8: rules come from the charter version in force on the transaction's business date. Charters never change. */

/** Versions that were in the book before an entry, in order, with the day they take effect. */
const adoptedBefore = ({ entries, all }: Facts, seq: number): readonly Charter[] =>
  entries
    .filter((e) => e.seq < seq && e.type === 'case.approved' && e.links.charter !== undefined)
    .flatMap((e) => all('charter').get(e.links.charter ?? '') ?? []);

const inForce = (charters: readonly Charter[], on: BusinessDate): Charter | undefined =>
  charters.filter((c) => c.effectiveFrom <= on).at(-1);

describe('rules of the date', () => {
  test('however rules are amended, a voucher is of the type and on the equity account of its business date', async () => {
    await fc.assert(
      fc.asyncProperty(stories(40), async (story) => {
        const { world } = await play(story);
        const facts = factsOf(world);
        for (const entry of facts.entries) {
          if (entry.voucher === undefined || entry.lines === undefined) continue;
          const charter = inForce(adoptedBefore(facts, entry.seq), entry.businessDate);
          expect(entry.voucher.type).toBe(voucherType(entry.lines, charter?.accounting.voucherTypes ?? 'single'));
          if (entry.type !== 'capital.received') continue;
          const equity = entry.lines.filter((l) => l.dims?.contributor !== undefined).map((l) => l.account);
          expect(equity).toEqual([charter?.accounting.equityAccount]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('however rules are amended, a case and its loan stay under the version of the day it was submitted on', async () => {
    await fc.assert(
      fc.asyncProperty(stories(40), async (story) => {
        const { world } = await play(story);
        const facts = factsOf(world);
        for (const entry of facts.entries.filter((e) => e.type === 'case.submitted')) {
          const found = facts.all('case').get(entry.links.case ?? '');
          const version = inForce(adoptedBefore(facts, entry.seq), entry.businessDate)?.version ?? 0;
          expect(found?.charterVersion).toBe(version);
          const loan = facts.all('loan').get((entry.links.case ?? '').replace('CS-', 'LN-'));
          expect(loan?.charterVersion ?? version).toBe(version);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('however rules are amended, capital is called by the shares of the day, to the fen, and whole in the end', async () => {
    await fc.assert(
      fc.asyncProperty(stories(40), async (story) => {
        const { world } = await play(story);
        const facts = factsOf(world);
        const called = new Map<string, bigint>();
        for (const entry of facts.entries) {
          if (entry.type !== 'capital.called' && entry.type !== 'capital.call-cancelled') continue;
          const charter = inForce(adoptedBefore(facts, entry.seq), entry.businessDate);
          const call = facts.all('call').get(entry.links.call ?? '');
          if (charter === undefined || call === undefined) throw new Error('a call without charter');
          const sign = entry.type === 'capital.called' ? 1n : -1n;
          for (const { contributor, amountFen } of call.parts)
            called.set(contributor, (called.get(contributor) ?? 0n) + sign * amountFen);
          if (sign < 0n) continue;
          const whole = sumFen([...called.values()]) === charter.capital.totalFen;
          const parts = whole ? called : new Map(call.parts.map((p) => [p.contributor, p.amountFen]));
          expect(parts).toEqual(splitByShare(charter, whole ? charter.capital.totalFen : call.amountFen));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('however rules are amended, no version changes, none is skipped, and none but the first reaches back', async () => {
    await fc.assert(
      fc.asyncProperty(stories(40), async (story) => {
        const seen = new Map<string, string>();
        const { world } = await play(story, ({ world: { ledger } }) => {
          for (const [key, item] of ledger.state)
            if (item['type'] === 'charter') {
              const text = JSON.stringify(item['state']);
              expect(seen.get(key) ?? text).toBe(text);
              seen.set(key, text);
            }
        });
        const { head } = await world.ledger.load(world.fundId, []);
        expect(head.charters.map((c) => c.version)).toEqual(head.charters.map((_, i) => i + 1));
        const dates = head.charters.map((c) => c.effectiveFrom);
        expect(dates).toEqual(dates.toSorted());
        for (const entry of factsOf(world).entries.filter(
          (e) => e.type === 'case.approved' && Number(e.links.charter) > 1,
        ))
          expect((dates[Number(entry.links.charter) - 1] ?? '') >= entry.businessDate).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
