import * as z from 'zod';
import { count, date, fen } from '../scalars.ts';

export const guidanceStates = {
  commitment: z.strictObject({
    status: z.enum(['approved', 'active', 'closed']),
    caseId: z.string(),
    charterVersion: count,
    enterpriseId: z.string(),
    committedFen: fen,
    calledFen: fen,
    paidFen: fen,
    contractNumber: z.string().exactOptional(),
  }),
  'commitment-call': z.strictObject({
    status: z.enum(['approved', 'paid', 'cancelled']),
    caseId: z.string(),
    commitmentId: z.string(),
    enterpriseId: z.string(),
    amountFen: fen,
    dueOn: date,
    noticeNumber: z.string(),
    budgetDocumentNumber: z.string(),
    payId: z.string(),
    lot: count.exactOptional(),
  }),
  suspension: z.strictObject({
    status: z.enum(['suspended', 'lifted']),
    events: z.array(z.strictObject({ person: z.string(), what: z.string(), on: date })),
  }),
} as const;
