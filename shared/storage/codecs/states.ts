import * as z from 'zod';
import { charterDocument, proposalContent } from '#shared/contracts/documents.ts';
import type { EntityStates } from '#shared/domain/entities.ts';
import type { Instalment } from '#shared/domain/lending/schedule.ts';
import { catalogue, type ErrorCode } from '#shared/errors/catalogue.ts';
import { count, date, facts, fen } from './scalars.ts';

/** One instalment as one text, `2022-05-10 2500000 0` (due date, principal, paid): a schedule must stay small. */
const instalment = z.codec(z.string().regex(/^\S+ \d+ \d+$/), z.custom<Instalment>(), {
  decode: (text): Instalment => {
    const [due, principal, paid] = text.split(' ');
    return {
      dueDate: z.decode(date, due ?? ''),
      principalFen: BigInt(principal ?? '0'),
      paidFen: BigInt(paid ?? '0'),
    };
  },
  encode: (value) => `${value.dueDate} ${value.principalFen} ${value.paidFen}`,
});

const vote = z.strictObject({
  member: z.string(),
  choice: z.enum(['approve', 'reject', 'abstain', 'recuse']),
  by: z.string().exactOptional(),
});

const caseState = z.strictObject({
  status: z.enum([
    'submitted',
    'returned',
    'voting',
    'on-notice',
    'approving',
    'approved',
    'rejected',
    'withdrawn',
    'lapsed',
    'done',
  ]),
  subject: z.enum(['loan', 'extension', 'novation', 'write-off', 'charter']),
  amountFen: fen,
  maker: z.string(),
  revision: count,
  payloadHash: z.string(),
  charterVersion: count,
  reviewer: z.string().exactOptional(),
  votes: z.array(vote),
  noticeEndsOn: date.exactOptional(),
  approvals: z.array(z.strictObject({ by: z.string(), role: z.string() })),
  submittedOn: date,
  expiresOn: date,
});

const account = z.strictObject({ name: z.string(), number: z.string(), bankCode: z.string() });

const loanState = z.strictObject({
  status: z.enum([
    'contracted',
    'instructed',
    'unknown',
    'active',
    'repaid',
    'payment-rejected',
    'written-off',
    'cancelled',
  ]),
  caseId: z.string(),
  enterpriseId: z.string(),
  charterVersion: count,
  contractNumber: z.string(),
  principalFen: fen,
  termMonths: count,
  payment: z.strictObject({
    attempt: count,
    payee: account,
    instructedOn: date.exactOptional(),
    entrySeq: count.exactOptional(),
  }),
  schedule: z.array(instalment),
  overdueFen: fen,
  grade: z.enum(['normal', 'special-mention', 'substandard', 'doubtful', 'loss']),
  daysPastDue: count,
  provisionFen: fen,
  penaltyUnits: fen,
  discountFen: fen,
  agedThrough: date.exactOptional(),
  extensions: count,
  extendedOn: date.exactOptional(),
  writtenOffFen: fen,
  recoveredFen: fen,
  formerBorrower: z.string().exactOptional(),
});

/** The schema of every entity's state. A read that does not fit is a fault of ours and stops before it does harm. */
export const stateSchemas = {
  charter: charterDocument,
  case: caseState,
  proposal: z.strictObject({
    revision: count,
    content: proposalContent,
    checks: z.array(z.strictObject({ label: z.string(), passed: z.boolean() })),
  }),
  delegations: z.strictObject({
    delegations: z.array(z.strictObject({ from: z.string(), to: z.string(), firstDay: date, lastDay: date })),
  }),
  capital: z.strictObject({
    contributors: z.array(z.strictObject({ id: z.string(), committedFen: fen, calledFen: fen })),
  }),
  call: z.strictObject({
    status: z.enum(['open', 'paid', 'cancelled']),
    amountFen: fen,
    dueOn: date,
    documentNumber: z.string(),
    parts: z.array(z.strictObject({ contributor: z.string(), amountFen: fen, paidFen: fen })),
  }),
  enterprise: z.strictObject({
    kind: z.enum(['company', 'team']),
    name: z.string(),
    establishedOn: date,
    exposureFen: fen,
    successor: z.string().exactOptional(),
  }),
  name: z.strictObject({ enterpriseId: z.string() }),
  loan: loanState,
  receipt: z.strictObject({
    status: z.enum(['open', 'assigned']),
    side: z.enum(['credit', 'debit']),
    amountFen: fen,
    openFen: fen,
    bookedOn: date,
    bankReference: z.string(),
    payer: z.string(),
    payerAccount: z.string(),
    remittance: z.string(),
  }),
  statement: z.strictObject({
    fileKey: z.string(),
    sha256: z.string(),
    date,
    openingFen: fen,
    closingFen: fen,
    lines: count,
  }),
  closing: z.strictObject({ closedThrough: date }),
  refusal: z.strictObject({ code: z.enum(Object.keys(catalogue) as [ErrorCode, ...ErrorCode[]]), details: facts }),
  applied: z.strictObject({ applied: z.array(z.string()) }),
} satisfies { readonly [T in keyof EntityStates]: z.ZodType<EntityStates[T]> };
