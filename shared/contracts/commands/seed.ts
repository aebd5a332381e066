import * as z from 'zod';
import { documentRef } from '../document-ref.ts';
import { conversionProposal, publicEquityProposal } from '../documents/seed.ts';
import { acquisitionIdText, caseIdText, dateText, loanIdText, slugText } from '../scalars.ts';

/** What a seed fund does beside lending. */
export const seedPayloads = {
  'public-equity.propose': z.strictObject({ caseId: caseIdText, equity: publicEquityProposal }),
  'conversion.propose': z.strictObject({ caseId: caseIdText, conversion: conversionProposal }),
  'milestone.confirm': z.strictObject({
    loanId: loanIdText,
    milestoneId: slugText,
    metOn: dateText,
    documents: z.array(documentRef).max(10),
  }),
  'conversion.book': z.strictObject({ acquisitionId: acquisitionIdText }),
} as const;
