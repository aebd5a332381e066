import { ensure } from '#shared/errors/fund-error.ts';

/** An amount in fen (1/100 yuan). Always a whole number; never a float. */
export type Fen = bigint;

/** No amount is larger than this: 10^15 fen, ten million million yuan. */
export const FEN_MAX: Fen = 10n ** 15n;

/**
 * An amount that may stand in a voucher: 1 to {@link FEN_MAX} fen.
 * @throws AMOUNT_INVALID
 */
export const positiveFen = (value: Fen): Fen => {
  ensure(0n < value && value <= FEN_MAX, 'AMOUNT_INVALID', { amountFen: String(value) });
  return value;
};

export const minFen = (a: Fen, b: Fen): Fen => (a < b ? a : b);

export const maxFen = (a: Fen, b: Fen): Fen => (a > b ? a : b);

export const sumFen = (values: readonly Fen[]): Fen => values.reduce((total, value) => total + value, 0n);

/** `123456789n` → `1234567.89`: yuan as files have them. */
export const yuanText = (value: Fen): string => {
  const digits = String(value < 0n ? -value : value).padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** `123456789n` → `1,234,567.89`: yuan as people read them. */
export const formatYuan = (value: Fen): string => yuanText(value).replace(/\B(?=(\d{3})+\.)/g, ',');

/**
 * `1234567.89` (no separators, at most two decimals) → fen.
 * @throws AMOUNT_INVALID
 */
export const parseYuan = (text: string): Fen => {
  const match = /^(0|[1-9]\d{0,12})(?:\.(\d{1,2}))?$/.exec(text);
  ensure(match !== null, 'AMOUNT_INVALID', { amount: text.slice(0, 40) });
  return BigInt(match[1] ?? '0') * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
};

/**
 * Splits an amount in turn: each takes its weight's part of what those before it have left, rounded down, the last the rest. No
 * part falls when the amount grows, and the amount that is the sum of the weights gives each its weight: so an amount may be
 * split in pieces, by the differences of what has been split so far.
 * @param weights none negative; where nothing is left to weigh, the last takes all
 */
export const allocateInTurn = (totalFen: Fen, weights: readonly bigint[]): readonly Fen[] => {
  let leftFen = totalFen;
  let whole = weights.reduce((sum, weight) => sum + weight, 0n);
  return weights.map((weight, i) => {
    const last = i === weights.length - 1;
    const part = last ? leftFen : whole === 0n ? 0n : (leftFen * weight) / whole;
    leftFen -= part;
    whole -= weight;
    return part;
  });
};

/**
 * Splits an amount by weights, exact to the fen. Without `remainderTo` the fen that do not divide go to the largest
 * remainders (Hamilton's method; ties to the earlier index); with it they all go to that index.
 * @param totalFen either sign; a negative total splits as its opposite does
 * @param weights at least one, none negative, not all zero
 * @param options.remainderTo an index of `weights`
 * @throws RATE_INVALID for weights that cannot divide anything, and for a remainder that would go to nobody
 */
export const allocate = (
  totalFen: Fen,
  weights: readonly bigint[],
  options: { readonly remainderTo?: number } = {},
): readonly Fen[] => {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  ensure(whole > 0n && weights.every((weight) => weight >= 0n), 'RATE_INVALID', { weights: weights.join(' ') });
  if (totalFen < 0n) return allocate(-totalFen, weights, options).map((part) => -part);
  const parts = weights.map((weight) => (totalFen * weight) / whole);
  const left = totalFen - sumFen(parts);
  const { remainderTo } = options;
  ensure(remainderTo === undefined || parts[remainderTo] !== undefined, 'RATE_INVALID', {
    remainderTo: String(remainderTo),
  });
  if (remainderTo !== undefined) return parts.map((part, i) => (i === remainderTo ? part + left : part));
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (totalFen * weight) % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const lucky = new Set(byRemainder.slice(0, Number(left)).map((r) => r.index));
  return parts.map((part, i) => (lucky.has(i) ? part + 1n : part));
};
