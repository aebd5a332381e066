import { describe, expect, it } from 'vitest';
import { compileSchedule } from '#infra/local/events/schedule-expression.ts';

/** The next occurrences of an expression after an instant, as ISO text. */
function occurrences(expression: string, zone: string, after: string, count: number): string[] {
  const next = compileSchedule(expression, zone);
  const found: string[] = [];
  for (let at = next(Date.parse(after)); at !== undefined && found.length < count; at = next(at)) {
    found.push(new Date(at).toISOString());
  }
  return found;
}

describe('cron expressions', () => {
  it('are read in their time zone', () => {
    expect(occurrences('cron(30 1 * * ? *)', 'Asia/Shanghai', '2019-06-30T17:29:59Z', 2)).toEqual([
      '2019-06-30T17:30:00.000Z',
      '2019-07-01T17:30:00.000Z',
    ]);
  });

  it('give an occurrence only after the instant, never at it', () => {
    expect(occurrences('cron(30 1 * * ? *)', 'UTC', '2019-07-01T01:30:00Z', 1)).toEqual(['2019-07-02T01:30:00.000Z']);
  });

  it('know lists, ranges, steps and names', () => {
    expect(occurrences('cron(0/30 9-10 ? JAN,JUL MON-FRI 2019)', 'UTC', '2019-01-31T10:00:00Z', 3)).toEqual([
      '2019-01-31T10:30:00.000Z',
      '2019-07-01T09:00:00.000Z',
      '2019-07-01T09:30:00.000Z',
    ]);
  });

  it('know the last day of the month, leap years included', () => {
    expect(occurrences('cron(0 0 L * ? *)', 'UTC', '2020-02-01T00:00:00Z', 2)).toEqual([
      '2020-02-29T00:00:00.000Z',
      '2020-03-31T00:00:00.000Z',
    ]);
    expect(occurrences('cron(0 0 29 2 ? *)', 'UTC', '2020-03-01T00:00:00Z', 1)).toEqual(['2024-02-29T00:00:00.000Z']);
  });

  it('pass over a time that summer time skips', () => {
    expect(occurrences('cron(30 2 * * ? *)', 'Europe/Berlin', '2019-03-30T02:00:00Z', 1)).toEqual([
      '2019-04-01T00:30:00.000Z',
    ]);
  });

  it('end with their years', () => {
    expect(occurrences('cron(0 0 1 1 ? 2018)', 'UTC', '2018-01-01T00:00:00Z', 1)).toEqual([]);
  });

  it.each([
    'cron(0 0 1 1 ?)',
    'cron(0 0 * * * *)',
    'cron(60 0 * * ? *)',
    'cron(0 0 ? * 2#1 *)',
    'cron(0 0 15W * ? *)',
    'cron(x 0 * * ? *)',
    'rate(0 minutes)',
    'rate(5 parsecs)',
    'at(tomorrow)',
    'every day',
  ])('%s is refused', (expression) => {
    expect(() => compileSchedule(expression, 'UTC')).toThrow(/understood|fields|must be/);
  });
});

describe('rates and single times', () => {
  it('a rate keeps its step however it is asked', () => {
    expect(occurrences('rate(15 minutes)', 'UTC', '2019-07-01T00:07:00Z', 2)).toEqual([
      '2019-07-01T00:15:00.000Z',
      '2019-07-01T00:30:00.000Z',
    ]);
  });

  it('a single time occurs once, in its zone', () => {
    expect(occurrences('at(2019-07-01T08:00:00)', 'Asia/Shanghai', '2019-01-01T00:00:00Z', 5)).toEqual([
      '2019-07-01T00:00:00.000Z',
    ]);
  });
});
