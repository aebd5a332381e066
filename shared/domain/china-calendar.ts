import { type BusinessDate, type WorkingCalendar, weekday } from './calendar.ts';
import days from './china-days.json' with { type: 'json' };

/** Dates only, taken from the chinese-days package; what holiday each of them is would make up a tenth of every bundle. */
const holidays: ReadonlySet<string> = new Set(days.holidays);
const moved: ReadonlySet<string> = new Set(days.workdays);
const announced: ReadonlySet<string> = new Set(days.holidays.map((date) => date.slice(0, 4)));

/** Whether the State Council's holiday notice of a year is in the data; before it is out only weekends are known. */
export const isAnnounced = (year: number): boolean => announced.has(String(year));

/** Working days of mainland China: weekends and public holidays are off, days worked in their stead (调休) are on. */
export const chinaCalendar: WorkingCalendar = {
  isWorkingDay: (date: BusinessDate) => moved.has(date) || (weekday(date) < 5 && !holidays.has(date)),
};
