import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { load } from '#infra/local/load/load.ts';
import { readReferencePortfolio } from '#infra/local/portfolio/read.ts';
import { bookChecks, type Check } from '#infra/local/report/checks.ts';
import { printReport } from '#infra/local/report/print.ts';
import { makeReport, readOthers, readSystem } from '#infra/local/report/report.ts';
import { coverChecks, guidanceChecks, type SystemFacts, systemChecks } from '#infra/local/report/system-checks.ts';
import { openOffice, type WholeOffice } from '../../support/whole-office.ts';

/** Five books are played and read, on machines that may have much else to do. */
const WHOLE_MILLISECONDS = 120_000;

const directory = mkdtempSync(join(tmpdir(), 'system-'));
const portfolio = readReferencePortfolio();
let office: WholeOffice;
let facts: SystemFacts;

/** An office whose process ends in the middle, once, at the n-th file handed in. */
const dyingAtFile = (whole: WholeOffice, n: number): WholeOffice => {
  let files = 0;
  return {
    ...whole,
    as: (userId) => {
      const caller = whole.as(userId);
      return {
        ...caller,
        upload: async (...file) => {
          files += 1;
          const jobId = await caller.upload(...file);
          if (files === n) throw new Error('killed');
          return jobId;
        },
      };
    },
  };
};

beforeAll(async () => {
  office = openOffice(directory);
  const silent = { day: () => undefined };
  // The files of register, grades and filings: the end comes after each has been taken and before anybody knows.
  for (const n of [1, 1, 4]) {
    await expect(load(dyingAtFile(office, n), portfolio, silent)).rejects.toThrow('killed');
    office.leave();
    office = office.enter();
  }
  await load(office, portfolio, silent);
  const auditor = office.as('auditor-1');
  facts = await readSystem(auditor, await readOthers(auditor, portfolio), portfolio.article);
}, WHOLE_MILLISECONDS);
afterAll(() => {
  office.leave();
  rmSync(directory, { recursive: true, force: true });
});

const checksOf = (of: SystemFacts): readonly Check[] => [
  ...systemChecks(of, portfolio.article),
  ...coverChecks(of.knowledgeValue),
  ...of.guidance.flatMap(guidanceChecks),
];
const failedIn = (of: SystemFacts): readonly string[] => checksOf(of).flatMap((c) => (c.holds ? [] : [c.id]));

const inRegister = (change: (register: SystemFacts['register']) => Partial<SystemFacts['register']>): SystemFacts => ({
  ...facts,
  register: { ...facts.register, ...change(facts.register) },
});
const inFund = (
  name: 'knowledgeValue' | 'smallBusiness',
  change: (cover: SystemFacts['knowledgeValue']) => Partial<SystemFacts['knowledgeValue']>,
): SystemFacts => ({ ...facts, [name]: { ...facts[name], ...change(facts[name]) } });

const inGuidance = (
  change: (of: SystemFacts['guidance'][number]) => Partial<SystemFacts['guidance'][number]>,
): SystemFacts => ({ ...facts, guidance: facts.guidance.map((of) => ({ ...of, ...change(of) })) });

/** A capital receipt booked with one fen more. */
const oneFenMore = (cover: SystemFacts['knowledgeValue']) => ({
  fund: {
    ...cover.fund,
    entries: cover.fund.entries.map((e) =>
      e.type === 'capital.received' ? { ...e, lines: e.lines.map((l) => ({ ...l, amountFen: l.amountFen + 1n })) } : e,
    ),
  },
});

/** What could be wrong, and the check that must see it. */
const wrongs: readonly (readonly [string, string, () => SystemFacts])[] = [
  ['a bank was not recognised', 'demonstration-banks', () => inRegister(({ banks }) => ({ banks: banks.slice(1) }))],
  [
    'a product is missing',
    'demonstration-banks',
    () => inRegister(({ banks }) => ({ banks: banks.map((b) => ({ ...b, products: '科创贷' })) })),
  ],
  [
    'a firm was listed after the date',
    'listed-firms',
    () =>
      inRegister(({ entries }) => {
        const at = entries.findIndex((e) => e.type === 'firm.listed');
        return { entries: entries.map((e, i) => (i === at ? { ...e, businessDate: '2019-08-01' } : e)) };
      }),
  ],
  [
    'a firm is worth less',
    'venture-round',
    () => inRegister(({ firms }) => ({ firms: firms.map((f) => ({ ...f, valuationFen: f.valuationFen / 2n })) })),
  ],
  ['more was paid into the knowledge-value fund', 'kv-capital', () => inFund('knowledgeValue', oneFenMore)],
  ['more was paid into the other fund', 'sme-capital', () => inFund('smallBusiness', oneFenMore)],
  [
    'an enterprise was not graded',
    'graded-enterprises',
    () => inFund('knowledgeValue', ({ grades }) => ({ grades: grades.slice(1) })),
  ],
  [
    'a limit is beyond the largest',
    'graded-enterprises',
    () =>
      inFund('knowledgeValue', ({ grades }) => ({
        grades: grades.map((g, i) => (i === 0 ? { ...g, limitFen: 300_000_001n } : g)),
      })),
  ],
  [
    'an enterprise that was graded has no technology',
    'graded-enterprises',
    () => inRegister(({ firms }) => ({ firms: firms.map((f) => ({ ...f, technology: false })) })),
  ],
  [
    'a loan was confirmed after the date',
    'knowledge-value-loans',
    () =>
      inFund('knowledgeValue', ({ filings }) => ({
        filings: filings.map((f, i) => (i === 0 ? { ...f, confirmedOn: '2019-08-01' } : f)),
      })),
  ],
  [
    'the figures of the fund say otherwise than its filings',
    'knowledge-value-loans',
    () =>
      inFund('knowledgeValue', ({ coverage }) => ({
        coverage: { ...coverage, scopes: coverage.scopes.map((s) => ({ ...s, disbursedFen: s.disbursedFen + 1n })) },
      })),
  ],
  [
    'a loan was larger',
    'small-business-loans',
    () =>
      inFund('smallBusiness', ({ filings }) => ({
        filings: filings.map((f, i) => (i === 0 ? { ...f, coveredFen: f.coveredFen + 1n } : f)),
      })),
  ],
  [
    'more of the borrowers have technology',
    'technology-share',
    () => inRegister(({ firms }) => ({ firms: firms.map((f) => ({ ...f, technology: true })) })),
  ],
  [
    'no loan used the higher limit',
    'limit-raised',
    () =>
      inFund('smallBusiness', ({ filings }) => ({
        filings: filings.map((f) => ({ ...f, coveredFen: f.coveredFen > 500_000_000n ? 500_000_000n : f.coveredFen })),
      })),
  ],
  [
    'the limit is another',
    'limit-raised',
    () => inFund('smallBusiness', ({ limits }) => ({ limits: limits.slice(1) })),
  ],
  [
    'a loan was above the limit of its time',
    'limit-raised',
    () =>
      inFund('smallBusiness', ({ filings }) => ({
        filings: filings.map((f) => (f.confirmedOn < '2018-12-01' ? { ...f, coveredFen: 600_000_000n } : f)),
      })),
  ],
  ['a guidance fund is smaller', 'guidance-funds', () => ({ ...facts, guidance: facts.guidance.slice(1) })],
  [
    'shares were registered after the date',
    'investees',
    () =>
      inGuidance(({ acquisitions }) => ({
        acquisitions: acquisitions.map((a) => ({ ...a, registeredOn: '2019-08-01' })),
      })),
  ],
  [
    'a named investee is another',
    'investees',
    () =>
      inGuidance(({ acquisitions }) => ({
        acquisitions: acquisitions.map((a) => (a.name === '德国埃马克' ? { ...a, name: '某企业' } : a)),
      })),
  ],
  [
    'shares cost more than the account says',
    'shares-and-account',
    () => inGuidance(({ holdings }) => ({ holdings: holdings.map((h) => ({ ...h, costFen: h.costFen + 1n })) })),
  ],
  [
    'a filing is still owed that the book does not cover',
    'cover-and-filings',
    () =>
      inFund('knowledgeValue', ({ filings }) => ({
        filings: filings.map((f, i) => (i === 0 ? { ...f, status: 'confirmed', outstandingFen: 1n } : f)),
      })),
  ],
];

describe('the system of the article', () => {
  test('given loading that was killed at three files and went on, then the books say what the article says', () => {
    expect(failedIn(facts)).toEqual([]);
    for (const { fund } of [facts.knowledgeValue, facts.smallBusiness, ...facts.guidance])
      expect(bookChecks(fund).filter((c) => !c.holds)).toEqual([]);
    expect(office.entries().filter((e) => e.type === 'command.refused')).toEqual([]);
  });

  test.each(wrongs)('given books in which %s, then the check %s does not hold', (_, id, wrong) => {
    expect(failedIn(wrong())).toContain(id);
  });

  test('given the list of wrongs, then every check is shown to be able to fail', () => {
    expect(new Set(wrongs.map(([, id]) => id))).toEqual(new Set(checksOf(facts).map((c) => c.id)));
  });

  test('given a loaded office, when it is loaded again, then nothing is done', async () => {
    const before = office.entries().length;
    expect(await load(office, portfolio, { day: () => undefined })).toBe(0);
    expect(office.entries()).toHaveLength(before);
  });

  test('given the seed fund’s borrower of the article, then the register has it, and the fund has graded it', () => {
    const firm = facts.register.firms.find((f) => f.name === portfolio.article.seedFund.namedBorrower);
    expect(firm).toMatchObject({ id: '91500118MA5FK00170', technology: true });
    expect(facts.knowledgeValue.grades.map((g) => g.id)).toContain(firm?.id);
  });

  test(
    'given the report of all books, then each is read once, it holds, and prints each fund with its checks',
    async () => {
      const auditor = office.as('auditor-1');
      const read: string[] = [];
      const made = await makeReport({
        auditor: {
          ...auditor,
          all: (path, item) => {
            read.push(path);
            return auditor.all(path, item);
          },
        },
        portfolio,
        date: '2022-12-30',
        deadLetters: async () => [],
      });
      expect(made.holds).toBe(true);
      expect(read).toHaveLength(new Set(read).size);
      expect(read.filter((path) => path.endsWith('/books/entries'))).toHaveLength(6);
      const printed = printReport(made, 'zh').join('\n');
      for (const part of [
        '基金 seed',
        '基金 kv',
        '基金 sme',
        '基金 equipment',
        '基金 imaging',
        '328,000,000.00',
        '54,700,000.00',
      ])
        expect(printed).toContain(part);
    },
    WHOLE_MILLISECONDS,
  );
});
