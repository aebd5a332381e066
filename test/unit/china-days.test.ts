import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { isAnnounced } from '#shared/domain/china-calendar.ts';

/** After an update of the package: `npx vitest run --project unit test/unit/china-days.test.ts --update`. */
test('the days off and the days worked in their stead are those that were published', async () => {
  const dates = {
    holidays: Object.keys(published.holidays).sort(),
    workdays: Object.keys(published.workdays).sort(),
  };
  await expect(`${JSON.stringify(dates, null, 2)}\n`).toMatchFileSnapshot('../../shared/domain/china-days.json');
});

test('the notice of a year is known from 2004 until it is not out yet', () => {
  expect([2003, 2004, 2019, 2026, 2199].map(isAnnounced)).toEqual([false, true, true, true, false]);
});
