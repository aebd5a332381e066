import { describe, expect, test } from 'vitest';
import { addDays, parseDate } from '#shared/domain/calendar.ts';
import { moicOf, multiplesOf } from '#shared/domain/measures/multiples.ts';
import { type DatedFlow, xirr } from '#shared/domain/measures/xirr.ts';

const flows = (...pairs: readonly (readonly [string, number])[]): DatedFlow[] =>
  pairs.map(([on, amount]) => ({ on: parseDate(on), amountFen: BigInt(amount) }));

const rateOf = (given: readonly DatedFlow[]): number => {
  const result = xirr(given);
  if (result.kind !== 'rate') throw new Error(result.reason);
  return result.rate;
};

describe('multiples', () => {
  test('given 87.5 paid in, 42.2 distributed and 91.0 left, then they are those of the book', () => {
    const figures = {
      paidInFen: 8_750n,
      distributedFen: 4_220n,
      navFen: 9_100n,
      investedFen: 8_000n,
      valueFen: 13_320n,
    };
    expect(multiplesOf(figures, 2)).toEqual({ dpi: '0.48', rvpi: '1.04', tvpi: '1.52' });
  });

  test('given parts that round the same way, then the whole is rounded once and not added up', () => {
    const figures = { paidInFen: 3n, distributedFen: 1n, navFen: 1n };
    expect(multiplesOf(figures)).toEqual({ dpi: '0.3333', rvpi: '0.3333', tvpi: '0.6667' });
  });

  test('given what investments brought, then MOIC is against what they cost, not what was paid in', () => {
    expect(moicOf(13_320n, 8_000n, 2)).toBe('1.67');
    expect(moicOf(0n, 0n)).toBeNull();
  });

  test('given a fund nobody has paid into, then there is nothing to divide by', () => {
    const figures = { paidInFen: 0n, distributedFen: 0n, navFen: 0n };
    expect(multiplesOf(figures)).toEqual({ dpi: null, rvpi: null, tvpi: null });
  });
});

describe('XIRR', () => {
  const sample = flows(
    ['2008-01-01', -10_000],
    ['2008-03-01', 2_750],
    ['2008-10-30', 4_250],
    ['2009-02-15', 3_250],
    ['2009-04-01', 2_750],
  );

  test('given the sample every spreadsheet has, then its rate is theirs', () => {
    expect(rateOf(sample)).toBeCloseTo(0.373_362_535, 8);
    expect(xirr(sample)).toMatchObject({ unique: true });
  });

  test('given the same flows in another order, or a million times as large, then the rate is the same', () => {
    expect(rateOf(sample.toReversed())).toBeCloseTo(rateOf(sample), 12);
    expect(rateOf(sample.map((f) => ({ ...f, amountFen: f.amountFen * 1_000_000n })))).toBeCloseTo(rateOf(sample), 12);
  });

  test.each([
    ['all lost but a ten-thousandth in a year', [-1_000_000, 100], -0.9999],
    ['nothing earned', [-100, 100], 0],
    ['doubled', [-100, 200], 1],
    ['ten-thousand-fold', [-100, 1_000_000], 9_999],
  ] as const)('given one year and %s, then the rate says so', (_, [paid, back], rate) => {
    const year = flows(['2019-01-01', paid], ['2020-01-01', back]);
    expect(rateOf(year) / (rate === 0 ? 1 : rate)).toBeCloseTo(rate === 0 ? 0 : 1, 10);
  });

  test('given thirty years of monthly flows, then the rate makes their present value nought', () => {
    const start = parseDate('1995-01-01');
    const long = Array.from({ length: 360 }, (_, i) => ({
      on: addDays(start, 30 * i),
      amountFen: i < 120 ? -100_000n - BigInt(i) : 70_000n + BigInt(i % 7),
    }));
    const rate = rateOf(long);
    const value = long.reduce((sum, f, i) => sum + Number(f.amountFen) / (1 + rate) ** ((30 * i) / 365), 0);
    expect(Math.abs(value)).toBeLessThan(1e-3);
  });

  test('given flows of one sign only, or none, then there is no rate', () => {
    const none = { kind: 'none', reason: 'no-sign-change' };
    expect(xirr([])).toEqual(none);
    expect(xirr(flows(['2019-01-01', -100], ['2020-01-01', -1]))).toEqual(none);
    expect(xirr(flows(['2019-01-01', 100], ['2020-01-01', 0]))).toEqual(none);
  });

  test('given flows no rate can balance, then there is no solution', () => {
    expect(xirr(flows(['2019-01-01', 100], ['2020-01-01', -100], ['2021-01-01', 100]))).toEqual({
      kind: 'none',
      reason: 'no-solution',
    });
    expect(xirr(flows(['2019-01-01', -100], ['2019-01-01', 101]))).toEqual({ kind: 'none', reason: 'no-solution' });
  });

  test('given flows two rates balance, then the one nearer to nought is given, and that it is not the only one', () => {
    // 100 − 230/(1+r) + 132/(1+r)² is nought at 10% and at 20%.
    const twice = flows(['2019-01-01', -10_000], ['2020-01-01', 23_000], ['2020-12-31', -13_200]);
    expect(rateOf(twice)).toBeCloseTo(0.1, 10);
    expect(xirr(twice)).toMatchObject({ unique: false });
  });
});
