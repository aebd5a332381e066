import { type BusinessDate, daysBetween } from '../calendar.ts';
import { type Fen, sumFen } from '../money.ts';
import type { Instalment } from './schedule.ts';

export interface Overdue {
  /** Principal whose due date has passed and that has not come, in fen. */
  readonly overdueFen: Fen;
  /** Days since the oldest such due date; 0 when nothing is overdue. */
  readonly daysPastDue: number;
}

/** What is overdue at the end of a day. Money due on a day may still come on that day. */
export const overdueAt = (schedule: readonly Instalment[], date: BusinessDate): Overdue => {
  const late = schedule.filter((i) => i.dueDate < date && i.paidFen < i.principalFen);
  const oldest = late.map((i) => i.dueDate).sort()[0];
  return {
    overdueFen: sumFen(late.map((i) => i.principalFen - i.paidFen)),
    daysPastDue: oldest === undefined ? 0 : daysBetween(oldest, date),
  };
};
