import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  addWorkingDays,
  type BusinessDate,
  daysBetween,
  endOfMonth,
  maxDate,
  monthOf,
  onWorkingDay,
  parseDate,
  weekday,
} from '#shared/domain/calendar.ts';
import { chinaCalendar, isAnnounced } from '#shared/domain/china-calendar.ts';
import { refusalOf } from '../support/refusal.ts';

const d = (text: string): BusinessDate => parseDate(text);

describe('dates', () => {
  test.each(['1990-01-01', '2199-12-31', '2000-02-29', '2020-02-29', '2019-02-28', '2019-12-31'])(
    'given %s, then it is a date',
    (text) => {
      expect(parseDate(text)).toBe(text);
    },
  );

  test.each([
    '1989-12-31',
    '2200-01-01',
    '2019-02-29',
    '2100-02-29',
    '2019-04-31',
    '2019-13-01',
    '2019-00-10',
    '2019-01-00',
    '2019-1-1',
    '19-01-01',
    '2019/01/01',
    ' 2019-01-01',
    '2019-01-01T00:00:00Z',
    '٢٠١٩-٠١-٠١',
    '',
  ])('given %j, then DATE_INVALID', (text) => {
    expect(refusalOf(() => parseDate(text))).toBe('DATE_INVALID');
  });

  test('given every day of two centuries, then days follow one another as the platform counts them', () => {
    let day = d('1990-01-01');
    for (let n = 0; n < 76_000; n += 1) {
      const utc = new Date(Date.UTC(1990, 0, 1 + n));
      expect(day).toBe(utc.toISOString().slice(0, 10));
      expect(weekday(day)).toBe((utc.getUTCDay() + 6) % 7);
      day = addDays(day, 1);
    }
  });

  test.each([
    ['2019-12-31', 1, '2020-01-01'],
    ['2020-02-28', 1, '2020-02-29'],
    ['2019-03-01', -1, '2019-02-28'],
    ['2020-03-01', -1, '2020-02-29'],
    ['2017-03-01', 0, '2017-03-01'],
    ['2000-02-29', 366, '2001-03-01'],
  ])('given %s and %i days, then %s', (from, days, to) => {
    expect(addDays(d(from), days)).toBe(to);
    expect(daysBetween(d(from), d(to))).toBe(days);
    expect(daysBetween(d(to), d(from))).toBe(days === 0 ? 0 : -days);
  });

  test('given a step out of the calendar, then DATE_INVALID', () => {
    expect(refusalOf(() => addDays(d('2199-12-31'), 1))).toBe('DATE_INVALID');
    expect(refusalOf(() => addDays(d('1990-01-01'), -1))).toBe('DATE_INVALID');
    expect(refusalOf(() => addMonths(d('2199-12-01'), 1))).toBe('DATE_INVALID');
  });

  test.each([
    ['2017-01-31', 1, '2017-02-28'],
    ['2020-01-31', 1, '2020-02-29'],
    ['2020-02-29', 12, '2021-02-28'],
    ['2020-02-29', 48, '2024-02-29'],
    ['2019-12-15', 1, '2020-01-15'],
    ['2019-11-30', 3, '2020-02-29'],
    ['2020-03-31', -1, '2020-02-29'],
    ['2017-03-09', 36, '2020-03-09'],
    ['2017-05-31', 0, '2017-05-31'],
  ])('given %s and %i months, then %s', (from, months, to) => {
    expect(addMonths(d(from), months)).toBe(to);
  });

  test.each([
    ['2019-02', '2019-02-28'],
    ['2020-02', '2020-02-29'],
    ['2100-02', '2100-02-28'],
    ['2000-02', '2000-02-29'],
    ['2019-12', '2019-12-31'],
    ['2019-04', '2019-04-30'],
  ])('given the period %s, then it ends on %s', (month, day) => {
    expect(endOfMonth(month)).toBe(day);
    expect(monthOf(d(day))).toBe(month);
  });

  test('given two dates, then the later one is the greater text', () => {
    expect(maxDate(d('2019-09-30'), d('2019-10-01'))).toBe('2019-10-01');
    expect(maxDate(d('2020-01-01'), d('2019-12-31'))).toBe('2020-01-01');
  });
});

describe('working days of China', () => {
  test.each([
    // 2019: spring festival 4–10 February, with 2 and 3 February worked in its stead.
    ['2019-02-01', true],
    ['2019-02-02', true],
    ['2019-02-03', true],
    ['2019-02-04', false],
    ['2019-02-10', false],
    ['2019-02-11', true],
    // National day 2019, and the days moved for it.
    ['2019-09-29', true],
    ['2019-10-01', false],
    ['2019-10-07', false],
    ['2019-10-08', true],
    ['2019-10-12', true],
    ['2019-10-13', false],
    // The spring festival of 2020 was made longer by the State Council.
    ['2020-01-31', false],
    ['2020-02-02', false],
    ['2020-02-03', true],
    // An ordinary weekend.
    ['2017-03-11', false],
    ['2017-03-12', false],
    ['2017-03-13', true],
  ])('given %s, then working: %s', (date, working) => {
    expect(chinaCalendar.isWorkingDay(d(date))).toBe(working);
  });

  test('given a year whose holidays are not announced, then only weekends are off', () => {
    expect(isAnnounced(2019)).toBe(true);
    expect(isAnnounced(2150)).toBe(false);
    expect(chinaCalendar.isWorkingDay(d('2150-10-01'))).toBe(weekday(d('2150-10-01')) < 5);
  });

  test.each([
    ['2019-10-01', '2019-10-08'],
    ['2019-10-08', '2019-10-08'],
    ['2019-10-12', '2019-10-12'],
    ['2020-01-24', '2020-02-03'],
    ['2017-03-11', '2017-03-13'],
  ])('given money due on %s, then it is due on the working day %s', (date, moved) => {
    expect(onWorkingDay(d(date), chinaCalendar)).toBe(moved);
  });

  test.each([
    ['2019-09-30', 0, '2019-09-30'],
    ['2019-09-30', 1, '2019-10-08'],
    ['2019-10-11', 1, '2019-10-12'],
    ['2019-10-11', 2, '2019-10-14'],
    ['2017-03-01', 5, '2017-03-08'],
    ['2017-01-26', 5, '2017-02-08'],
  ])('given %s, then %i working days later it is %s', (date, count, end) => {
    expect(addWorkingDays(d(date), count, chinaCalendar)).toBe(end);
  });
});
