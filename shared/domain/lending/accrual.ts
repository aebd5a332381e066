import type { BusinessDate } from '../calendar.ts';
import { daysBetween } from '../calendar.ts';
import { overdueAt } from './ageing.ts';
import type { LoanState } from './loan.ts';
import { accruePenalty } from './penalty.ts';

/**
 * Runs the penalty of a loan up to a date, day by day in effect: overdue principal changes only at due dates, so each
 * stretch between them is one multiplication. Does nothing when the loan is aged further already.
 */
export const accrue = (loan: LoanState, through: BusinessDate, dailyRate: string): LoanState => {
  const from = loan.agedThrough;
  if (from === undefined || through <= from) return loan;
  const stops = [...new Set(loan.schedule.map((i) => i.dueDate).filter((d) => from < d && d < through))].sort();
  let penaltyUnits = loan.penaltyUnits;
  let at = from;
  for (const stop of [...stops, through]) {
    // Money due on a day is overdue from the next day on, so the stretch begins with what is overdue after `at`.
    const overdueFen = overdueAt(loan.schedule, at).overdueFen + dueOn(loan, at);
    penaltyUnits += accruePenalty(overdueFen, daysBetween(at, stop), dailyRate);
    at = stop;
  }
  return { ...loan, penaltyUnits, agedThrough: through };
};

const dueOn = (loan: LoanState, date: BusinessDate): bigint =>
  loan.schedule.filter((i) => i.dueDate === date).reduce((sum, i) => sum + i.principalFen - i.paidFen, 0n);
