import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import charter from '#shared/charters/sba-7a.json' with { type: 'json' };
import { textOf } from '../error-text.ts';
import { USERS } from '../identity/users.ts';
import { play } from '../load/load.ts';
import { type LocalOffice, startOffice } from '../start/office.ts';
import { UsageError } from '../start/options.ts';
import { begunWith, type LocalState } from '../state.ts';
import { type Mapping, mapRows } from './adapter.ts';
import { readRows } from './file.ts';
import { readSbaOptions, type SbaOptions } from './options.ts';
import { FOUNDED_ON, planOf, SETTLED_ON } from './plan.ts';
import { makeReport } from './report.ts';

/*
 * Puts a file of the SBA's 7(a) loans through a risk-compensation fund on this machine:
 *
 *   npm run -s sba -- --file PATH [--rows N] [--directory .local-sba]
 *
 * Killed, it goes on where it was when it is started again with the same file and number of rows.
 */
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const readMapping = ({ file, rows: count }: SbaOptions): { mapping: Mapping; key: string } => {
  const bytes = readBytes(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const rows = readRows(bytes.toString('utf8')).slice(0, count);
  const mapping = mapRows(rows, { sha256, bytes: bytes.byteLength, banks: charter.banks });
  return { mapping, key: `${sha256} ${rows.length}` };
};

const readBytes = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`--file ${file}: ${textOf(error)}`, { cause: error });
  }
};

/** Half of one file and half of another would be neither. */
const requireSameFile = (state: LocalState, key: string, directory: string): void => {
  if (!begunWith(state, 'sba/file', key))
    throw new UsageError(`${directory} was begun with other rows; name another with --directory`);
};

const run = async (office: LocalOffice, mapping: Mapping): Promise<boolean> => {
  const { name, number } = charter.account;
  office.bank.openAccount({ number, name, folder: charter.fundId });
  const begun = performance.now();
  await play(office, planOf(mapping), {
    day: (_chapter, date) => say(date),
    step: (id) => say(`  ${id}`),
  });
  office.goTo(SETTLED_ON);
  await office.closeDays();
  await office.idle();
  say(`took ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  const { lines, holds } = await makeReport({ as: office.as, state: office.state, mapping });
  for (const line of lines) say(line);
  return holds;
};

/** @returns whether the sums of the file were found again in the book */
const main = async (options: SbaOptions): Promise<boolean> => {
  const { mapping, key } = readMapping(options);
  const office = await startOffice({
    directory: resolve(options.directory),
    port: undefined,
    language: 'en',
    portfolio: { fund: { charters: [{ proposedOn: FOUNDED_ON }] }, bank: { rules: [] }, users: USERS },
    starting: (part) => say(part === undefined ? 'started' : `starting ${part}`),
  });
  try {
    requireSameFile(office.state, key, options.directory);
    return await run(office, mapping);
  } finally {
    await office.stop();
  }
};

try {
  process.exitCode = (await main(readSbaOptions(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`✗ ${error.message}\n`);
  process.exitCode = 2;
}
