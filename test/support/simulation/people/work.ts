import { foundFund, raiseCapital } from './founding.ts';
import { lend } from './lending.ts';
import type { Surroundings } from './staff.ts';
import { placeStrayMoney, refund } from './treasury.ts';

/**
 * What people do at a seed fund in one run: found it, pay it in, lend. Everything is asked through the API and the bank; nobody
 * touches a table. Ends when everybody has gone home.
 */
export const lendMoney = async (around: Surroundings, charter: object): Promise<void> => {
  const { random } = around;
  // Some funds have less than is asked of them.
  const amountFen = random.chance(0.3) ? 50_000_007n : 300_000_011n;
  const loans = random.between(2, 5);
  await foundFund(around, charter);
  await raiseCapital(around, amountFen);
  // At some offices everybody does everything in the same minute.
  const haste = random.chance(0.5);
  const stories = Array.from({ length: loans }, (_, i) => lend(around, i + 1, haste));
  await Promise.all([...stories, placeStrayMoney(around), refund(around)]);
};
