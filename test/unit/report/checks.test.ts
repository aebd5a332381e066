import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { load } from '#infra/local/load/load.ts';
import { articleChecks, bookChecks, type Check, deadLetterCheck } from '#infra/local/report/checks.ts';
import { type EntryFacts, type FundFacts, readFund } from '#infra/local/report/facts.ts';
import { printReport } from '#infra/local/report/print.ts';
import { seedFundAlone } from '../../support/seed-fund-alone.ts';
import { openOffice } from '../../support/whole-office.ts';

const directory = mkdtempSync(join(tmpdir(), 'report-'));
const portfolio = seedFundAlone;
let facts: FundFacts;

beforeAll(async () => {
  const office = openOffice(directory);
  await load(office, portfolio, { day: () => undefined });
  facts = await readFund(office.as('auditor-1'), 'seed');
  office.leave();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const checksOf = (of: FundFacts): readonly Check[] => [...articleChecks(of, portfolio.article), ...bookChecks(of)];
const failedIn = (of: FundFacts): readonly string[] => checksOf(of).flatMap((c) => (c.holds ? [] : [c.id]));

const firstOf = (entries: readonly EntryFacts[], type: string): number => entries.findIndex((e) => e.type === type);

/** The facts with one entry of a type changed. */
const withEntry = (type: string, change: (entry: EntryFacts) => EntryFacts): FundFacts => {
  const at = firstOf(facts.entries, type);
  return { ...facts, entries: facts.entries.map((e, i) => (i === at ? change(e) : e)) };
};

/** All lines of an entry with one fen more. */
const oneFenMore = (entry: EntryFacts): EntryFacts => ({
  ...entry,
  lines: entry.lines.map((l) => ({ ...l, amountFen: l.amountFen + 1n })),
});

const withHead = (change: Partial<FundFacts['head']>): FundFacts => ({ ...facts, head: { ...facts.head, ...change } });

/** What could be wrong, and the check that must see it. */
const wrongs: readonly (readonly [string, string, () => FundFacts])[] = [
  ['less capital was paid in', 'first-tranche', () => withEntry('capital.received', oneFenMore)],
  [
    'the contributors committed otherwise',
    'first-tranche',
    () => ({
      ...facts,
      contributors: facts.contributors.map((c, i) => ({ ...c, committedFen: c.committedFen + (i === 0 ? 1n : -1n) })),
    }),
  ],
  [
    'a loan was never paid out',
    'loans-of-the-article',
    () => withEntry('loan.instructed', (e) => ({ ...e, type: 'loan.other' })),
  ],
  ['a loan was larger', 'loans-of-the-article', () => withEntry('loan.instructed', oneFenMore)],
  [
    'a loan was paid out after the date',
    'loans-of-the-article',
    () => withEntry('loan.instructed', (e) => ({ ...e, businessDate: '2019-08-01' })),
  ],
  [
    'a loan has another term',
    'three-years-and-the-named-borrower',
    () => ({ ...facts, loans: facts.loans.map((l, i) => (i === 3 ? { ...l, termMonths: 24 } : l)) }),
  ],
  [
    'the named borrower is missing',
    'three-years-and-the-named-borrower',
    () => ({ ...facts, loans: facts.loans.filter((l) => !l.borrower.includes('威诺克')) }),
  ],
  ['an entry is missing', 'entries-1-to-n', () => ({ ...facts, entries: facts.entries.toSpliced(100, 1) })],
  ['the last entry is missing', 'entries-1-to-n', () => ({ ...facts, entries: facts.entries.slice(0, -1) })],
  ['the views are behind', 'entries-1-to-n', () => withHead({ viewsSeq: facts.head.seq - 1 })],
  [
    'a voucher does not balance',
    'vouchers-balance',
    () => withEntry('loan.instructed', (e) => ({ ...e, lines: e.lines.slice(1) })),
  ],
  [
    'a voucher number is left out',
    'vouchers-balance',
    () =>
      withEntry('loan.instructed', (e) => ({
        ...e,
        ...(e.voucher && { voucher: { ...e.voucher, number: e.voucher.number + 1 } }),
      })),
  ],
  ['the views count otherwise', 'trial-balance-zero', () => withEntry('loan.aged', oneFenMore)],
  [
    'debit is not credit',
    'trial-balance-zero',
    () => ({ ...facts, trial: { ...facts.trial, debitFen: facts.trial.debitFen + 1n } }),
  ],
  [
    'an account is missing from the views',
    'trial-balance-zero',
    () => ({ ...facts, trial: { ...facts.trial, accounts: facts.trial.accounts.slice(1) } }),
  ],
  ['the head has more than the bank', 'three-way', () => withHead({ bankFen: facts.head.bankFen + 1n })],
  ['money in transit is nowhere booked', 'three-way', () => withHead({ inTransitFen: 1n })],
  ['paid-in capital is not what was received', 'three-way', () => withHead({ paidInFen: 1n })],
  [
    'the bank states another balance',
    'three-way',
    () => ({
      ...facts,
      statements: facts.statements.map((s, i, all) => (i === all.length - 1 ? { ...s, closingFen: 0n } : s)),
    }),
  ],
  ['a statement was lost', 'statements-follow', () => ({ ...facts, statements: facts.statements.toSpliced(5, 1) })],
  [
    'a loan owes less than the account says',
    'loans-and-accounts',
    () => ({
      ...facts,
      loans: facts.loans.map((l) => (l.status === 'active' ? { ...l, outstandingFen: l.outstandingFen - 1n } : l)),
    }),
  ],
  [
    'a loan has another provision than the account',
    'loans-and-accounts',
    () => ({ ...facts, loans: facts.loans.map((l) => ({ ...l, provisionFen: 0n })) }),
  ],
  [
    'an open receipt is not owed to anybody',
    'unplaced-bank-lines',
    () => ({ ...facts, receipts: [{ id: 'RC-1', side: 'credit' as const, openFen: 1n, payer: '某人' }] }),
  ],
  [
    'more is promised than there is',
    'available',
    () => withHead({ heldFen: facts.head.bankFen + 1n, availableFen: -1n }),
  ],
];

describe('the checks of the report', () => {
  test('given the book as it is, then all hold', () => {
    expect(failedIn(facts)).toEqual([]);
  });

  test.each(wrongs)('given a book in which %s, then the check %s does not hold', (_, id, wrong) => {
    expect(failedIn(wrong())).toContain(id);
  });

  test('given the list of wrongs, then every check is shown to be able to fail', () => {
    expect(new Set(wrongs.map(([, id]) => id))).toEqual(new Set(checksOf(facts).map((c) => c.id)));
  });

  test('given a letter in a dead-letter queue, then that check does not hold and names the queue', () => {
    expect(deadLetterCheck([{ queue: 'fund-dlq', count: 0 }]).holds).toBe(true);
    expect(deadLetterCheck([{ queue: 'fund-dlq', count: 2 }])).toMatchObject({
      holds: false,
      en: expect.stringContaining('fund-dlq 2'),
    });
  });
});

describe('the printed report', () => {
  const report = () => ({
    date: '2022-12-30',
    holds: false,
    facts,
    checks: checksOf(withHead({ bankFen: 0n })),
    system: [],
    others: [],
  });

  test.each(['zh', 'en'] as const)(
    'given checks that do not hold, then in %s they are marked and counted',
    (language) => {
      const lines = printReport(report(), language);
      const marked = lines.filter((line) => line.startsWith('  ✗ '));
      expect(marked).toHaveLength(2);
      expect(lines.find((line) => line.includes(language === 'zh' ? '项不符' : 'do not hold'))).toContain('2');
    },
  );

  test('given columns with Chinese text, then amounts stand below each other', () => {
    const rows = printReport(report(), 'zh').filter((line) => line.startsWith('种子贷'));
    expect(rows).toHaveLength(12);
    const wide = (text: string) => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e80 ? 2 : 1), 0);
    const columns = rows.map((row) => wide(row.slice(0, row.indexOf('0.00') + 4)));
    expect(new Set(columns).size).toBe(1);
  });
});
