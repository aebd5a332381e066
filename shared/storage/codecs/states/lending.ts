import * as z from 'zod';
import type { Instalment } from '#shared/domain/lending/schedule.ts';
import { account, count, date, fen, grade } from '../scalars.ts';
import { stake } from './equity.ts';
import { gradeState } from './grade.ts';

const INSTALMENT = /^(\S+) (\d+)(?: (=|\d+))?$/;

/**
 * One instalment as one text: `2022-05-10 2500000` (due date, principal), with ` =` when it is paid and ` <fen>` when it is
 * paid in part. A loan is written at every payment, so its schedule must stay small.
 */
const instalment = z.codec(z.string().regex(INSTALMENT), z.custom<Instalment>(), {
  decode: (text): Instalment => {
    const [, due = '', principal = '0', paid = '0'] = INSTALMENT.exec(text) ?? [];
    return {
      dueDate: z.decode(date, due),
      principalFen: BigInt(principal),
      paidFen: BigInt(paid === '=' ? principal : paid),
    };
  },
  encode: ({ dueDate, principalFen, paidFen }) => {
    const paid = paidFen === 0n ? '' : paidFen === principalFen ? ' =' : ` ${paidFen}`;
    return `${dueDate} ${principalFen}${paid}`;
  },
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
    'converting',
    'converted',
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
  milestones: z.strictObject({
    preMoneyFen: fen,
    items: z.array(z.strictObject({ id: z.string(), what: z.string(), dueOn: date, metOn: date.exactOptional() })),
  }),
  loan: loanState,
  closing: z.strictObject({ closedThrough: date }),
} as const;
