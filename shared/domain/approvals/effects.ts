import type { Rules, Snapshot } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import { approveRefund } from '../capital/refund-case.ts';
import { adoptCharter } from '../charter/adopt.ts';
import { approveExit } from '../equity/exit-case.ts';
import { giveUpPurchase } from '../equity/purchase.ts';
import { writeOffHolding } from '../equity/write-off.ts';
import { approveClaim, refuseClaim } from '../guarantee/claim-case.ts';
import { writeOffClaim } from '../guarantee/final-loss.ts';
import { resumeFilings } from '../guarantee/resume.ts';
import { approveCommitment, giveUpCommitment } from '../guidance/commit.ts';
import { approveCommitmentCall } from '../guidance/commitment-call.ts';
import { approveDistribution } from '../guidance/distribution-case.ts';
import { approveFeePayment } from '../guidance/fee-payment.ts';
import { approveInvestment, placeOfInvestment } from '../guidance/invest.ts';
import { approveRecognition } from '../guidance/recognition.ts';
import { liftSuspension } from '../guidance/suspension.ts';
import { extendLoan, novateLoan, writeOffLoan } from '../lending/changes.ts';
import { holdForLoan, releaseExposure } from '../lending/hold.ts';
import { approveConversion, placeOfConversion } from '../seed/conversion.ts';
import { approvePublicEquity, placeOfPurchase } from '../seed/public-equity.ts';
import type { CaseState, ProposalContent } from './case.ts';
import type { ApprovalEffect, Effect } from './effect.ts';

/** What the last final approval sets in motion, by subject. */
export const onApproved = (
  state: Snapshot,
  caseId: string,
  found: CaseState,
  content: ProposalContent,
  rules: Rules,
  today: BusinessDate,
): ApprovalEffect => {
  switch (content.subject) {
    case 'loan':
      return { carriedOut: false, ...holdForLoan(content.application) };
    case 'extension':
      return { carriedOut: true, ...extendLoan(state, content.extension, rules, today) };
    case 'novation':
      return { carriedOut: true, ...novateLoan(state, content.novation, rules) };
    case 'write-off':
      return { carriedOut: true, ...writeOffLoan(state, content.writeOff) };
    case 'charter':
      return { carriedOut: true, ...adoptCharter(state, content.charter, today) };
    case 'refund':
      return approveRefund(state, caseId, content.refund, found.charterVersion, rules);
    case 'claim':
      return approveClaim(state, caseId, content.claim, rules, today);
    case 'final-loss':
      return writeOffClaim(state, content.finalLoss, rules, today);
    case 'public-equity':
      return approvePublicEquity(caseId, content.equity, found);
    case 'conversion':
      return approveConversion(state, caseId, content.conversion, found, rules);
    case 'resume-bank':
      return { carriedOut: true, ...resumeFilings(state, content.resume, rules, today) };
    case 'exit':
      return approveExit(state, caseId, content.exit);
    case 'equity-write-off':
      return writeOffHolding(state, content.writeOff);
    case 'investment':
      return approveInvestment(state, caseId, content.investment, found, rules);
    case 'commitment':
      return approveCommitment(state, caseId, content.commitment, found, rules);
    case 'commitment-call':
      return approveCommitmentCall(state, caseId, content.call, found);
    case 'resumption':
      return liftSuspension(state, content.resumption);
    case 'distribution':
      return approveDistribution(state, caseId, content.distribution, found, rules, today);
    case 'recognition':
      return approveRecognition(state, caseId, content.recognition, found.charterVersion, rules);
    case 'management-fee':
      return approveFeePayment(state, caseId, content.fee, found);
  }
};

/** What a case that comes to nothing gives back: its place under the limits, and its hold. */
export const onGivenUp = (state: Snapshot, caseId: string, before: CaseState, content: ProposalContent): Effect => {
  switch (content.subject) {
    case 'loan':
      return {
        changes: [releaseExposure(state, content.application.applicant.id, content.application.amountFen)],
        ...(before.status === 'approved' ? { head: { heldFen: -content.application.amountFen } } : {}),
      };
    case 'claim':
      return refuseClaim(state, content.claim);
    case 'public-equity':
      return giveUpPurchase(state, caseId, before, placeOfPurchase(content.equity));
    case 'conversion':
      return giveUpPurchase(state, caseId, before, placeOfConversion(state, content.conversion));
    case 'investment':
      return giveUpPurchase(state, caseId, before, placeOfInvestment(content.investment));
    case 'commitment':
      return giveUpCommitment(state, content.commitment);
    default:
      return {};
  }
};
