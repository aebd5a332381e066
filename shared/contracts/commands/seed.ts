import * as z from 'zod';
import { conversionProposal, publicEquityProposal } from '../documents/seed.ts';
import { acquisitionIdText, caseIdText } from '../scalars.ts';

/** What a seed fund does beside lending. */
export const seedPayloads = {
  'public-equity.propose': z.strictObject({ caseId: caseIdText, equity: publicEquityProposal }),
  'conversion.propose': z.strictObject({ caseId: caseIdText, conversion: conversionProposal }),
  'conversion.book': z.strictObject({ acquisitionId: acquisitionIdText }),
} as const;
