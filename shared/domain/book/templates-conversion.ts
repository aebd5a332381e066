import type { Fen } from '../money.ts';
import type { InstrumentDims } from './dims.ts';
import type { LoanBalances } from './templates.ts';
import { credit, debit, type Line, some } from './voucher.ts';

/** A claim and what came for it. Penalty was never in the book before; it is earned now. */
export interface Converted extends LoanBalances {
  readonly penaltyFen: Fen;
  /** Value of the shares. */
  readonly valueFen: Fen;
}

/**
 * Debt to equity in one voucher (CAS 12): shares in at value, loan, provision and unearned difference out; what the shares
 * are worth more or less than the claim as it was carried is 投资收益.
 */
export const claimConverted = (c: Converted, loan: InstrumentDims, equity: InstrumentDims): readonly Line[] => {
  const claimFen = c.normalFen + c.overdueFen + c.penaltyFen;
  const gainFen = c.valueFen + c.provisionFen + c.discountFen - claimFen;
  return some(
    debit('1101.01', c.valueFen, equity),
    debit('1304', c.provisionFen, loan),
    debit('1303.03', c.discountFen, loan),
    credit('1303.02', c.overdueFen, loan),
    credit('1303.01', c.normalFen, loan),
    credit('6011', c.penaltyFen),
    gainFen >= 0n ? credit('6111', gainFen) : debit('6111', -gainFen),
  );
};
