import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHART_OF_ACCOUNTS, isAccount } from '#shared/domain/book/accounts.ts';
import type { Entry } from '#shared/domain/book/entry.ts';
import { assertBalanced, type Line, netDebitFen, reverseLines } from '#shared/domain/book/voucher.ts';
import { refusalOf } from '../support/refusal.ts';
import { play, stories } from '../support/story/play.ts';
import { turnover } from '../support/turnover.ts';

/* Invariant 2: every voucher balances, per book. A book belongs to one fund. */

const line: fc.Arbitrary<Line> = fc
  .record({
    account: fc.constantFrom('1002', '6011', '6702'),
    side: fc.constantFrom('debit' as const, 'credit' as const),
    amountFen: fc.bigInt(1n, 1000n),
    red: fc.constantFrom(true as const, undefined),
  })
  .map(({ red, ...l }) => (red === undefined ? l : { ...l, red }));

/** Debit less credit, reckoned anew: red counts as its opposite. */
const sum = (lines: readonly Line[]): bigint => {
  let total = 0n;
  for (const l of lines) {
    const plus = (l.side === 'debit') !== (l.red === true);
    total += plus ? l.amountFen : -l.amountFen;
  }
  return total;
};

describe('vouchers', () => {
  test('given any lines, then they are a voucher exactly when there are two and they balance', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const good = lines.length >= 2 && sum(lines) === 0n;
        expect(refusalOf(() => assertBalanced(lines))).toBe(good ? undefined : 'VOUCHER_UNBALANCED');
      }),
    );
  });

  test('given any lines, then their reversal takes every account back to where it was', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const both = [...lines, ...reverseLines(lines)];
        for (const account of new Set(lines.map((l) => l.account))) expect(netDebitFen(both, account)).toBe(0n);
        for (const { debitFen, creditFen } of turnover(both).values()) expect([debitFen, creditFen]).toEqual([0n, 0n]);
      }),
    );
  });

  test('however an office works, every entry with lines balances, on known accounts, with their dimensions', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        const { world } = await play(story);
        const entries = world.entries();
        for (const entry of entries) {
          expect(entry.fundId).toBe(world.fundId);
          expect(entry.lines === undefined).toBe(entry.voucher === undefined);
          if (entry.lines !== undefined) expectVoucher(entry.lines);
        }
        for (const entry of entries.filter((e) => e.links.reverses !== undefined)) expectReversal(entry, entries);
      }),
      { numRuns: 40 },
    );
  });
});

const expectVoucher = (lines: readonly Line[]): void => {
  expect(lines.length).toBeGreaterThanOrEqual(2);
  expect(sum(lines)).toBe(0n);
  for (const l of lines) {
    expect(isAccount(l.account) && l.amountFen > 0n).toBe(true);
    const required = isAccount(l.account) ? CHART_OF_ACCOUNTS[l.account].requires : [];
    expect(required.filter((dimension) => l.dims?.[dimension] === undefined)).toEqual([]);
  }
};

/** A reversal is a later entry, in red, that takes back at least all of the one it names. */
const expectReversal = (entry: Entry, entries: readonly Entry[]): void => {
  const original = entries.find((e) => String(e.seq) === entry.links.reverses);
  expect(original?.seq).toBeLessThan(entry.seq);
  const text = (l: Line): string => `${l.side} ${l.account} ${l.amountFen} ${l.red === true}`;
  const taken = (entry.lines ?? []).map(text);
  for (const l of reverseLines(original?.lines ?? [])) expect(taken).toContain(text(l));
  expect((entry.lines ?? []).every((l) => l.red === true)).toBe(true);
};
