import type { Snapshot } from '../book/decision.ts';
import { addDays, type BusinessDate, daysBetween, endOfMonth, maxDate, monthOf, parseDate } from '../calendar.ts';
import type { GuidanceCharter } from '../charter/guidance.ts';
import { readPortfolio } from '../equity/stake.ts';
import { partnersOf } from './partners-of.ts';

/**
 * What a month's fee is reckoned on, in fen times days: every fen that is paid in and not given back for every day of it; or
 * what is invested at the end of the month as the book knows it, from the first investment on.
 */
export const feeBase = (state: Snapshot, charter: GuidanceCharter, month: string): bigint => {
  const first = maxDate(parseDate(`${month}-01`), charter.term.beginsOn);
  const last = endOfMonth(month);
  const daysFrom = (on: BusinessDate): bigint => BigInt(Math.max(0, daysBetween(maxDate(on, first), last) + 1));
  if (charter.managementFee.base === 'invested') {
    const investedOn = state.read('timer', 'first-investment')?.stoppedOn;
    return investedOn === undefined ? 0n : readPortfolio(state).costFen * daysFrom(investedOn);
  }
  return [...partnersOf(state, charter).values()]
    .flatMap((p) => [...p.paidIn, ...p.distributed.map((d) => ({ on: d.on, amountFen: -d.capitalFen }))])
    .reduce((sum, { on, amountFen }) => sum + amountFen * daysFrom(on), 0n);
};

const monthAfter = (month: string): string => monthOf(addDays(endOfMonth(month), 1));

/** Months that are over and not accrued, from the one in which capital first came on. */
export const monthsToAccrue = (
  accruedThrough: string | undefined,
  capitalSince: BusinessDate,
  today: BusinessDate,
): readonly string[] => {
  const last = monthOf(addDays(parseDate(`${monthOf(today)}-01`), -1));
  const months: string[] = [];
  for (
    let month = accruedThrough === undefined ? monthOf(capitalSince) : monthAfter(accruedThrough);
    month <= last;
    month = monthAfter(month)
  )
    months.push(month);
  return months;
};
