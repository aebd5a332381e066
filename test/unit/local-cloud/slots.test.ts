import { expect, it } from 'vitest';
import { Slots } from '#infra/local/events/slots.ts';

it('slots let in as many as there are places, in the order they came', async () => {
  const slots = new Slots(2);
  const entered: number[] = [];
  const all = [1, 2, 3, 4].map(async (number) => {
    await slots.take();
    entered.push(number);
  });
  await Promise.resolve();
  expect(entered).toEqual([1, 2]);
  slots.giveBack();
  await all[2];
  expect(entered).toEqual([1, 2, 3]);
  slots.giveBack();
  await Promise.all(all);
  expect(entered).toEqual([1, 2, 3, 4]);
});
