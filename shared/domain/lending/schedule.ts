import { addMonths, type BusinessDate, onWorkingDay, type WorkingCalendar } from '../calendar.ts';
import { allocate, type Fen } from '../money.ts';
import type { RepaymentPlan } from './proposals.ts';

/** One part of the principal: when it is due, how much, and how much of it has come. */
export interface Instalment {
  readonly dueDate: BusinessDate;
  readonly principalFen: Fen;
  readonly paidFen: Fen;
}

export type ScheduleTerms = RepaymentPlan & {
  readonly principalFen: Fen;
  /** The day the money reached the borrower. */
  readonly startDate: BusinessDate;
  readonly termMonths: number;
};

/**
 * The repayment schedule: all at the end, or equal parts that end with the term, the last one taking the odd fen. A due
 * date that is no working day moves to the next one.
 */
export const buildSchedule = (terms: ScheduleTerms, calendar: WorkingCalendar): readonly Instalment[] => {
  const { principalFen, startDate, termMonths } = terms;
  const count = terms.kind === 'bullet' ? 1 : terms.count;
  const everyMonths = terms.kind === 'bullet' ? 0 : terms.everyMonths;
  const parts = allocate(
    principalFen,
    Array.from({ length: count }, () => 1n),
    { remainderTo: count - 1 },
  );
  return parts.map((part, i) => ({
    dueDate: onWorkingDay(addMonths(startDate, termMonths - (count - 1 - i) * everyMonths), calendar),
    principalFen: part,
    paidFen: 0n,
  }));
};

/** Moves what is not fully paid by whole months; what is paid stays as history. */
export const extendSchedule = (
  schedule: readonly Instalment[],
  months: number,
  calendar: WorkingCalendar,
): readonly Instalment[] =>
  schedule.map((i) =>
    i.paidFen === i.principalFen ? i : { ...i, dueDate: onWorkingDay(addMonths(i.dueDate, months), calendar) },
  );
