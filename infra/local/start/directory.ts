import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockDirectory } from '../state.ts';
import { UsageError } from './options.ts';

/** What every directory of the local cloud has in it. */
const MARK = 'lock.db';

/**
 * Deletes what a local cloud has left in its directory.
 * @throws UsageError for a directory that is not one's; Error when one is running in it
 */
export const forget = (directory: string): void => {
  const found = existsSync(directory) ? readdirSync(directory) : [];
  if (found.length === 0) return;
  if (!found.includes(MARK))
    throw new UsageError(`--fresh: ${directory} is not a directory of Jinqu's, delete it yourself`);
  lockDirectory(directory)();
  for (const name of found) rmSync(join(directory, name), { recursive: true });
};
