import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import charter from '#shared/charters/sba-7a.json' with { type: 'json' };
import { USERS } from '../identity/users.ts';
import { play } from '../load/load.ts';
import { type LocalOffice, startOffice } from '../start/office.ts';
import type { LocalState } from '../state.ts';
import { type Mapping, mapRows } from './adapter.ts';
import { readRows } from './file.ts';
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

const readMapping = (path: string, count: number | undefined): { mapping: Mapping; key: string } => {
  const bytes = readFileSync(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const rows = readRows(bytes.toString('utf8')).slice(0, count);
  return { mapping: mapRows(rows, { sha256, bytes: bytes.byteLength }), key: `${sha256} ${rows.length}` };
};

/** Half of one file and half of another would be neither. */
const requireSameFile = (state: LocalState, key: string): void => {
  const begun = state.get('sba/file');
  if (begun !== undefined && begun !== key) throw new Error('this directory was begun with other rows; name another');
  state.set('sba/file', key);
};

const run = async (office: LocalOffice, mapping: Mapping): Promise<boolean> => {
  const { name, number } = charter.account;
  office.bank.openAccount({ number, name, folder: charter.fundId });
  const begun = performance.now();
  const plan = planOf(mapping, office.idle);
  await play(office, plan, { day: (chapter, date, done, of) => say(`${date} ${chapter} ${done}/${of}`) });
  office.goTo(SETTLED_ON);
  await office.closeDays();
  await office.idle();
  say(`took ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  const { lines, holds } = await makeReport({
    bank: office.as('bank-sba'),
    reader: office.as('accountant-1'),
    state: office.state,
    mapping,
  });
  for (const line of lines) say(line);
  return holds;
};

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    rows: { type: 'string' },
    directory: { type: 'string', default: '.local-sba' },
  },
});
if (values.file === undefined) throw new Error('--file PATH of a CSV of the SBA’s columns is needed');
const { mapping, key } = readMapping(values.file, values.rows === undefined ? undefined : Number(values.rows));
const office = await startOffice({
  directory: resolve(values.directory),
  port: undefined,
  language: 'en',
  portfolio: { fund: { charters: [{ proposedOn: FOUNDED_ON }] }, bank: { rules: [] }, users: USERS },
  starting: (part) => say(part === undefined ? 'started' : `starting ${part}`),
});
try {
  requireSameFile(office.state, key);
  process.exitCode = (await run(office, mapping)) ? 0 : 1;
} finally {
  await office.stop();
}
