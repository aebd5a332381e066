import { ensure } from '#shared/errors/fund-error.ts';

/** A calendar date `yyyy-mm-dd`, 1990 to 2199; text order is date order. */
export type BusinessDate = string & { readonly __brand: 'BusinessDate' };

/** Says on which dates banks and offices work. */
export interface WorkingCalendar {
  readonly isWorkingDay: (date: BusinessDate) => boolean;
}

const YEAR_MIN = 1990;
const YEAR_MAX = 2199;
const pad = (value: number, length: number): string => String(value).padStart(length, '0');
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const monthLength = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (LENGTHS[month - 1] ?? 0);

/**
 * Parses a date.
 * @throws DATE_INVALID unless it is a day of the calendar between 1990 and 2199
 */
export const parseDate = (text: string): BusinessDate => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
  const real =
    YEAR_MIN <= year && year <= YEAR_MAX && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
  ensure(match !== null && real, 'DATE_INVALID', { date: text.slice(0, 40) });
  return text as BusinessDate;
};

const parts = (date: BusinessDate): { year: number; month: number; day: number } => ({
  year: Number(date.slice(0, 4)),
  month: Number(date.slice(5, 7)),
  day: Number(date.slice(8, 10)),
});

const build = (year: number, month: number, day: number): BusinessDate =>
  parseDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);

/** Days since 0000-03-01 in the Gregorian calendar (years counted from March, so that the leap day comes last). */
const toDays = (date: BusinessDate): number => {
  const { year, month, day } = parts(date);
  const y = month <= 2 ? year - 1 : year;
  const m = (month + 9) % 12;
  return (
    365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day - 1
  );
};

const fromDays = (days: number): BusinessDate => {
  const era = Math.floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const y = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * y + Math.floor(y / 4) - Math.floor(y / 100));
  const m = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * m + 2) / 5) + 1;
  const month = m < 10 ? m + 3 : m - 9;
  return build(y + era * 400 + (month <= 2 ? 1 : 0), month, day);
};

/** @throws DATE_INVALID when the result leaves 1990..2199 */
export const addDays = (date: BusinessDate, days: number): BusinessDate => fromDays(toDays(date) + days);

/** Same day of a later month, or the month's last day where it has no such day. */
export const addMonths = (date: BusinessDate, months: number): BusinessDate => {
  const { year, month, day } = parts(date);
  const index = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
  return build(y, m, Math.min(day, monthLength(y, m)));
};

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: BusinessDate, to: BusinessDate): number => toDays(to) - toDays(from);

export const maxDate = (a: BusinessDate, b: BusinessDate): BusinessDate => (a > b ? a : b);

export const minDate = (a: BusinessDate, b: BusinessDate): BusinessDate => (a < b ? a : b);

/** The accounting period of a date, `yyyy-mm`. */
export const monthOf = (date: BusinessDate): string => date.slice(0, 7);

/** The last day of a period `yyyy-mm`. */
export const endOfMonth = (month: string): BusinessDate => {
  const first = parseDate(`${month}-01`);
  const { year, month: m } = parts(first);
  return build(year, m, monthLength(year, m));
};

/** Monday = 0 … Sunday = 6. 0000-03-01 was a Wednesday. */
export const weekday = (date: BusinessDate): number => (toDays(date) + 2) % 7;

/** The date itself when it is a working day, else the next one. */
export const onWorkingDay = (date: BusinessDate, calendar: WorkingCalendar): BusinessDate => {
  let day = date;
  while (!calendar.isWorkingDay(day)) day = addDays(day, 1);
  return day;
};

/** The `count`-th working day after a date; `count` ≥ 0, with 0 the date itself. */
export const addWorkingDays = (date: BusinessDate, count: number, calendar: WorkingCalendar): BusinessDate => {
  let day = date;
  for (let left = count; left > 0; left -= 1) day = onWorkingDay(addDays(day, 1), calendar);
  return day;
};
