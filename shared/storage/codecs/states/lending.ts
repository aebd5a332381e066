import * as z from 'zod';
import type { Instalment } from '#shared/domain/lending/schedule.ts';
import { account, count, date, fen, grade } from '../scalars.ts';
import { stake } from './equity.ts';
import { gradeState } from './grade.ts';

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
  grade,
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

export const lendingStates = {
  enterprise: z.strictObject({
    kind: z.enum(['company', 'team']),
    name: z.string(),
    establishedOn: date.exactOptional(),
    exposureFen: fen,
    compensatedFen: fen.exactOptional(),
    grade: gradeState.exactOptional(),
    successor: z.string().exactOptional(),
    sector: z.string().exactOptional(),
    equity: stake.exactOptional(),
  }),
  name: z.strictObject({ enterpriseId: z.string() }),
  loan: loanState,
  closing: z.strictObject({ closedThrough: date }),
} as const;
