import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '#shared/application/ports.ts';
import { type BusinessDate, parseDate } from '#shared/domain/calendar.ts';

/** China has one time zone and no summer time: the business date is the date at UTC+8. */
const OFFSET_MILLISECONDS = 8 * 60 * 60 * 1_000;

/** The business date at an instant, in milliseconds since 1970. */
export const businessDateAt = (milliseconds: number): BusinessDate =>
  parseDate(new Date(milliseconds + OFFSET_MILLISECONDS).toISOString().slice(0, 10));

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => new Date(Date.now()).toISOString(),
  today: () => businessDateAt(Date.now()),
  sleep: async (milliseconds) => {
    await wait(milliseconds);
  },
};
