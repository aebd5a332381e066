import * as z from 'zod';
import { resumeProposal } from '../documents.ts';
import { balanceRow, filingRow, gradingRow } from '../guarantee.ts';
import { bankIdText, caseIdText, filingIdText, firmIdText, lineText } from '../scalars.ts';

/** A row that names its contract, as a command that names the filing. */
const ofFiling = { filingId: filingIdText };

/** Grades, filings, claims and recoveries of risk-compensation funds. */
export const guaranteePayloads = {
  'grade.assess': gradingRow,
  'grade.renew': z.strictObject({ enterpriseId: firmIdText, charterVersion: z.int().min(1).max(10_000) }),
  'filing.file': filingRow.extend({ bankId: bankIdText }),
  'filing.review': z.strictObject({ ...ofFiling, opinion: z.enum(['confirm', 'refuse']), comment: lineText(200) }),
  'filing.withdraw': z.strictObject({ ...ofFiling, reason: lineText(200) }),
  'filing.report': balanceRow.omit({ contractNumber: true }).extend(ofFiling),
  'filing.continue': z.strictObject({ ...ofFiling, months: z.int().min(1).max(120), reason: lineText(200) }),
  'breaker.propose-resume': z.strictObject({ caseId: caseIdText, resume: resumeProposal }),
  'filing.age': z.strictObject(ofFiling),
} as const;
