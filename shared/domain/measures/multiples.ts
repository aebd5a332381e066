import { Decimal } from 'decimal.js';
import type { Fen } from '../money.ts';

/*
 * Measures for reports. They are ratios of exact amounts, rounded when they are shown; nothing in a voucher comes from them.
 */

/** What a fund's multiples are made of, in fen. */
export interface FundFigures {
  /** Paid in by the partners, fees included. */
  readonly paidInFen: Fen;
  /** Distributed to the partners so far. */
  readonly distributedFen: Fen;
  /** 净资产: what is left, at its present value. */
  readonly navFen: Fen;
  /** Paid for investments, without fees: another denominator than what was paid in. */
  readonly investedFen: Fen;
  /** What the investments have brought and are worth. */
  readonly valueFen: Fen;
}

/** Decimals as texts with `places` digits; null where there is nothing to divide by. */
export interface Multiples {
  readonly dpi: string | null;
  readonly rvpi: string | null;
  /** DPI and RVPI together, rounded once. */
  readonly tvpi: string | null;
  readonly moic: string | null;
}

const ratio = (part: Fen, whole: Fen, places: number): string | null =>
  whole === 0n ? null : new Decimal(String(part)).div(String(whole)).toFixed(places, Decimal.ROUND_HALF_UP);

/** DPI, RVPI and TVPI against what was paid in; MOIC against what was invested. */
export const multiplesOf = (figures: FundFigures, places = 4): Multiples => {
  const { paidInFen, distributedFen, navFen, investedFen, valueFen } = figures;
  return {
    dpi: ratio(distributedFen, paidInFen, places),
    rvpi: ratio(navFen, paidInFen, places),
    tvpi: ratio(distributedFen + navFen, paidInFen, places),
    moic: ratio(valueFen, investedFen, places),
  };
};
