import * as z from 'zod';
import { date, fen } from '../scalars.ts';

export const capitalStates = {
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
} as const;
