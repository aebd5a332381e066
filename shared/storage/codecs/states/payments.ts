import * as z from 'zod';
import { count, date, fen } from '../scalars.ts';

export const paymentsStates = {
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
