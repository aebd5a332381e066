import * as z from 'zod';
import { signedFenText as fen } from '#shared/contracts/scalars.ts';
import type { Caller } from '../client/api.ts';

/*
 * What the report is made of: everything an auditor can ask of one fund through the API, and nothing else. Amounts are fen.
 */

const headSchema = z.object({
  seq: z.int(),
  viewsSeq: z.int(),
  bankFen: fen,
  inTransitFen: fen,
  heldFen: fen,
  paidInFen: fen,
  availableFen: fen,
  closedThrough: z.string().optional(),
});

const lineSchema = z.object({
  account: z.string(),
  side: z.enum(['debit', 'credit']),
  amountFen: fen,
  red: z.literal(true).optional(),
  dims: z.record(z.string(), z.string()).optional(),
});

export const entrySchema = z.object({
  seq: z.int(),
  type: z.string(),
  businessDate: z.string(),
  lines: z.array(lineSchema).default([]),
  voucher: z.object({ period: z.string(), type: z.string(), number: z.int() }).optional(),
  links: z.object({ enterprise: z.string().optional(), filing: z.string().optional(), bank: z.string().optional() }),
});

const trialSchema = z.object({
  debitFen: fen,
  creditFen: fen,
  accounts: z.array(
    z.object({ account: z.string(), name: z.string(), debitFen: fen, creditFen: fen, balanceFen: fen }),
  ),
});

const capitalSchema = z.object({
  capital: z.object({ contributors: z.array(z.object({ id: z.string(), committedFen: fen })) }),
});

const loanRow = z.object({
  id: z.string(),
  borrower: z.string(),
  contract: z.string(),
  status: z.string(),
  grade: z.string(),
  principalFen: fen,
  outstandingFen: fen,
  overdueFen: fen,
  maturesOn: z.string().default(''),
  recoveredFen: fen.default(0n),
});

const loanSchema = z.object({
  loan: z.object({ provisionFen: fen, termMonths: z.int(), extensions: z.int() }),
});

const statementRow = z.object({ id: z.string(), date: z.string(), openingFen: fen, closingFen: fen });
const receiptRow = z.object({ id: z.string(), side: z.enum(['credit', 'debit']), openFen: fen, payer: z.string() });

export type Head = z.output<typeof headSchema>;
export type EntryFacts = z.output<typeof entrySchema>;
export type TrialBalance = z.output<typeof trialSchema>;
export type LoanFacts = z.output<typeof loanRow> & z.output<typeof loanSchema>['loan'];
export type StatementFacts = z.output<typeof statementRow>;

/** One fund as its auditor sees it. */
export interface FundFacts {
  readonly fundId: string;
  readonly head: Head;
  readonly entries: readonly EntryFacts[];
  readonly trial: TrialBalance;
  readonly contributors: readonly { readonly id: string; readonly committedFen: bigint }[];
  readonly loans: readonly LoanFacts[];
  /** In the order of their days. */
  readonly statements: readonly StatementFacts[];
  readonly receipts: readonly z.output<typeof receiptRow>[];
}

/** Reads a fund through the API. Call it when queues and streams are empty; the views are then as far as the book. */
export const readFund = async (auditor: Caller, fundId: string): Promise<FundFacts> => {
  const path = `/funds/${fundId}`;
  const [head, trial, { capital }, entries, statements, receipts, rows] = await Promise.all([
    auditor.get(`${path}/books/head`, headSchema),
    auditor.get(`${path}/books/trial-balance`, trialSchema),
    auditor.get(`${path}/capital`, capitalSchema),
    auditor.all(`${path}/books/entries`, entrySchema),
    auditor.all(`${path}/statements`, statementRow),
    auditor.all(`${path}/receipts`, receiptRow),
    auditor.all(`${path}/loans`, loanRow),
  ]);
  const loans = await Promise.all(
    rows.map(async (row) => ({ ...row, ...(await auditor.get(`${path}/loans/${row.id}`, loanSchema)).loan })),
  );
  return {
    fundId,
    head,
    entries,
    trial,
    contributors: capital.contributors,
    loans: loans.toSorted((a, b) => (a.contract < b.contract ? -1 : 1)),
    statements: statements.toSorted((a, b) => (a.date < b.date ? -1 : 1)),
    receipts,
  };
};
