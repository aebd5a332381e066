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
}

/** Decimals as texts with `places` digits; null where there is nothing to divide by. */
export interface Multiples {
  readonly dpi: string | null;
  readonly rvpi: string | null;
  /** DPI and RVPI together, rounded once. */
  readonly tvpi: string | null;
}

const ratio = (part: Fen, whole: Fen, places: number): string | null =>
  whole === 0n ? null : new Decimal(String(part)).div(String(whole)).toFixed(places, Decimal.ROUND_HALF_UP);

/** DPI, RVPI and TVPI: against what was paid in. */
export const multiplesOf = ({ paidInFen, distributedFen, navFen }: FundFigures, places = 4): Multiples => ({
  dpi: ratio(distributedFen, paidInFen, places),
  rvpi: ratio(navFen, paidInFen, places),
  tvpi: ratio(distributedFen + navFen, paidInFen, places),
});

/** MOIC: what investments have brought and are worth, against what they cost without fees. Null where nothing was invested. */
export const moicOf = (valueFen: Fen, investedFen: Fen, places = 4): string | null =>
  ratio(valueFen, investedFen, places);
