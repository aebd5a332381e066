import * as z from 'zod';
import { TIMERS } from '#shared/domain/charter/guidance.ts';
import {
  commitmentCallProposal,
  commitmentProposal,
  distributionRequest,
  feePaymentProposal,
  investmentProposal,
  recognitionProposal,
  resumptionProposal,
} from '../documents/guidance.ts';
import {
  caseIdText,
  commitmentIdText,
  dateText,
  lineText,
  monthText,
  personIdText,
  recognitionIdText,
  sha256Text,
} from '../scalars.ts';

/** What a guidance fund invests in, and who must be there for it. */
export const guidancePayloads = {
  'investment.propose': z.strictObject({ caseId: caseIdText, investment: investmentProposal }),
  'commitment.propose': z.strictObject({ caseId: caseIdText, commitment: commitmentProposal }),
  'commitment.contract': z.strictObject({
    commitmentId: commitmentIdText,
    contractNumber: lineText(40),
    contractSha256: sha256Text,
    signedOn: dateText,
  }),
  'commitment.propose-call': z.strictObject({ caseId: caseIdText, call: commitmentCallProposal }),
  'commitment.close': z.strictObject({ commitmentId: commitmentIdText, reason: lineText(200) }),
  'distribution.propose': z.strictObject({ caseId: caseIdText, distribution: distributionRequest }),
  'recognition.propose': z.strictObject({ caseId: caseIdText, recognition: recognitionProposal }),
  'recognition.claw-back': z.strictObject({
    recognitionId: recognitionIdText,
    movedOutOn: dateText,
    reason: lineText(200),
    evidenceSha256: sha256Text,
  }),
  'management-fee.accrue': z.strictObject({ month: monthText }),
  'management-fee.propose-payment': z.strictObject({ caseId: caseIdText, fee: feePaymentProposal }),
  'fund.establish': z.strictObject({
    establishedOn: dateText,
    registrationNumber: lineText(60),
    registrationSha256: sha256Text,
  }),
  'timer.alert': z.strictObject({ timer: z.enum(TIMERS), days: z.int().min(1).max(10_000) }),
  'key-person.report': z.strictObject({ person: personIdText, what: lineText(200), on: dateText }),
  'investing.propose-resumption': resumptionProposal.omit({ events: true }).extend({ caseId: caseIdText }),
} as const;
