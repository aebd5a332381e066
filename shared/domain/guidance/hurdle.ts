import type { Decimal } from 'decimal.js';
import { type BusinessDate, daysBetween } from '../calendar.ts';
import type { WaterfallTerms } from '../charter/guidance.ts';
import { Exact } from '../exact.ts';
import type { Fen } from '../money.ts';
import type { PartnerState } from './partner.ts';

/*
 * The preferred return: every contribution grows from its own day, and so does, against it, every fen of capital and
 * preferred return that was paid out. The measures of time add up (from a to c is from a to b and from b to c), so that a
 * partner who has been paid in full is owed nothing later by rounding.
 */

type Hurdle = WaterfallTerms['hurdle'];

/** Days from 0000-01-00 in a year of twelve months of thirty days (30E/360). */
const thirties = (date: BusinessDate): number =>
  360 * Number(date.slice(0, 4)) + 30 * Number(date.slice(5, 7)) + Math.min(30, Number(date.slice(8, 10)));

/** What one fen of `from` has become by `to`. */
const growth = ({ annualRate, compounding }: Hurdle, from: BusinessDate, to: BusinessDate): Decimal => {
  const rate = new Exact(annualRate);
  switch (compounding) {
    case 'annual-30e/360':
      return rate.plus(1).pow(new Exact(thirties(to) - thirties(from)).div(360));
    case 'annual-actual/365':
      return rate.plus(1).pow(new Exact(daysBetween(from, to)).div(365));
    case 'daily-actual/365':
      return rate.div(365).plus(1).pow(daysBetween(from, to));
  }
};

/**
 * What a partner must have got by a date to have its capital and the preferred return on it, less what it got, in fen, half
 * a fen rounded up; not below zero.
 * @param on not before the last contribution or distribution
 */
export const owedAtHurdleFen = (hurdle: Hurdle, partner: PartnerState, on: BusinessDate): Fen => {
  const flows = [
    ...partner.paidIn,
    ...partner.distributed.map((d) => ({ on: d.on, amountFen: -(d.capitalFen + d.hurdleFen) })),
  ];
  const total = flows.reduce(
    (sum, flow) => sum.plus(growth(hurdle, flow.on, on).times(String(flow.amountFen))),
    new Exact(0),
  );
  return total.isNegative() ? 0n : BigInt(total.toFixed(0));
};
