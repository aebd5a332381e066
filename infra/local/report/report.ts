import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, toWire } from '#shared/domain/wire.ts';
import type { Caller } from '../client/api.ts';
import type { Article } from '../portfolio/portfolio.ts';
import { articleChecks, bookChecks, type Check, deadLetterCheck } from './checks.ts';
import { type EntryFacts, type FundFacts, readFund } from './facts.ts';

/** What is printed when loading is over: the books as the auditor reads them, and whether all is as it must be. */
export interface Report {
  /** The office's date, by its own clock. */
  readonly date: string;
  readonly holds: boolean;
  readonly facts: FundFacts;
  readonly checks: readonly Check[];
}

export interface ReportSource {
  readonly auditor: Caller;
  readonly fundId: string;
  readonly article: Article;
  readonly date: string;
  readonly deadLetters: () => Promise<readonly { readonly queue: string; readonly count: number }[]>;
}

/** Makes the report, everything about books read through the API. */
export const makeReport = async ({ auditor, fundId, article, date, deadLetters }: ReportSource): Promise<Report> => {
  const facts = await readFund(auditor, fundId);
  const checks = [...articleChecks(facts, article), ...bookChecks(facts), deadLetterCheck(await deadLetters())];
  return { date, holds: checks.every((c) => c.holds), facts, checks };
};

/**
 * Stores the report as `report.json`: the entries are in the book, and here only a hash of the vouchers, by which two books
 * can be compared. Amounts are fen, as decimal strings.
 */
export const storeReport = (directory: string, report: Report): void => {
  const { entries, ...facts } = report.facts;
  const stored = toWire({ ...report, facts: { ...facts, ...vouchersOf(entries) } });
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'report.json'), `${JSON.stringify(stored, null, 2)}\n`);
};

/** What was posted, whatever else was noted in between: number, date and lines of every voucher, in order. */
const vouchersOf = (entries: readonly EntryFacts[]) => {
  const vouchers = entries.flatMap(({ voucher, businessDate, lines }) =>
    voucher ? [{ voucher, businessDate, lines }] : [],
  );
  return { entries: entries.length, vouchers: vouchers.length, vouchersHash: hashOf(vouchers) };
};
