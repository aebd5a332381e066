import { ensure } from '#shared/errors/fund-error.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Rules, Snapshot } from '../book/decision.ts';
import { dimsOf } from '../book/dims.ts';
import { lossBorne } from '../book/templates-guarantee.ts';
import { addDays, type BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import type { DocumentRef } from '../lending/proposals.ts';
import { requireEdge } from '../machine.ts';
import { formatYuan } from '../money.ts';
import { type ClaimState, claimDigest, claimLinks, claimMachine, readClaim, receivableFen } from './claim.ts';
import { addedIn, onlyFigures } from './exposure.ts';
import { rulesOf } from './moves.ts';
import { contributorsParts } from './recover.ts';
import { watch } from './watch.ts';

/** 核销 of what will not come back of a compensation. */
export interface FinalLossProposal {
  readonly claimId: string;
  /** What is lost, as it stood when it was proposed, in fen. */
  readonly lossFen: bigint;
  readonly reason: string;
  readonly documents: readonly DocumentRef[];
}

export interface ProposeLossPayload extends Omit<FinalLossProposal, 'lossFen'> {
  readonly caseId: string;
}

/**
 * An officer proposes that what is missing of a compensation be confirmed as lost, once the time for recovery is over.
 * @throws ROLE_REQUIRED, CLAIM_NOT_FOUND, STATE_INVALID, LOSS_EARLY, CASE_EXISTS
 */
export const proposeLoss: CommandSpec<ProposeLossPayload> = {
  kind: 'loss.propose',
  primary: (p) => ref('case', p.caseId),
  prefetch: (p) => [ref('claim', p.claimId)],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer');
    const { caseId, ...proposal } = payload;
    const claim = readClaim(state, proposal.claimId);
    requireEdge(claimMachine, 'writeOff', claim.status);
    requireWindowOver(claim, rules, today);
    const finalLoss: FinalLossProposal = { ...proposal, lossFen: receivableFen(claim) };
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'final-loss', finalLoss },
        amountFen: finalLoss.lossFen,
        checks: [],
        links: claimLinks(proposal.claimId, claim),
        summary: `核销代偿损失 ${formatYuan(finalLoss.lossFen)}元`,
      },
      actor,
      rules,
      today,
    );
  },
};

const requireWindowOver = (claim: ClaimState, rules: Rules, today: BusinessDate): void => {
  const { windowDays } = rulesOf(rules, claim).recovery;
  const over = addDays(claim.paidOn ?? today, windowDays);
  ensure(over <= today, 'LOSS_EARLY', { paidOn: claim.paidOn ?? '', from: over });
};

/**
 * The last approval: the loss falls on the contributors as the charter says, exact to the fen; the claim on the borrower is kept
 * off the books (账销案存), and what still comes back goes to those who bore it.
 * @throws STATE_INVALID, CLAIM_OUTDATED when something was recovered since it was proposed
 */
export const writeOffClaim = (
  state: Snapshot,
  { claimId, lossFen }: FinalLossProposal,
  rules: Rules,
  today: BusinessDate,
): ApprovalEffect => {
  const before = readClaim(state, claimId);
  requireEdge(claimMachine, 'writeOff', before.status);
  ensure(receivableFen(before) === lossFen, 'CLAIM_OUTDATED', { receivableFen: String(receivableFen(before)) });
  const charter = rulesOf(rules, before);
  const after: ClaimState = { ...before, status: 'written-off', writtenOffFen: lossFen, allowanceFen: 0n };
  const watched = watch(state, rules, addedIn(before, onlyFigures({ lostFen: lossFen })), today);
  const parts = contributorsParts(charter, lossFen);
  return {
    carriedOut: true,
    changes: [
      { type: 'claim', id: claimId, state: after, priorStatuses: claimMachine.edges.writeOff.from },
      ...watched.changes,
    ],
    head: { paidInFen: -lossFen },
    entry: {
      lines: lossBorne(parts, charter.accounting.equityAccount, before.allowanceFen, dimsOf(claimId, before)),
      links: claimLinks(claimId, before),
      digests: [claimDigest(claimId, after)],
    },
    also: watched.entries,
  };
};
