import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, toWire } from '#shared/domain/wire.ts';
import type { Caller } from '../client/api.ts';
import type { Article, Portfolio } from '../portfolio/portfolio.ts';
import { articleChecks, bookChecks, type Check, deadLetterCheck } from './checks.ts';
import { type EntryFacts, type FundFacts, readFund } from './facts.ts';
import { coverChecks, guidanceChecks, type SystemFacts, systemChecks } from './system-checks.ts';
import { type CoverFacts, type GuidanceFacts, readCover, readGuidance, readRegister } from './system-facts.ts';

/** What is printed when loading is over: the books as the auditor reads them, and whether all is as it must be. */
export interface Report {
  /** The office's date, by its own clock. */
  readonly date: string;
  readonly holds: boolean;
  /** The seed fund. */
  readonly facts: FundFacts;
  readonly checks: readonly Check[];
  /** What the article says beside the seed fund, checked; nothing where there is no article. */
  readonly system: readonly Check[];
  /** The books of the other funds. */
  readonly others: readonly FundReport[];
}

export interface FundReport {
  readonly facts: FundFacts;
  readonly checks: readonly Check[];
}

export interface ReportSource {
  readonly auditor: Caller;
  /** Which funds there are, and what is said of them. */
  readonly portfolio: Pick<Portfolio, 'fund' | 'covers' | 'guidance' | 'article'>;
  readonly date: string;
  readonly deadLetters: () => Promise<readonly { readonly queue: string; readonly count: number }[]>;
}

/** The funds beside the seed fund. */
interface Others {
  readonly covers: readonly CoverFacts[];
  readonly guidance: readonly GuidanceFacts[];
}

/** Reads the funds beside the seed fund, one after the other. */
export const readOthers = async (
  auditor: Caller,
  { covers, guidance }: Pick<Portfolio, 'covers' | 'guidance'>,
): Promise<Others> => {
  const found: { covers: CoverFacts[]; guidance: GuidanceFacts[] } = { covers: [], guidance: [] };
  for (const { fund } of covers) found.covers.push(await readCover(auditor, fund.fundId));
  for (const { fund } of guidance) found.guidance.push(await readGuidance(auditor, fund.fundId));
  return found;
};

/** What an article tells of beside the seed fund. @throws Error when it tells of a fund that is not in the portfolio */
export const readSystem = async (
  auditor: Caller,
  { covers, guidance }: Others,
  article: Article,
): Promise<SystemFacts> => {
  const coverOf = (fundId: string): CoverFacts => {
    const found = covers.find((c) => c.fund.fundId === fundId);
    if (found === undefined) throw new Error(`the article tells of the fund ${fundId}, which is not in the portfolio`);
    return found;
  };
  return {
    register: await readRegister(auditor),
    knowledgeValue: coverOf(article.knowledgeValue.fundId),
    smallBusiness: coverOf(article.smallBusiness.fundId),
    guidance,
  };
};

/** Makes the report, everything about books read through the API. */
export const makeReport = async ({ auditor, portfolio, date, deadLetters }: ReportSource): Promise<Report> => {
  const { article } = portfolio;
  const facts = await readFund(auditor, portfolio.fund.fundId);
  const found = await readOthers(auditor, portfolio);
  const told = article === undefined ? [] : articleChecks(facts, article);
  const checks = [...told, ...bookChecks(facts), deadLetterCheck(await deadLetters())];
  const system = article === undefined ? [] : systemChecks(await readSystem(auditor, found, article), article);
  const others = [
    ...found.covers.map((c) => reportOf(c.fund, coverChecks(c))),
    ...found.guidance.map((g) => reportOf(g.fund, guidanceChecks(g))),
  ];
  const all = [...checks, ...system, ...others.flatMap((c) => c.checks)];
  return { date, holds: all.every((c) => c.holds), facts, checks, system, others };
};

const reportOf = (facts: FundFacts, own: readonly Check[]): FundReport => ({
  facts,
  checks: [...bookChecks(facts), ...own],
});

/**
 * Stores the report as `report.json`: the entries are in the book, and here only a hash of the vouchers, by which two books
 * can be compared. Amounts are fen, as decimal strings.
 */
export const storeReport = (directory: string, report: Report): void => {
  const stored = toWire({
    ...report,
    facts: storedFacts(report.facts),
    others: report.others.map(({ facts, checks }) => ({ facts: storedFacts(facts), checks })),
  });
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'report.json'), `${JSON.stringify(stored, null, 2)}\n`);
};

const storedFacts = ({ entries, ...facts }: FundFacts) => ({ ...facts, ...vouchersOf(entries) });

/** What was posted, whatever else was noted in between: number, date and lines of every voucher, in order. */
const vouchersOf = (entries: readonly EntryFacts[]) => {
  const vouchers = entries.flatMap(({ voucher, businessDate, lines }) =>
    voucher ? [{ voucher, businessDate, lines }] : [],
  );
  return { entries: entries.length, vouchers: vouchers.length, vouchersHash: hashOf(vouchers) };
};
