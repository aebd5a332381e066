import * as z from 'zod';
import { PURPOSES } from '#shared/domain/payments/payment.ts';
import { line } from '../line.ts';
import { account, count, date, fen } from '../scalars.ts';

export const paymentsStates = {
  payment: z.strictObject({
    status: z.enum(['held', 'released', 'instructed', 'unknown', 'settled', 'rejected', 'cancelled']),
    caseId: z.string(),
    purpose: z.strictObject({ type: z.enum(PURPOSES), id: z.string() }),
    amountFen: fen,
    payee: account,
    remittance: z.string(),
    summary: z.string(),
    debits: z.array(line),
    charterVersion: count,
    attempt: count,
    instructedOn: date.exactOptional(),
    entrySeq: count.exactOptional(),
  }),
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
} as const;
