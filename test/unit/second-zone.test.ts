import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { load } from '#infra/local/load/load.ts';
import { readPortfolio } from '#infra/local/portfolio/read.ts';
import { printReport } from '#infra/local/report/print.ts';
import { makeReport, type Report } from '#infra/local/report/report.ts';
import { openOffice, type WholeOffice } from '../support/whole-office.ts';

const SECOND_ZONE = fileURLToPath(new URL('../support/second-zone', import.meta.url));
const WHOLE_MILLISECONDS = 120_000;

const root = mkdtempSync(join(tmpdir(), 'second-zone-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a second zone’s portfolio, played by data alone', () => {
  const portfolio = readPortfolio(SECOND_ZONE);
  let office: WholeOffice;
  let report: Report;
  beforeAll(async () => {
    office = openOffice(root, portfolio);
    await load(office, portfolio, { day: () => undefined });
    const auditor = office.as('auditor-1');
    report = await makeReport({ auditor, portfolio, date: '2021-04-09', deadLetters: async () => [] });
  }, WHOLE_MILLISECONDS);
  afterAll(() => office.leave());

  test('then every check of its books holds, nothing was refused, and no article is asked about', () => {
    expect([...report.checks, ...report.others.flatMap((o) => o.checks)].filter((c) => !c.holds)).toEqual([]);
    expect(report.holds).toBe(true);
    expect(report.system).toEqual([]);
    expect(office.entries().filter((e) => e.type === 'command.refused')).toEqual([]);
    expect([report.facts, ...report.others.map((o) => o.facts)].map((f) => f.fundId)).toEqual([
      'north-seed',
      'north-risk',
      'north-bio',
    ]);
    const printed = printReport(report, 'en').join('\n');
    expect(printed).toContain('Fund north-bio');
    expect(printed).not.toContain('article');
  });

  test('then its money is where its own shares, limits and decisions put it, to the last fen', () => {
    const balance = ({ trial }: Report['facts'], account: string) =>
      trial.accounts.find((a) => a.account === account)?.balanceFen ?? 0n;
    const [risk, bio] = report.others.map((o) => o.facts);
    // 10,000,000.07 yuan called in two pieces by 7 : 5 : 1; 150,000 lent and repaid, 400,000.03 lent, 100,000.01 of it repaid.
    const paidIn = report.facts.entries.flatMap((e) => e.lines).filter((l) => l.account === '4001');
    const by = (id: string) => paidIn.filter((l) => l.dims?.['contributor'] === id).map((l) => l.amountFen);
    expect(['province', 'county', 'park'].map(by)).toEqual([
      [161_538_462n, 376_923_080n],
      [115_384_615n, 269_230_772n],
      [23_076_924n, 53_846_154n],
    ]);
    expect(report.facts.head.bankFen).toBe(1_000_000_007n - 30_000_002n);
    expect(balance(report.facts, '1303.01')).toBe(30_000_002n);
    // 2 : 2 : 3 of 5,000,000.01 yuan, all of it still there: what was covered was repaid.
    expect(risk?.head).toMatchObject({ bankFen: 500_000_001n, paidInFen: 500_000_001n });
    expect(bio?.head.bankFen).toBe(1_000_000_000n - 200_000_000n);
    expect(bio === undefined ? 0n : balance(bio, '1101.01')).toBe(200_000_000n);
  });

  test('then each case was decided by those whom the zone’s own charters name', () => {
    const approvals = office
      .entries()
      .filter((e) => ['case.voted', 'case.reviewed', 'case.final-approved', 'case.approved'].includes(e.type))
      .map((e) => e.actor.id);
    expect(new Set(approvals)).toEqual(
      new Set(['reviewer-1', 'vote-a', 'vote-b', 'vote-c', 'director-1', 'finance-9']),
    );
  });
});

describe('a portfolio that is not as it should be', () => {
  let copies = 0;
  /** A copy of the second zone's directory with one file changed. */
  const copyWith = (file: string, change: (text: string) => string | undefined): string => {
    copies += 1;
    const directory = join(root, `copy-${copies}`);
    cpSync(SECOND_ZONE, directory, { recursive: true });
    const path = join(directory, file);
    const changed = change(readFileSync(path, 'utf8'));
    if (changed === undefined) rmSync(path);
    else writeFileSync(path, changed);
    return directory;
  };
  const members = z.record(z.string(), z.json());
  const setting = (name: string, value: z.output<typeof members>[string]) => (text: string) =>
    JSON.stringify({ ...members.parse(JSON.parse(text)), [name]: value });

  test.each<[string, string, (text: string) => string | undefined, RegExp]>([
    ['a file that is missing', 'covers.json', () => undefined, /covers\.json: there is no such file/],
    ['a file that is no JSON', 'loans.json', (text) => text.slice(0, -5), /loans\.json: .*JSON/],
    ['a charter that is missing', 'charters/bio.json', () => undefined, /charters\/bio\.json: there is no such file/],
    ['a charter that is no JSON', 'charters/seed.json', () => '{', /charters\/seed\.json: .*JSON/],
    [
      'a charter with an amount as a number',
      'charters/seed.json',
      (text) => text.replace('"1000000007"', '1000000007'),
      /charters\/seed\.json: capital\.totalFen: /,
    ],
    [
      'a charter that contradicts itself',
      'charters/risk.json',
      (text) => text.replace('"remainderTo": "county"', '"remainderTo": "nobody"'),
      /charters\/risk\.json: remainderTo names no contributor/,
    ],
    [
      'a charter of a day on which nobody works',
      'fund.json',
      (text) => text.replaceAll('"2021-03-01"', '"2021-02-28"'),
      /fund\.json: charters\.0\.proposedOn: nobody works on that day/,
    ],
    ['a fund without charters', 'fund.json', setting('charters', 'none'), /fund\.json: charters: /],
    ['a member nobody knows', 'zone.json', setting('comment', 'x'), /zone\.json: .*comment/],
    [
      'nobody to act as officer',
      'users.json',
      (text) => text.replace('"officer-1"', '"officer-2"'),
      /users\.json: people: officer-1 with the role officer is missing/,
    ],
    [
      'a role nobody knows',
      'users.json',
      (text) => text.replace('"role": "auditor"', '"role": "king"'),
      /users\.json: people\.6\.role: no role/,
    ],
  ])('given %s, then the file and what is wrong with it are named', (_, file, change, message) => {
    const directory = copyWith(file, change);
    expect(() => readPortfolio(directory)).toThrow(
      expect.objectContaining({ name: 'PortfolioError', message: expect.stringMatching(message) }),
    );
  });

  test('given a directory that does not exist, then the first file is named', () => {
    expect(() => readPortfolio(join(root, 'nowhere'))).toThrow(/nowhere\/fund\.json: there is no such file/);
  });
});
