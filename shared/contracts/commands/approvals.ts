import * as z from 'zod';
import { charterDocument } from '../documents.ts';
import { caseIdText, dateText, hashText, lineText, personIdText } from '../scalars.ts';

/** What a decider was shown; every decision carries it. */
export const shown = { revision: z.int().min(1).max(10_000), payloadHash: hashText };

/** Cases, votes and charters. */
export const approvalsPayloads = {
  'charter.propose': z.strictObject({ caseId: caseIdText, charter: charterDocument }),
  'case.review': z.strictObject({
    caseId: caseIdText,
    ...shown,
    opinion: z.enum(['pass', 'return', 'reject']),
    comment: lineText(200),
  }),
  'case.vote': z.strictObject({
    caseId: caseIdText,
    ...shown,
    choice: z.enum(['approve', 'reject', 'abstain', 'recuse', 'veto']),
    ground: z.string().max(40).exactOptional(),
    onBehalfOf: personIdText.exactOptional(),
    comment: lineText(200),
  }),
  'case.object': z.strictObject({ caseId: caseIdText, reason: lineText(200) }),
  'case.approve': z.strictObject({ caseId: caseIdText, ...shown }),
  'case.reject': z.strictObject({ caseId: caseIdText, ...shown, reason: lineText(200) }),
  'case.withdraw': z.strictObject({ caseId: caseIdText, reason: lineText(200) }),
  'case.lapse': z.strictObject({ caseId: caseIdText }),
  'delegation.give': z.strictObject({ to: personIdText, firstDay: dateText, lastDay: dateText }),
} as const;
