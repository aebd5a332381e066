import type { Snapshot } from '../book/decision.ts';
import { addDays, type BusinessDate, maxDate } from '../calendar.ts';

/** The first business date that is still open, not before the day something happened at the bank. */
export const openDate = (state: Snapshot, happenedOn: BusinessDate): BusinessDate =>
  state.head.closedThrough === undefined ? happenedOn : maxDate(happenedOn, addDays(state.head.closedThrough, 1));
