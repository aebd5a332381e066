import * as z from 'zod';
import {
  commitmentCallProposal,
  commitmentProposal,
  investmentProposal,
  resumptionProposal,
} from '../documents/guidance.ts';
import { caseIdText, commitmentIdText, dateText, lineText, personIdText, sha256Text } from '../scalars.ts';

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
  'key-person.report': z.strictObject({ person: personIdText, what: lineText(200), on: dateText }),
  'investing.propose-resumption': resumptionProposal.omit({ events: true }).extend({ caseId: caseIdText }),
} as const;
