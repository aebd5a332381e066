import { describe, expect, test } from 'vitest';
import { parseDate } from '#shared/domain/calendar.ts';
import { type Lot, putBack, takeCost, takeFifo, takeNamed } from '#shared/domain/equity/lots.ts';
import { formatQuantity, parseQuantity } from '#shared/domain/equity/quantity.ts';
import { refusalOf } from '#test/support/refusal.ts';

const lot = (no: number, shares: string, costFen: bigint, registered = true): Lot => ({
  no,
  acquiredOn: parseDate('2019-03-01'),
  source: `AC-${no}`,
  quantity: parseQuantity(shares),
  costFen,
  registered,
});

const shown = (lots: readonly Lot[]) => lots.map((l) => `${l.no} ${formatQuantity(l.quantity)} ${l.costFen}`);

describe('quantities', () => {
  test.each(['0', '1', '1000000.5', '0.000001', '999999999999999.999999'])(
    '%s is read and written the same',
    (text) => {
      expect(formatQuantity(parseQuantity(text))).toBe(text);
    },
  );

  test.each(['', '-1', '01', '1.', '.5', '1e3', '0.0000001', '1 000', '1000000000000000'])(
    '%j is no quantity',
    (text) => {
      expect(refusalOf(() => parseQuantity(text))).toBe('QUANTITY_INVALID');
    },
  );
});

describe('lots', () => {
  test('given two lots, when more than the first is taken first in first out, then the oldest goes whole and the next in part', () => {
    const { left, taken } = takeFifo([lot(1, '100', 1_000n), lot(2, '200', 3_001n)], parseQuantity('150'));
    expect(shown(taken)).toEqual(['1 100 1000', '2 50 750']);
    expect(shown(left)).toEqual(['2 150 2251']);
  });

  test('given an odd cost, when a lot is sold in thirds, then the last third takes what rounding left', () => {
    const first = takeFifo([lot(1, '3', 100n)], parseQuantity('1'));
    const second = takeFifo(first.left, parseQuantity('1'));
    const third = takeFifo(second.left, parseQuantity('1'));
    expect([first, second, third].map((d) => d.taken[0]?.costFen)).toEqual([33n, 33n, 34n]);
    expect(third.left).toEqual([]);
  });

  test('given a newer lot named, when it is sold, then the older one stays whole', () => {
    const lots = [lot(1, '100', 1_000n), lot(2, '200', 3_000n)];
    const { left } = takeNamed(lots, [{ lot: 2, quantity: parseQuantity('200') }]);
    expect(shown(left)).toEqual(['1 100 1000']);
  });

  test('given a lot that is not registered, when it would be sold, then it is refused', () => {
    const lots = [lot(1, '100', 1_000n, false), lot(2, '50', 1_000n)];
    expect(refusalOf(() => takeFifo(lots, parseQuantity('51')))).toBe('LOTS_INSUFFICIENT');
    expect(refusalOf(() => takeNamed(lots, [{ lot: 1, quantity: parseQuantity('1') }]))).toBe('LOTS_INSUFFICIENT');
  });

  test('given a lot named twice, when it would be sold, then it is refused', () => {
    const twice = [1, 1].map((no) => ({ lot: no, quantity: parseQuantity('1') }));
    expect(refusalOf(() => takeNamed([lot(1, '100', 1_000n)], twice))).toBe('LOTS_INSUFFICIENT');
  });

  test('given nothing to sell, when nothing is taken, then it is refused', () => {
    expect(refusalOf(() => takeFifo([lot(1, '100', 1_000n)], 0n))).toBe('QUANTITY_INVALID');
  });

  test('given capital given back, when it is taken out of the cost, then quantities stay and the oldest cost goes first', () => {
    const { left } = takeCost([lot(1, '100', 1_000n), lot(2, '200', 3_000n)], 1_500n);
    expect(shown(left)).toEqual(['1 100 0', '2 200 2500']);
    expect(refusalOf(() => takeCost(left, 2_501n))).toBe('CAPITAL_EXCEEDS_COST');
  });

  test('given a part taken, when it is put back, then the lots are as they were', () => {
    const lots = [lot(1, '3', 100n), lot(2, '7', 99n)];
    expect(putBack(takeFifo(lots, parseQuantity('5')))).toEqual(lots);
    expect(putBack(takeCost(lots, 150n))).toEqual(lots);
  });
});
