import { type BusinessDate, daysBetween } from '../calendar.ts';
import { overdueAt } from './ageing.ts';
import type { LoanState } from './loan.ts';
import { accruePenalty } from './penalty.ts';

/**
 * Runs the penalty of a loan to a date, day by day in effect; back to it, when the loan is aged further already: what ran
 * up since is taken away, for money that came on that date and is only now heard of.
 */
export const accrue = (loan: LoanState, to: BusinessDate, dailyRate: string): LoanState => {
  const from = loan.agedThrough;
  if (from === undefined || to === from) return loan;
  const units = to > from ? unitsBetween(loan, from, to, dailyRate) : -unitsBetween(loan, to, from, dailyRate);
  return { ...loan, penaltyUnits: loan.penaltyUnits + units, agedThrough: to };
};

/** Overdue principal changes only at due dates, so each stretch between them is one multiplication. */
const unitsBetween = (loan: LoanState, from: BusinessDate, to: BusinessDate, dailyRate: string): bigint => {
  const stops = [...new Set(loan.schedule.map((i) => i.dueDate).filter((d) => from < d && d < to))].sort();
  let units = 0n;
  let at = from;
  for (const stop of [...stops, to]) {
    // Money due on a day is overdue from the next day on, so the stretch begins with what is overdue after `at`.
    const overdueFen = overdueAt(loan.schedule, at).overdueFen + dueOn(loan, at);
    units += accruePenalty(overdueFen, daysBetween(at, stop), dailyRate);
    at = stop;
  }
  return units;
};

const dueOn = (loan: LoanState, date: BusinessDate): bigint =>
  loan.schedule.filter((i) => i.dueDate === date).reduce((sum, i) => sum + i.principalFen - i.paidFen, 0n);
