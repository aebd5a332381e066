import * as z from 'zod';
import { fenText as fen } from '#shared/contracts/scalars.ts';
import { maxFen } from '#shared/domain/money.ts';
import type { Caller } from '../client/api.ts';
import { type EntryFacts, entrySchema, type FundFacts, readFund } from './facts.ts';

/*
 * What the report knows of the zone's register and of the risk-compensation funds: lists and entries as the auditor reads
 * them through the API.
 */

const firmRow = z.object({
  id: z.string(),
  name: z.string(),
  technology: z.enum(['true', 'false']).transform((text) => text === 'true'),
  raisedFen: fen,
  valuationFen: fen,
});
const bankRow = z.object({ id: z.string(), status: z.string(), products: z.string(), since: z.string() });

const gradeRow = z.object({ id: z.string(), limitFen: fen, gradedOn: z.string() });
const filingRow = z.object({
  id: z.string(),
  status: z.string(),
  outstandingFen: fen,
  coveredFen: fen,
  uncoveredFen: fen,
});
const coverage = z.object({
  coveredFen: fen,
  scopes: z.array(z.object({ id: z.string(), disbursedFen: fen, outstandingFen: fen })),
});

const charterRow = z.object({ id: z.string(), effectiveFrom: z.string() });
const charterShown = z.object({
  charter: z.object({
    filing: z.object({ sizes: z.array(z.object({ sizeClass: z.string(), perEnterpriseFen: fen })) }),
  }),
});

/** The zone's register. */
export interface RegisterFacts {
  readonly firms: readonly z.output<typeof firmRow>[];
  readonly banks: readonly z.output<typeof bankRow>[];
  readonly entries: readonly EntryFacts[];
}

/** A loan as its bank filed it, with the day on which it was confirmed. */
export type FilingFacts = z.output<typeof filingRow> & {
  readonly enterprise: string;
  readonly bank: string;
  /** Empty when it never was. */
  readonly confirmedOn: string;
};

/** A risk-compensation fund: its book, and what it covers. */
export interface CoverFacts {
  readonly fund: FundFacts;
  readonly grades: readonly z.output<typeof gradeRow>[];
  readonly filings: readonly FilingFacts[];
  readonly coverage: z.output<typeof coverage>;
  readonly limits: readonly LimitFacts[];
}

/** The largest cover for one enterprise by a version of the charter. */
export interface LimitFacts {
  readonly effectiveFrom: string;
  readonly perEnterpriseFen: bigint;
}

/** Reads the zone's register. */
export const readRegister = async (auditor: Caller): Promise<RegisterFacts> => {
  const [firms, banks, entries] = await Promise.all([
    auditor.all('/funds/zone/firms', firmRow),
    auditor.all('/funds/zone/banks', bankRow),
    auditor.all('/funds/zone/books/entries', entrySchema),
  ]);
  return { firms, banks, entries };
};

/** Reads a risk-compensation fund. */
export const readCover = async (auditor: Caller, fundId: string): Promise<CoverFacts> => {
  const path = `/funds/${fundId}`;
  const [fund, grades, rows, covered, limits] = await Promise.all([
    readFund(auditor, fundId),
    auditor.all(`${path}/gradings`, gradeRow),
    auditor.all(`${path}/filings`, filingRow),
    auditor.get(`${path}/coverage`, coverage),
    readLimits(auditor, path),
  ]);
  const confirmed = new Map(
    fund.entries.flatMap((e) => (e.type === 'filing.confirmed' ? [[e.links.filing, e] as const] : [])),
  );
  const filings = rows.map((row) => {
    const entry = confirmed.get(row.id);
    return {
      ...row,
      enterprise: entry?.links.enterprise ?? '',
      bank: entry?.links.bank ?? '',
      confirmedOn: entry?.businessDate ?? '',
    };
  });
  return { fund, grades, filings, coverage: covered, limits };
};

const readLimits = async (auditor: Caller, path: string): Promise<readonly LimitFacts[]> => {
  const versions = await auditor.all(`${path}/charters`, charterRow);
  const limits = versions.map(async ({ id, effectiveFrom }) => {
    const { sizes } = (await auditor.get(`${path}/charters/${id}`, charterShown)).charter.filing;
    return { effectiveFrom, perEnterpriseFen: sizes.reduce((most, s) => maxFen(most, s.perEnterpriseFen), 0n) };
  });
  return (await Promise.all(limits)).toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
};

const acquisitionRow = z.object({
  id: z.string(),
  status: z.string(),
  enterprise: z.string(),
  name: z.string(),
  registeredOn: z.string().default(''),
});
const holdingRow = z.object({ id: z.string(), enterprise: z.string(), costFen: fen });

/** A guidance fund: its book, what it bought, and what it holds. */
export interface GuidanceFacts {
  readonly fund: FundFacts;
  readonly acquisitions: readonly z.output<typeof acquisitionRow>[];
  readonly holdings: readonly z.output<typeof holdingRow>[];
}

/** Reads a guidance fund. */
export const readGuidance = async (auditor: Caller, fundId: string): Promise<GuidanceFacts> => ({
  fund: await readFund(auditor, fundId),
  acquisitions: await auditor.all(`/funds/${fundId}/acquisitions`, acquisitionRow),
  holdings: await auditor.all(`/funds/${fundId}/holdings`, holdingRow),
});
