import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mapRows, sumAmounts } from '#infra/local/sba/adapter.ts';
import type { SbaRow } from '#infra/local/sba/check.ts';
import { codeOf, dateOf } from '#infra/local/sba/fields.ts';
import { csvOf, readRows } from '#infra/local/sba/file.ts';
import { readSbaOptions } from '#infra/local/sba/options.ts';
import { UsageError } from '#infra/local/start/options.ts';
import { checkUscc } from '#shared/domain/identity.ts';
import { parseYuan, sumFen } from '#shared/domain/money.ts';

const source = {
  sha256: 'a'.repeat(64),
  bytes: 100,
  banks: [
    { id: 'zions', name: 'ZIONS FIRST NATIONAL BANK' },
    { id: 'others', name: 'OTHER LENDERS' },
  ],
};

const paid = (changes: Partial<SbaRow> = {}): SbaRow => ({
  LoanNr_ChkDgt: '1000014003',
  Name: 'ABC HOBBYCRAFT',
  Bank: 'BBCN BANK',
  Term: '84',
  ChgOffDate: '',
  DisbursementDate: '2/28/1999',
  DisbursementGross: '60000',
  MIS_Status: 'P I F',
  ChgOffPrinGr: '0',
  GrAppv: '60000',
  SBA_Appv: '48000',
  ...changes,
});
const lost = (changes: Partial<SbaRow> = {}): SbaRow =>
  paid({ MIS_Status: 'CHGOFF', ChgOffDate: '24-Jun-01', ChgOffPrinGr: '10000.01', ...changes });

const reasonsOf = (row: SbaRow) => mapRows([row], source).reported.flatMap((r) => r.reasons);

describe('a row of the SBA file', () => {
  test('given a loan paid in full, when it is mapped, then it is filed with its guaranteed part covered and claims nothing', () => {
    const { mapped, reported } = mapRows([paid()], source);
    expect(reported).toEqual([]);
    expect(mapped[0]?.loss).toBeUndefined();
    expect(mapped[0]?.filing).toMatchObject({
      contractNumber: '1000014003',
      coveredYuan: '48000.00',
      uncoveredYuan: '12000.00',
      termMonths: '84',
      drawnOn: '1999-02-28',
    });
  });

  test('given a loan charged off, when it is mapped, then what was lost is split as the guarantee is, to the cent', () => {
    const loss = mapRows([lost()], source).mapped[0]?.loss;
    expect(loss?.balance).toMatchObject({
      asOf: '2001-06-24',
      overdueSince: '2001-06-24',
      coveredYuan: '8000.01',
      uncoveredYuan: '2000.00',
    });
    expect(loss?.claim).toMatchObject({ contractNumber: '1000014003', interestYuan: '0' });
  });

  test.each([
    ['ZIONS FIRST NATIONAL BANK ', 'zions'],
    ['BBCN BANK', 'others'],
    ['', 'others'],
  ])('given a loan of the lender “%s”, when it is mapped, then %s files it', (Bank, bankId) => {
    expect(mapRows([paid({ Bank })], source).mapped[0]?.bankId).toBe(bankId);
  });

  test.each([
    [paid({ LoanNr_ChkDgt: '12' }), 'LOAN_NUMBER_INVALID'],
    [paid({ Name: ' ' }), 'NAME_INVALID'],
    [paid({ Term: '0' }), 'TERM_INVALID'],
    [paid({ Term: '361' }), 'TERM_INVALID'],
    [paid({ DisbursementDate: '' }), 'DISBURSEMENT_DATE_MISSING'],
    [paid({ DisbursementDate: '7/22/1980' }), 'DISBURSEMENT_DATE_INVALID'],
    [paid({ DisbursementDate: '2/30/1999' }), 'DISBURSEMENT_DATE_INVALID'],
    [paid({ DisbursementGross: '0' }), 'NOTHING_DISBURSED'],
    [paid({ GrAppv: 'much' }), 'AMOUNT_INVALID'],
    [paid({ SBA_Appv: '0' }), 'AMOUNT_ZERO'],
    [paid({ SBA_Appv: '60000.01' }), 'GUARANTEE_ABOVE_LOAN'],
    [paid({ MIS_Status: '' }), 'STATUS_MISSING'],
    [paid({ MIS_Status: 'EXEMPT' }), 'STATUS_UNKNOWN'],
    [paid({ ChgOffPrinGr: '1' }), 'CHARGE_OFF_OF_PAID_LOAN'],
    [paid({ ChgOffDate: '24-Jun-01' }), 'CHARGE_OFF_OF_PAID_LOAN'],
    [lost({ ChgOffDate: '' }), 'CHARGE_OFF_DATE_MISSING'],
    [lost({ ChgOffDate: '24-Foo-01' }), 'CHARGE_OFF_DATE_INVALID'],
    [lost({ ChgOffDate: '24-Jun-98' }), 'CHARGE_OFF_BEFORE_LOAN'],
    [lost({ ChgOffPrinGr: '0' }), 'CHARGE_OFF_AMOUNT_ZERO'],
    [lost({ ChgOffPrinGr: '60000.01' }), 'CHARGE_OFF_ABOVE_LOAN'],
    [lost({ ChgOffPrinGr: '' }), 'CHARGE_OFF_AMOUNT_INVALID'],
  ])('given a row that is no such loan (%#), when it is mapped, then it is reported with the reason', (row, reason) => {
    expect(reasonsOf(row)).toEqual([reason]);
  });

  test('given a loan number that comes twice, when the rows are mapped, then the second is reported', () => {
    const { mapped, reported } = mapRows([paid(), paid()], source);
    expect(mapped).toHaveLength(1);
    expect(reported).toMatchObject([{ row: 2, reasons: ['LOAN_NUMBER_REPEATED'] }]);
  });
});

describe('fields of the SBA file', () => {
  test.each([
    ['2/28/1997', '1997-02-28'],
    ['24-Jun-91', '1991-06-24'],
    ['9-Aug-14', '2014-08-09'],
    ['1997-02-28', undefined],
  ])('given the date %s, when it is read, then it is %s', (text, date) => {
    expect(dateOf(text)).toBe(date);
  });

  test('given any two loan numbers, when codes are made of them, then both are valid and they differ', () => {
    const number = fc.integer({ min: 0, max: 9_999_999_999 }).map((n) => String(n).padStart(10, '0'));
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(checkUscc(codeOf(a))).toBe(codeOf(a));
        expect(codeOf(a) === codeOf(b)).toBe(a === b);
      }),
    );
  });

  test('given a file with a quoted name, when it is read and written, then the name is what it was', () => {
    const row = paid({ Name: 'WHITLOCK "DDS", TODD M.' });
    expect(readRows(csvOf([row]))).toEqual([row]);
  });
});

describe('what is asked for', () => {
  test('given a file and a number of rows, when the command line is read, then both are as they were said', () => {
    const expected = { file: 'loans.csv', rows: 200, directory: '.local-sba' };
    expect(readSbaOptions(['--file', 'loans.csv', '--rows', '200'])).toEqual(expected);
    expect(readSbaOptions(['--file', 'loans.csv']).rows).toBeUndefined();
  });

  test.each([
    [[]],
    [['--file']],
    [['--file', 'f', '--rows', 'abc']],
    [['--file', 'f', '--rows', '0']],
    [['--fil', 'f']],
  ])('given the command line %j, when it is read, then the usage is refused', (args) => {
    expect(() => readSbaOptions(args)).toThrow(UsageError);
  });

  test.each([
    ['', 'no row with the columns LoanNr_ChkDgt'],
    ['Name,Bank\nA,B', 'no row with the columns LoanNr_ChkDgt, Term'],
    ['Name\n"A', 'no CSV file'],
  ])('given a file that is none (%#), when it is read, then what is missing is said', (text, reason) => {
    expect(() => readRows(text)).toThrow(reason);
  });
});

test('given any rows, when they are mapped, then each is in the answer once and every sum is the sum of both parts', () => {
  const amount = fc.oneof(fc.integer({ min: 0, max: 999 }).map(String), fc.constantFrom('', 'x', '$60,000.05', '0.01'));
  const row = fc
    .record({
      LoanNr_ChkDgt: fc.constantFrom('1000014003', '1000014004', '1000014005', '9'),
      ChgOffDate: fc.constantFrom('', '24-Jun-01', '24-Jun-91'),
      DisbursementDate: fc.constantFrom('', '2/28/1999', '2/28/1980'),
      MIS_Status: fc.constantFrom('P I F', 'CHGOFF', 'CHGOFF', ''),
      ChgOffPrinGr: amount,
      GrAppv: amount,
      SBA_Appv: amount,
    })
    .map(paid);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      const { mapped, reported } = mapRows(rows, source);
      expect([...mapped, ...reported].map((r) => r.row).toSorted((a, b) => a - b)).toEqual(rows.map((_, i) => i + 1));
      const readable = rows.map((r) => parsed(r.GrAppv));
      expect(sumAmounts(mapped).approvedFen + sumAmounts(reported).approvedFen).toBe(sumFen(readable));
      for (const { filing, loss, amounts } of mapped) {
        expect(both(filing)).toBe(amounts.approvedFen);
        expect(loss === undefined ? 0n : both(loss.balance)).toBe(amounts.chargedOffFen);
      }
    }),
  );
});

const parsed = (text: string): bigint => (/^[$\d]/.test(text) ? parseYuan(text.replaceAll(/[$,]/g, '')) : 0n);
const both = (row: Readonly<Record<string, string>>): bigint =>
  parseYuan(row['coveredYuan'] ?? '') + parseYuan(row['uncoveredYuan'] ?? '');
