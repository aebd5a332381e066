import { describe, expect, test } from 'vitest';
import { applyDelta, availableFen, type BookHead, closedThroughOf, emptyHead } from '#shared/domain/book/head.ts';
import { parseDate } from '#shared/domain/calendar.ts';
import { refusalOf } from '../../support/refusal.ts';

const head = (changes: Partial<BookHead> = {}): BookHead => ({ ...emptyHead('seed'), ...changes });

describe('guarded balances', () => {
  const full = head({ bankFen: 100n, inTransitFen: 20n, heldFen: 30n, paidInFen: 100n });

  test('given money at the bank, on its way and held, then what is available is what is left', () => {
    expect(availableFen(full)).toBe(50n);
  });

  test('given a change, then it is added, and the rest of the head stays', () => {
    const charters = [{ version: 1, effectiveFrom: parseDate('2017-01-01') }];
    const after = applyDelta({ ...full, seq: 7, charters }, { heldFen: -30n, inTransitFen: 30n });
    expect(after).toEqual({ ...full, seq: 7, charters, heldFen: 0n, inTransitFen: 50n });
  });

  test('given all that is available, when it is held, then it is; one fen more is FUNDS_INSUFFICIENT', () => {
    expect(availableFen(applyDelta(full, { heldFen: 50n }))).toBe(0n);
    expect(refusalOf(() => applyDelta(full, { heldFen: 51n }))).toBe('FUNDS_INSUFFICIENT');
    expect(refusalOf(() => applyDelta(full, { bankFen: -51n }))).toBe('FUNDS_INSUFFICIENT');
    expect(refusalOf(() => applyDelta(full, { inTransitFen: 51n }))).toBe('FUNDS_INSUFFICIENT');
  });

  test.each(['bankFen', 'inTransitFen', 'heldFen', 'paidInFen', 'coveredFen'] as const)(
    'given more taken from %s than there is, then FUNDS_INSUFFICIENT',
    (name) => {
      expect(refusalOf(() => applyDelta(full, { [name]: -(full[name] + 1n) }))).toBe('FUNDS_INSUFFICIENT');
    },
  );

  test('given a book without anything, then nothing is available and nothing can be held', () => {
    expect(availableFen(head())).toBe(0n);
    expect(refusalOf(() => applyDelta(head(), { heldFen: 1n }))).toBe('FUNDS_INSUFFICIENT');
  });
});

describe('what is closed', () => {
  test('given a closed day, then that; else the eve of the first month with a voucher; else nothing', () => {
    expect(closedThroughOf(head({ closedThrough: parseDate('2019-07-30') }))).toBe('2019-07-30');
    expect(closedThroughOf(head({ numbers: { '2018-01': { 记: 3 }, '2017-03': { 记: 1 } } }))).toBe('2017-02-28');
    expect(closedThroughOf(head())).toBeUndefined();
  });
});
