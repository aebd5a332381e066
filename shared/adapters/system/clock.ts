import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '#shared/application/ports.ts';
import { parseDate } from '#shared/domain/calendar.ts';

/** China has one time zone and no summer time: the business date is the date at UTC+8. */
const OFFSET_MILLISECONDS = 8 * 60 * 60 * 1_000;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => new Date(Date.now()).toISOString(),
  today: () => parseDate(new Date(Date.now() + OFFSET_MILLISECONDS).toISOString().slice(0, 10)),
  sleep: async (milliseconds) => {
    await wait(milliseconds);
  },
};
