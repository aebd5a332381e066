import * as z from 'zod';
import { finalLossProposal, resumeProposal } from '../documents/guarantee.ts';
import { balanceRow, claimStatement, filingRow, gradingRow } from '../guarantee.ts';
import {
  bankIdText,
  caseIdText,
  claimIdText,
  dateText,
  fenText,
  filingIdText,
  firmIdText,
  lineText,
  payIdText,
  recoveryIdText,
  sha256Text,
} from '../scalars.ts';

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
  'filing.age': z.strictObject(ofFiling),
  'breaker.propose-resume': z.strictObject({ caseId: caseIdText, resume: resumeProposal }),
  'claim.submit': z.strictObject({ ...ofFiling, caseId: caseIdText, ...claimStatement }),
  'claim.resubmit': z.strictObject({ claimId: claimIdText, ...claimStatement }),
  'claim.remind': z.strictObject({ claimId: claimIdText }),
  'recovery.report': z.strictObject({
    recoveryId: recoveryIdText,
    claimId: claimIdText,
    collectedFen: fenText,
    costFen: fenText,
    collectedOn: dateText,
    evidenceSha256: sha256Text,
    note: lineText(200),
  }),
  'loss.propose': finalLossProposal.omit({ lossFen: true }).extend({ caseId: caseIdText }),
  'payment.reissue': z.strictObject({ payId: payIdText }),
} as const;
