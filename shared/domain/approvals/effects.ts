import type { Rules, Snapshot } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import { approveRefund } from '../capital/refund-case.ts';
import { adoptCharter } from '../charter/adopt.ts';
import { approveExit } from '../equity/exit-case.ts';
import { writeOffHolding } from '../equity/write-off.ts';
import { approveClaim, refuseClaim } from '../guarantee/claim-case.ts';
import { writeOffClaim } from '../guarantee/final-loss.ts';
import { resumeFilings } from '../guarantee/resume.ts';
import { extendLoan, novateLoan, writeOffLoan } from '../lending/changes.ts';
import { holdForLoan, releaseExposure } from '../lending/hold.ts';
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
      return approveRefund(caseId, content.refund, found.charterVersion, rules);
    case 'claim':
      return approveClaim(state, caseId, content.claim, rules, today);
    case 'final-loss':
      return writeOffClaim(state, content.finalLoss, rules, today);
    case 'resume-bank':
      return { carriedOut: true, ...resumeFilings(state, content.resume, rules, today) };
    case 'exit':
      return approveExit(state, caseId, content.exit);
    case 'equity-write-off':
      return writeOffHolding(state, content.writeOff);
  }
};

/**
 * What a case that comes to nothing gives back: a loan case its place under the enterprise's limit, and its hold; a claim its
 * place under the enterprise's cap.
 */
export const onGivenUp = (state: Snapshot, before: CaseState, content: ProposalContent): Effect => {
  if (content.subject === 'claim') return refuseClaim(state, content.claim);
  if (content.subject !== 'loan') return {};
  return {
    changes: [releaseExposure(state, content.application.applicant.id, content.application.amountFen)],
    ...(before.status === 'approved' ? { head: { heldFen: -content.application.amountFen } } : {}),
  };
};
