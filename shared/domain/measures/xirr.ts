import { type BusinessDate, daysBetween } from '../calendar.ts';
import type { Fen } from '../money.ts';

/** Money at a date: below zero for what was paid, above for what came back. */
export interface DatedFlow {
  readonly on: BusinessDate;
  readonly amountFen: Fen;
}

/** The rate, or why there is none. `unique` is false where the flows change sign in a way that allows several. */
export type Xirr =
  | { readonly kind: 'rate'; readonly rate: number; readonly unique: boolean }
  | { readonly kind: 'none'; readonly reason: 'no-sign-change' | 'no-solution' };

const DAYS_PER_YEAR = 365;
/** Bounds and grid of ln(1 + rate): from nearly all lost in a year to a million-fold. */
const LOG_MAX = 14;
const LOG_STEP = 1 / 64;
const STEPS_MAX = 200;
const TOLERANCE = 1e-14;

interface Point {
  readonly years: number;
  readonly amount: number;
}

/** Present value and its slope at x = ln(1 + rate). */
const valueAt = (points: readonly Point[], x: number): { readonly value: number; readonly slope: number } => {
  let value = 0;
  let slope = 0;
  for (const { years, amount } of points) {
    const discounted = amount * Math.exp(-x * years);
    value += discounted;
    slope -= years * discounted;
  }
  return { value, slope };
};

/**
 * The yearly rate at which the present value of the flows is nought, ACT/365 (the XIRR of spreadsheets). For reports only:
 * the one place where floating point comes near amounts, and nothing is posted from it. Of several rates the one nearest
 * to 0 is given.
 */
export const xirr = (flows: readonly DatedFlow[]): Xirr => {
  const [first] = flows;
  const signs = new Set(flows.filter((f) => f.amountFen !== 0n).map((f) => f.amountFen > 0n));
  if (first === undefined || signs.size < 2) return { kind: 'none', reason: 'no-sign-change' };
  const points = flows.map((f) => ({
    years: daysBetween(first.on, f.on) / DAYS_PER_YEAR,
    amount: Number(f.amountFen),
  }));
  const brackets = bracketsOf(points);
  const [nearest] = brackets.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  if (nearest === undefined) return { kind: 'none', reason: 'no-solution' };
  return { kind: 'rate', rate: Math.expm1(rootIn(points, nearest)), unique: brackets.length === 1 };
};

/** Where on the grid the value changes sign: the lower ends of the intervals. */
const bracketsOf = (points: readonly Point[]): readonly number[] => {
  const grid = Array.from({ length: (2 * LOG_MAX) / LOG_STEP + 1 }, (_, i) => -LOG_MAX + i * LOG_STEP);
  const values = grid.map((x) => valueAt(points, x).value);
  return grid.filter((_, i) => {
    const [here = 0, next] = [values[i], values[i + 1]];
    return here === 0 || (next !== undefined && next !== 0 && here > 0 !== next > 0);
  });
};

/** Newton's method inside a bracket; a step that would leave it is replaced by halving it. */
const rootIn = (points: readonly Point[], start: number): number => {
  let [low, high] = [start, start + LOG_STEP];
  const risesToHigh = valueAt(points, high).value > 0;
  if (valueAt(points, low).value === 0) return low;
  let x = (low + high) / 2;
  for (let step = 0; step < STEPS_MAX && high - low > TOLERANCE; step += 1) {
    const { value, slope } = valueAt(points, x);
    if (value === 0) return x;
    if (value > 0 === risesToHigh) high = x;
    else low = x;
    const newton = x - value / slope;
    const next = low < newton && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) < TOLERANCE) return next;
    x = next;
  }
  return x;
};
