import { createInterface } from 'node:readline';
import type { Language } from '../language.ts';
import type { LocalOffice } from './office.ts';
import { WORDS } from './words.ts';

/** How often the bank looks for files. */
const BANK_MILLISECONDS = 1_000;

/** Resolves when somebody wants the process to end: Ctrl-C, or a supervisor's signal. */
const asked = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });

/** Keeps the office open: the bank works, and on a terminal `n` begins the next working day. */
export const serve = async (office: LocalOffice, language: Language, say: (text: string) => void): Promise<void> => {
  const words = WORDS[language];
  const ended = asked();
  const complain = (error: unknown): void => say(String(error));
  const bank = setInterval(() => office.bank.work().catch(complain), BANK_MILLISECONDS);
  const keys = process.stdin.isTTY === true ? createInterface({ input: process.stdin }) : undefined;
  keys?.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  keys?.on('line', (line) => {
    if (line.trim() !== 'n') return;
    office.nextDay().then(() => say(words.nextDay(office.today())), complain);
  });
  await ended;
  say(words.stopping);
  clearInterval(bank);
  keys?.close();
};
