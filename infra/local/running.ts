import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from './error-text.ts';
import { openState } from './state.ts';

/** What the office of a directory remembers under a key; undefined when none was ever opened there. */
export const remembered = (directory: string, key: string): string | undefined => {
  if (!existsSync(join(directory, 'office.db'))) return undefined;
  const state = openState(directory, 'office');
  try {
    return state.get(key);
  } finally {
    state.close();
  }
};

/** Prints what a command line resolves to; says in both languages what to do when the office is not open. */
export const runCommand = async (work: () => Promise<string>): Promise<void> => {
  try {
    process.stdout.write(`${await work()}\n`);
  } catch (error) {
    const text = textOf(error);
    const closed = text === 'fetch failed' || text === NOT_OPEN;
    process.stderr.write(`✗ ${closed ? '金渠没有在运行，请先 npm start / the office is not open: npm start' : text}\n`);
    process.exitCode = 1;
  }
};

const NOT_OPEN = 'not open';

/** The address of a service of the running office, by the key its port is remembered under. */
export const addressOf = (directory: string, portKey: string): string => {
  const port = remembered(directory, portKey);
  if (port === undefined) throw new Error(NOT_OPEN);
  return `http://127.0.0.1:${port}`;
};
