import type { BusinessDate } from '../calendar.ts';
import type { Fen } from '../money.ts';
import { accrue } from './accrual.ts';
import { overdueAt } from './ageing.ts';
import { type LoanState, outstandingFen } from './loan.ts';
import { penaltyDueFen } from './penalty.ts';

/** What a borrower owes on a day. */
export interface Dues {
  /** Principal, due or not; after a write-off what the off-balance register still claims. */
  readonly outstandingFen: Fen;
  /** The part of it whose day has passed. */
  readonly overdueFen: Fen;
  readonly daysPastDue: number;
  /** 罚息 that has run up to the end of the day. */
  readonly penaltyFen: Fen;
  /** What pays the loan off on this day: nothing is left and nothing is too much. */
  readonly payoffFen: Fen;
  /** The first instalment that is still to come, the day itself included. */
  readonly next?: { readonly dueDate: BusinessDate; readonly amountFen: Fen };
}

/**
 * What a loan owes on a day, by what is known of it now: a bank line that has not arrived yet is not counted.
 * @param dailyRate of the penalty, by the loan's charter
 */
export const duesOf = (loan: LoanState, dailyRate: string, on: BusinessDate): Dues => {
  if (loan.status === 'written-off') {
    const claimFen = loan.writtenOffFen - loan.recoveredFen;
    return { outstandingFen: claimFen, overdueFen: claimFen, daysPastDue: 0, penaltyFen: 0n, payoffFen: claimFen };
  }
  const owedFen = outstandingFen(loan);
  const penaltyFen = owedFen === 0n ? 0n : penaltyDueFen(accrue(loan, on, dailyRate).penaltyUnits, dailyRate);
  const next = loan.schedule.find((i) => i.dueDate >= on && i.paidFen < i.principalFen);
  return {
    outstandingFen: owedFen,
    ...overdueAt(loan.schedule, on),
    penaltyFen,
    payoffFen: owedFen + penaltyFen,
    ...(next === undefined ? {} : { next: { dueDate: next.dueDate, amountFen: next.principalFen - next.paidFen } }),
  };
};
