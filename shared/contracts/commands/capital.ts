import * as z from 'zod';
import { callIdText, dateText, fenText, lineText } from '../scalars.ts';
import { bankLine } from './bank-line.ts';

/** Capital called and received. */
export const capitalPayloads = {
  'capital.call': z.strictObject({
    callId: callIdText,
    amountFen: fenText,
    dueOn: dateText,
    documentNumber: lineText(60),
  }),
  'capital.receive': z.strictObject({ callId: callIdText, contributor: z.string().max(16), line: bankLine }),
  'capital.cancel-call': z.strictObject({ callId: callIdText, reason: lineText(200) }),
} as const;
