import { createInterface } from 'node:readline';
import type { Language } from '#shared/runtime/problem.ts';
import { textOf } from '../error-text.ts';
import type { Portfolio } from '../portfolio/portfolio.ts';
import { serveControl } from './control.ts';
import type { LocalOffice } from './office.ts';
import { WORDS } from './words.ts';

/** How often the bank looks for files. */
const BANK_MILLISECONDS = 1_000;

/** Keeps the office open until `ended`: the bank works, the control listens, on a terminal `n` begins the next day. */
export const serve = async (
  office: LocalOffice,
  portfolio: Portfolio,
  { language, say, ended }: { language: Language; say: (text: string) => void; ended: Promise<unknown> },
): Promise<void> => {
  const words = WORDS[language];
  const complain = (error: unknown): void => say(`✗ ${textOf(error)}`);
  const control = await serveControl(office, portfolio);
  const bank = setInterval(() => void office.bank.work().catch(complain), BANK_MILLISECONDS);
  const keys = process.stdin.isTTY === true ? createInterface({ input: process.stdin }) : undefined;
  keys?.on('line', (line) => {
    if (line.trim() === 'n') office.nextDay().then(() => say(words.nextDay(office.today())), complain);
  });
  await ended;
  say(words.stopping);
  clearInterval(bank);
  keys?.close();
  control.closeAllConnections();
  control.close();
};
