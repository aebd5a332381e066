import { type BusinessDate, daysBetween } from '../calendar.ts';
import { Exact } from '../exact.ts';
import { type Fen, maxFen, minFen, sumFen } from '../money.ts';
import type { Instalment } from './schedule.ts';

/*
 * CAS 22 (IFRS 9 5.1.1): an interest-free loan is first measured at fair value, the present value of what will come back
 * at a market rate. Discounting is compound, ACT/365.
 */
const DAYS_PER_YEAR = 365;

/** Present value of what is still unpaid, at a date, in fen, half a fen rounded up. Money overdue counts in full. */
export const presentValueFen = (schedule: readonly Instalment[], annualRate: string, date: BusinessDate): Fen => {
  const growth = new Exact(annualRate).plus(1);
  const total = schedule.reduce((sum, i) => {
    const days = Math.max(0, daysBetween(date, i.dueDate));
    const unpaid = new Exact(String(i.principalFen - i.paidFen));
    return sum.plus(unpaid.div(growth.pow(new Exact(days).div(DAYS_PER_YEAR))));
  }, new Exact(0));
  return BigInt(total.toFixed(0));
};

const unpaidFen = (schedule: readonly Instalment[]): Fen => sumFen(schedule.map((i) => i.principalFen - i.paidFen));

/** What the fund gives away on day one by asking no interest: nominal less present value, in fen. */
export const dayOneDifferenceFen = (schedule: readonly Instalment[], annualRate: string, date: BusinessDate): Fen =>
  unpaidFen(schedule) - presentValueFen(schedule, annualRate, date);

/**
 * The part of that difference not yet earned at a date. Never more than before: what was earned stays earned, so over the
 * life of the loan the unwinding adds up to the day-one difference exactly.
 */
export const unamortisedFen = (
  schedule: readonly Instalment[],
  annualRate: string,
  date: BusinessDate,
  beforeFen: Fen,
): Fen => maxFen(0n, minFen(beforeFen, dayOneDifferenceFen(schedule, annualRate, date)));
