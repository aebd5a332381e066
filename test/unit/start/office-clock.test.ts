import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startOfficeClock } from '#infra/local/start/office-clock.ts';
import { type LocalState, openState } from '#infra/local/state.ts';
import { parseDate } from '#shared/domain/calendar.ts';

let directory: string;
let state: LocalState;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-24T12:00:00Z') });
  directory = mkdtempSync(join(tmpdir(), 'clock-'));
  state = openState(directory, 'office');
});
afterEach(() => {
  state.close();
  rmSync(directory, { recursive: true, force: true });
  vi.useRealTimers();
});

const FIRST = parseDate('2017-03-06');

describe('the office clock', () => {
  test('given a new office, then it is nine in the morning of its first day in China', () => {
    const office = startOfficeClock(state, FIRST);
    expect(office.clock.now()).toBe('2017-03-06T01:00:00.000Z');
    expect(office.today()).toBe('2017-03-06');
    office.stop();
  });

  test('given time that passes, then the date is the one in China, from midnight there', () => {
    const office = startOfficeClock(state, FIRST);
    vi.setSystemTime(new Date('2026-11-25T02:59:59.999Z'));
    expect(office.today()).toBe('2017-03-06');
    vi.setSystemTime(new Date('2026-11-25T03:00:00Z'));
    expect(office.today()).toBe('2017-03-07');
    office.stop();
  });

  test('given a day to go to, then it goes there, and never back', () => {
    const office = startOfficeClock(state, FIRST);
    office.goTo(parseDate('2018-04-26'));
    expect(office.today()).toBe('2018-04-26');
    office.goTo(parseDate('2017-06-05'));
    office.goTo(parseDate('2018-04-26'));
    expect(office.clock.now()).toBe('2018-04-26T01:00:00.000Z');
    office.stop();
  });

  test('given an office that was closed, or killed, for weeks, then its clock has stood still and goes on later than it was', () => {
    const office = startOfficeClock(state, FIRST);
    office.goTo(parseDate('2018-04-26'));
    vi.advanceTimersByTime(90_500);
    const before = office.clock.now();
    vi.setSystemTime(new Date('2027-01-05T00:00:00Z'));
    const again = startOfficeClock(state, FIRST);
    const late = Date.parse(again.clock.now()) - Date.parse(before);
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(5_000);
    again.stop();
    office.stop();
  });

  test('given a Friday before a holiday, then the next working day is after it', () => {
    const office = startOfficeClock(state, parseDate('2022-12-30'));
    expect(office.nextWorkingDay()).toBe('2023-01-03');
    office.stop();
  });
});
