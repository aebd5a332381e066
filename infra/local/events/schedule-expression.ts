import { type TimeZone, timeZone, type WallTime } from './time-zone.ts';

/** The first occurrence after an instant (milliseconds), or undefined when there is none. */
export type NextOccurrence = (after: number) => number | undefined;

const UNIT_MILLISECONDS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const DAY_MILLISECONDS = UNIT_MILLISECONDS.day;
/** A day that exists in some year is found within this many: 29 February over a century that has none. */
const DAYS_SEARCHED_MAX = 366 * 9;
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * Compiles an EventBridge Scheduler expression: `cron(…)` with six fields, `rate(…)` (counted from the epoch) or `at(…)`.
 * Throws for what it does not understand, which includes W and # in a cron expression.
 */
export function compileSchedule(expression: string, zoneName: string): NextOccurrence {
  const [, kind, argument = ''] = /^(cron|rate|at)\((.+)\)$/.exec(expression.trim()) ?? [];
  const zone = timeZone(zoneName);
  if (kind === 'cron') return cron(argument, zone);
  if (kind === 'rate') return rate(argument);
  if (kind === 'at') return at(argument, zone);
  throw new Error(`schedule expression ${expression} is not understood`);
}

function rate(argument: string): NextOccurrence {
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(argument) ?? [];
  if (unit !== 'minute' && unit !== 'hour' && unit !== 'day') throw new Error(`rate(${argument}) is not understood`);
  const period = Number(count) * UNIT_MILLISECONDS[unit];
  if (period === 0) throw new Error(`rate(${argument}) is not understood`);
  return (after) => (Math.floor(after / period) + 1) * period;
}

function at(argument: string, zone: TimeZone): NextOccurrence {
  const local = Date.parse(`${argument}Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(argument) || Number.isNaN(local)) {
    throw new Error(`at(${argument}) is not understood`);
  }
  const date = new Date(local);
  const instant = zone.instantOf({ ...dayOf(date), hour: date.getUTCHours(), minute: date.getUTCMinutes() });
  return (after) => (instant !== undefined && instant > after ? instant : undefined);
}

function cron(argument: string, zone: TimeZone): NextOccurrence {
  const fields = argument.trim().split(/\s+/);
  if (fields.length !== 6) throw new Error(`cron(${argument}) does not have six fields`);
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = fields;
  if ((day === '?') === (weekday === '?')) throw new Error(`cron(${argument}): one of day and weekday must be ?`);
  const minutes = field(minute, 0, 59);
  const hours = field(hour, 0, 23);
  const months = new Set(field(month, 1, 12, MONTHS));
  const years = new Set(field(year, 1970, 2199));
  const weekdays = new Set(field(weekday, 1, 7, WEEKDAYS));
  const days = day === 'L' ? undefined : new Set(field(day, 1, 31));
  const isDue = (date: Date): boolean =>
    years.has(date.getUTCFullYear()) &&
    months.has(date.getUTCMonth() + 1) &&
    weekdays.has(date.getUTCDay() + 1) &&
    (days === undefined ? isLastOfMonth(date) : days.has(date.getUTCDate()));
  return (after) => {
    const first = zone.wallTimeAt(after);
    const start = Date.UTC(first.year, first.month - 1, first.day);
    for (let offset = 0; offset < DAYS_SEARCHED_MAX; offset += 1) {
      const date = new Date(start + offset * DAY_MILLISECONDS);
      if (!isDue(date)) continue;
      for (const hour of hours) {
        for (const minute of minutes) {
          const instant = zone.instantOf({ ...dayOf(date), hour, minute });
          if (instant !== undefined && instant > after) return instant;
        }
      }
    }
    return undefined;
  };
}

const dayOf = (date: Date): Omit<WallTime, 'hour' | 'minute'> => ({
  year: date.getUTCFullYear(),
  month: date.getUTCMonth() + 1,
  day: date.getUTCDate(),
});

const isLastOfMonth = (date: Date): boolean => new Date(date.getTime() + DAY_MILLISECONDS).getUTCDate() === 1;

/** The values a cron field names, in order: `*`, `?`, values, lists, ranges, steps and names. */
function field(text: string, min: number, max: number, names: readonly string[] = []): number[] {
  const numberOf = (word: string): number => {
    const position = names.indexOf(word.toUpperCase());
    const value = position < 0 ? Number(word) : position + min;
    if (word === '' || !Number.isInteger(value) || value < min || value > max) {
      throw new Error(`cron field ${text} is not understood`);
    }
    return value;
  };
  const values = text.split(',').flatMap((part) => {
    const [range = '', step] = part.split('/');
    const every = step === undefined ? 1 : Number(step);
    if (!Number.isInteger(every) || every < 1) throw new Error(`cron field ${text} is not understood`);
    const [from = '', to] = range === '*' || range === '?' ? [String(min), String(max)] : range.split('-');
    const first = numberOf(from);
    const last = to === undefined ? (step === undefined ? first : max) : numberOf(to);
    return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => first + i * every);
  });
  return [...new Set(values)].sort((a, b) => a - b);
}
