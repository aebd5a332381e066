import * as z from 'zod';
import { date, fen, paidParts } from '../scalars.ts';

export const capitalStates = {
  capital: z.strictObject({
    contributors: z.array(
      z.strictObject({
        id: z.string(),
        committedFen: fen,
        calledFen: fen,
        refundedFen: fen,
        grantedFen: fen.exactOptional(),
      }),
    ),
  }),
  call: z.strictObject({
    status: z.enum(['open', 'paid', 'cancelled']),
    amountFen: fen,
    dueOn: date,
    documentNumber: z.string(),
    budgetDocumentNumber: z.string().exactOptional(),
    parts: z.array(z.strictObject({ contributor: z.string(), amountFen: fen, paidFen: fen })),
  }),
  refund: z.strictObject({
    status: z.enum(['approved', 'done']),
    caseId: z.string(),
    basis: z.enum(['run-off', 'reduction']),
    documentNumber: z.string(),
    parts: paidParts,
  }),
} as const;
