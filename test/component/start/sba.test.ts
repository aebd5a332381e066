import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { SbaRow } from '#infra/local/sba/check.ts';
import { csvOf } from '#infra/local/sba/file.ts';
import { killAll, run } from '../../support/processes.ts';

const MAIN = fileURLToPath(new URL('../../../infra/local/sba/main.ts', import.meta.url));

const root = mkdtempSync(join(tmpdir(), 'jinqu-sba-'));
afterAll(() => {
  killAll();
  rmSync(root, { recursive: true, force: true });
});

/** A made-up loan: 100,000 with 75,000.01 of it guaranteed. */
const loan = (n: number, changes: Partial<SbaRow> = {}): SbaRow => ({
  LoanNr_ChkDgt: String(1_000_000_000 + n),
  Name: `BORROWER ${n}, "INC"`,
  Bank: n % 3 === 0 ? 'ZIONS FIRST NATIONAL BANK' : 'A SMALL BANK',
  Term: '84',
  ChgOffDate: '',
  DisbursementDate: '2/28/1999',
  DisbursementGross: '$100,000.00 ',
  MIS_Status: 'P I F',
  ChgOffPrinGr: '$0.00 ',
  GrAppv: '$100,000.00 ',
  SBA_Appv: '$75,000.01 ',
  ...changes,
});
const lost = (n: number): SbaRow =>
  loan(n, { MIS_Status: 'CHGOFF', ChgOffDate: '24-Jun-01', ChgOffPrinGr: '$10,000.01 ' });

test('given a file and kills in the middle of it, when it is put through the fund, then every row and every cent is accounted for', async () => {
  const file = join(root, 'loans.csv');
  const rows = [
    ...Array.from({ length: 20 }, (_, n) => loan(n)),
    ...Array.from({ length: 5 }, (_, n) => lost(20 + n)),
    loan(25, { MIS_Status: '' }),
    loan(0),
    // Above the limit of one enterprise: mapped, and refused by the fund.
    loan(26, { GrAppv: '9,000,000', SBA_Appv: '6,000,000' }),
  ];
  writeFileSync(file, csvOf(rows));
  const start = () => run(MAIN, '--file', file, '--directory', join(root, 'office'));
  for (const moment of [/sba\.filings/, /sba\.claims/, /sba\.releases/]) {
    const killed = start();
    await killed.says(moment);
    killed.kill('SIGKILL');
    await killed.exit;
  }

  const last = start();

  expect(await last.exit, last.said()).toBe(0);
  const expected = [
    'rows read 28 = mapped 26 + reported 2',
    '  LOAN_NUMBER_REPEATED 1',
    '  STATUS_MISSING 1',
    'filings 26: taken 25, refused 1',
    'balances 5: taken 5, refused 0',
    'claims 5: taken 5, refused 0',
    // 27 × 75,000.01 and 6,000,000; of each 10,000.01 lost 7,500.01 is covered.
    'guaranteed in the file 8,025,000.27 = covered 1,875,000.25 + refused 6,000,000.00 + reported 150,000.02: to the cent',
    'covered part of what was charged off 37,500.05 = compensated 37,500.05 + not yet paid 0.00 + refused 0.00: to the cent',
    'claims of other-lenders paid 3, the fund bears 22,500.03',
    'claims of zions paid 2, the fund bears 15,000.02',
  ];
  expect(last.said().split('\n')).toEqual(expect.arrayContaining(expected));

  const other = run(MAIN, '--file', file, '--rows', '3', '--directory', join(root, 'office'));
  expect(await other.exit).toBe(2);
  expect(other.said()).toContain('begun with other rows');
}, 600_000);
