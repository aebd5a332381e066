import { ensure } from '#shared/errors/fund-error.ts';
import type { Fen } from './money.ts';

/** An exact decimal: `units` / 10^`scale`. */
export interface Rate {
  readonly units: bigint;
  readonly scale: number;
}

const DAYS_PER_YEAR = 365n;

/**
 * `"0.0345"` → an exact rate.
 * @throws RATE_INVALID unless it is a plain non-negative decimal with at most 12 places
 */
export const parseRate = (text: string): Rate => {
  const match = /^(\d{1,6})(?:\.(\d{1,12}))?$/.exec(text);
  ensure(match !== null, 'RATE_INVALID', { rate: text.slice(0, 40) });
  const decimals = match[2] ?? '';
  return { units: BigInt((match[1] ?? '0') + decimals), scale: decimals.length };
};

/** `amountFen × rate`, half a fen rounded up. Non-negative amounts only. */
export const applyRate = (amountFen: Fen, rate: Rate): Fen => {
  const unit = 10n ** BigInt(rate.scale);
  return (2n * amountFen * rate.units + unit) / (2n * unit);
};

/** Whether `a` ≥ `b`, exactly. */
export const rateAtLeast = (a: Rate, b: Rate): boolean => ratioAtLeast(a, { units: 1n, scale: 0 }, b);

/** Whether `part` / `whole` ≥ `ratio`, exactly; `whole` is not zero. */
export const ratioAtLeast = (part: Rate, whole: Rate, ratio: Rate): boolean =>
  part.units * 10n ** BigInt(whole.scale + ratio.scale) >= whole.units * ratio.units * 10n ** BigInt(part.scale);

/** `amountFen × rate`, rounded down. Non-negative amounts only. */
export const floorRate = (amountFen: Fen, rate: Rate): Fen => (amountFen * rate.units) / 10n ** BigInt(rate.scale);

/** Whole fen as a rate, to be held against one. */
export const fenAsRate = (amountFen: Fen): Rate => ({ units: amountFen, scale: 0 });

/** Simple interest on so many fen times days at a yearly rate, ACT/365, half a fen rounded up. Non-negative only. */
export const simpleYearly = (fenDays: bigint, { units, scale }: Rate): Fen => {
  const whole = DAYS_PER_YEAR * 10n ** BigInt(scale);
  return (2n * fenDays * units + whole) / (2n * whole);
};

/** An exact fraction, e.g. 2/3. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/** That part of an amount, or of a quantity, rounded down: a limit is never rounded up. */
export const partOf = (whole: bigint, { numerator, denominator }: Fraction): bigint =>
  (whole * BigInt(numerator)) / BigInt(denominator);

export const multiplyRates = (a: Rate, b: Rate): Rate => ({ units: a.units * b.units, scale: a.scale + b.scale });

export const addRates = (a: Rate, b: Rate): Rate => ({
  units: a.units * 10n ** BigInt(b.scale) + b.units * 10n ** BigInt(a.scale),
  scale: a.scale + b.scale,
});
