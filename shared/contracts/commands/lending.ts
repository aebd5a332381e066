import * as z from 'zod';
import { CLOSE_LOANS_MAX } from '#shared/domain/lending/close.ts';
import { extensionProposal, loanApplication, novationProposal, writeOffProposal } from '../documents.ts';
import { caseIdText, dateText, lineText, loanIdText, sha256Text } from '../scalars.ts';
import { bankLine } from './bank-line.ts';

/** Loans and the daily close. */
export const lendingPayloads = {
  'loan.apply': z.strictObject({ caseId: caseIdText, application: loanApplication }),
  'loan.reapply': z.strictObject({ caseId: caseIdText, application: loanApplication }),
  'loan.contract': z.strictObject({
    caseId: caseIdText,
    contractNumber: lineText(40),
    contractSha256: sha256Text,
    signedOn: dateText,
  }),
  'loan.reinstruct': z.strictObject({ loanId: loanIdText, reason: lineText(200) }),
  'loan.cancel': z.strictObject({ loanId: loanIdText, reason: lineText(200) }),
  'loan.instruct': z.strictObject({ loanId: loanIdText }),
  'loan.repay': z.strictObject({ loanId: loanIdText, line: bankLine }),
  'loan.propose-extension': z.strictObject({
    caseId: caseIdText,
    content: z.strictObject({ subject: z.literal('extension'), extension: extensionProposal }),
  }),
  'loan.propose-novation': z.strictObject({
    caseId: caseIdText,
    content: z.strictObject({ subject: z.literal('novation'), novation: novationProposal }),
  }),
  'loan.propose-write-off': z.strictObject({
    caseId: caseIdText,
    content: z.strictObject({ subject: z.literal('write-off'), writeOff: writeOffProposal }),
  }),
  'day.close': z.strictObject({
    through: dateText,
    loanIds: z.array(loanIdText).max(CLOSE_LOANS_MAX),
    last: z.boolean(),
  }),
} as const;
