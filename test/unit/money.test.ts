import { describe, expect, test } from 'vitest';
import { allocate, FEN_MAX, formatYuan, parseYuan, positiveFen, sumFen } from '#shared/domain/money.ts';
import { applyRate, parseRate } from '#shared/domain/rate.ts';
import { refusalOf } from '../support/refusal.ts';

describe('amounts', () => {
  test('given an amount for a voucher, then it is 1 to 10^15 fen', () => {
    expect(positiveFen(1n)).toBe(1n);
    expect(positiveFen(FEN_MAX)).toBe(1_000_000_000_000_000n);
    for (const bad of [0n, -1n, FEN_MAX + 1n, -FEN_MAX, 10n ** 18n])
      expect(refusalOf(() => positiveFen(bad))).toBe('AMOUNT_INVALID');
  });

  test.each([
    ['0', 0n],
    ['0.00', 0n],
    ['0.1', 10n],
    ['0.01', 1n],
    ['1234567.89', 123_456_789n],
    ['30000', 3_000_000n],
    ['9999999999999.99', 999_999_999_999_999n],
  ])('given %j yuan, then it is %d fen', (text, fen) => {
    expect(parseYuan(text)).toBe(fen);
  });

  test.each([
    '',
    ' 1',
    '1 ',
    '01',
    '1.',
    '.5',
    '1.234',
    '-1',
    '+1',
    '1e3',
    '1,000',
    '１',
    'NaN',
    '0x10',
    '99999999999999',
    '1.0.0',
  ])('given %j, then it is no amount', (text) => {
    expect(refusalOf(() => parseYuan(text))).toBe('AMOUNT_INVALID');
  });

  test.each([
    [0n, '0.00'],
    [5n, '0.05'],
    [-5n, '-0.05'],
    [123_456_789n, '1,234,567.89'],
    [-100_000n, '-1,000.00'],
    [99_999n, '999.99'],
    [FEN_MAX, '10,000,000,000,000.00'],
  ])('given %d fen, then a person reads %s', (fen, text) => {
    expect(formatYuan(fen)).toBe(text);
  });
});

describe('allocation', () => {
  test.each([
    // 40/60 of 101 fen: 40.4 and 60.6; the odd fen goes to the larger remainder.
    [101n, [40n, 60n], [40n, 61n]],
    [1n, [40n, 60n], [0n, 1n]],
    [3n, [1n, 1n, 1n, 1n], [1n, 1n, 1n, 0n]],
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [10n, [0n, 1n, 0n], [0n, 10n, 0n]],
    // 80/20 of a principal that does not divide.
    [999_999_999n, [80n, 20n], [799_999_999n, 200_000_000n]],
    [0n, [1n, 2n], [0n, 0n]],
    [10n ** 30n, [1n, 2n], [333_333_333_333_333_333_333_333_333_333n, 666_666_666_666_666_666_666_666_666_667n]],
  ])('given %s by largest remainder over %s, then %s', (total, weights, parts) => {
    expect(allocate(total, weights)).toEqual(parts);
  });

  test('given equal remainders, then the earlier ones win, and no more than there is left', () => {
    expect(allocate(5n, [1n, 1n, 1n])).toEqual([2n, 2n, 1n]);
    expect(allocate(7n, [2n, 2n, 2n])).toEqual([3n, 2n, 2n]);
  });

  test('given somebody who takes the remainder, then all of it', () => {
    expect(allocate(101n, [40n, 60n], { remainderTo: 0 })).toEqual([41n, 60n]);
    expect(allocate(101n, [40n, 60n], { remainderTo: 1 })).toEqual([40n, 61n]);
    expect(allocate(5n, [1n, 1n, 1n], { remainderTo: 2 })).toEqual([1n, 1n, 3n]);
  });

  test('given a loss, then it splits as the gain of the same size does', () => {
    expect(allocate(-101n, [40n, 60n])).toEqual([-40n, -61n]);
    expect(allocate(-101n, [40n, 60n], { remainderTo: 0 })).toEqual([-41n, -60n]);
    expect(sumFen(allocate(-7n, [3n, 3n, 3n]))).toBe(-7n);
  });

  test.each([[[]], [[0n, 0n]], [[1n, -1n]], [[-1n, 2n]]])('given weights %s, then RATE_INVALID', (weights) => {
    expect(refusalOf(() => allocate(100n, weights))).toBe('RATE_INVALID');
  });

  test.each([-1, 2, 0.5, Number.NaN])(
    'given remainderTo %d of two, then RATE_INVALID: no fen is lost',
    (remainderTo) => {
      expect(refusalOf(() => allocate(101n, [40n, 60n], { remainderTo }))).toBe('RATE_INVALID');
    },
  );
});

describe('rates', () => {
  test.each([
    ['0', 0n, 0],
    ['1', 1n, 0],
    ['0.0345', 345n, 4],
    ['0.0005', 5n, 4],
    ['0.000000000001', 1n, 12],
  ])('given %j, then it is exact', (text, units, scale) => {
    expect(parseRate(text)).toEqual({ units, scale });
  });

  test.each(['', '-0.1', '.5', '1.', '1e-3', '0.0000000000001', '1234567', '0,5', '٠.١'])(
    'given %j, then RATE_INVALID',
    (text) => {
      expect(refusalOf(() => parseRate(text))).toBe('RATE_INVALID');
    },
  );

  test.each([
    [100n, '0.005', 1n],
    [100n, '0.0049', 0n],
    [300n, '0.005', 2n],
    [30_000_000n, '0.01', 300_000n],
    [1n, '0.5', 1n],
    [1n, '0.4999', 0n],
    [3n, '1', 3n],
    [10n ** 15n, '0.0345', 34_500_000_000_000n],
  ])('given %d fen at %s, then %d fen, half a fen rounded up', (amount, rate, result) => {
    expect(applyRate(amount, parseRate(rate))).toBe(result);
  });
});
