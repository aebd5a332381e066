import * as z from 'zod';
import { refundProposal } from '../documents.ts';
import { callIdText, caseIdText, dateText, fenText, lineText } from '../scalars.ts';
import { bankLine } from './bank-line.ts';

/** Capital called and received. */
export const capitalPayloads = {
  'capital.call': z.strictObject({
    callId: callIdText,
    amountFen: fenText,
    dueOn: dateText,
    documentNumber: lineText(60),
    budgetDocumentNumber: lineText(60).exactOptional(),
  }),
  'capital.receive': z.strictObject({ callId: callIdText, contributor: z.string().max(16), line: bankLine }),
  'capital.cancel-call': z.strictObject({ callId: callIdText, reason: lineText(200) }),
  'capital.propose-refund': z.strictObject({ caseId: caseIdText, refund: refundProposal }),
} as const;
