import { businessDateAt } from '#shared/adapters/system/clock.ts';
import { addDays, type BusinessDate, onWorkingDay } from '#shared/domain/calendar.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { createVirtualClock, type VirtualClock } from '../clock.ts';
import type { LocalState } from '../state.ts';

/**
 * The clock on the wall of the office: it runs as fast as any, stands still while the office is not open, and never goes
 * back, however the last run ended.
 */
export interface OfficeClock {
  readonly clock: VirtualClock;
  /** The business date in China. */
  today(): BusinessDate;
  /** Nine o'clock in the morning of a day, unless it is later already. */
  goTo(date: BusinessDate): void;
  /** The working day after today. */
  nextWorkingDay(): BusinessDate;
  stop(): void;
}

const KEY = 'clock';
const KEEP_MILLISECONDS = 1_000;

/** @param firstDay where a new office begins */
export const startOfficeClock = (state: LocalState, firstDay: BusinessDate): OfficeClock => {
  const clock = createVirtualClock();
  const keep = (): void => state.set(KEY, clock.now());
  const morningOf = (date: BusinessDate): string => `${date}T09:00:00+08:00`;
  const kept = state.get(KEY);
  // What was kept is at most one interval old.
  clock.set(kept === undefined ? morningOf(firstDay) : new Date(Date.parse(kept) + KEEP_MILLISECONDS).toISOString());
  keep();
  const timer = setInterval(keep, KEEP_MILLISECONDS);
  timer.unref();
  const today = (): BusinessDate => businessDateAt(Date.parse(clock.now()));
  return {
    clock,
    today,
    goTo: (date) => {
      if (Date.parse(morningOf(date)) > Date.parse(clock.now())) clock.set(morningOf(date));
      keep();
    },
    nextWorkingDay: () => onWorkingDay(addDays(today(), 1), chinaCalendar),
    stop: () => {
      clearInterval(timer);
      keep();
    },
  };
};
