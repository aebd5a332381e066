import { ensure } from '#shared/errors/fund-error.ts';
import type { CaseState } from '../approvals/case.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { readProposal, requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Snapshot } from '../book/decision.ts';
import { dimsOf } from '../book/dims.ts';
import { equityBought } from '../book/templates-equity.ts';
import { ref } from '../entities.ts';
import { holdingIdOf } from '../equity/holding.ts';
import { idFrom } from '../ids.ts';
import { requireEdge } from '../machine.ts';
import { formatYuan, positiveFen } from '../money.ts';
import { newPayment } from '../payments/payment.ts';
import {
  type CommitmentCallState,
  type CommitmentState,
  commitmentCallDigest,
  commitmentCallIdOf,
  commitmentDigest,
  commitmentMachine,
  INTEREST,
  readCommitment,
  unfundedFen,
} from './commitment.ts';
import type { CommitmentCallProposal } from './proposals.ts';

export interface ProposeCommitmentCallPayload {
  readonly caseId: string;
  readonly call: CommitmentCallProposal;
}

/**
 * A sub-fund calls for a part of what was promised to it.
 * @throws ROLE_REQUIRED, AMOUNT_INVALID, COMMITMENT_NOT_FOUND, STATE_INVALID, COMMITMENT_EXCEEDED
 */
export const proposeCommitmentCall: CommandSpec<ProposeCommitmentCallPayload> = {
  kind: 'commitment.propose-call',
  primary: (p) => ref('case', p.caseId),
  prefetch: (p) => [ref('commitment', p.call.commitmentId)],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer');
    const { caseId, call } = payload;
    const { enterpriseId } = readCallable(state, call);
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'commitment-call', call },
        amountFen: call.amountFen,
        checks: [],
        links: { commitment: call.commitmentId, enterprise: enterpriseId },
        summary: `子基金缴款 ${call.noticeNumber} ${formatYuan(call.amountFen)}元`,
      },
      actor,
      rules,
      today,
    );
  },
};

/** @throws AMOUNT_INVALID, COMMITMENT_NOT_FOUND, STATE_INVALID, COMMITMENT_EXCEEDED */
const readCallable = (state: Snapshot, { commitmentId, amountFen }: CommitmentCallProposal): CommitmentState => {
  positiveFen(amountFen);
  const commitment = readCommitment(state, commitmentId);
  requireEdge(commitmentMachine, 'call', commitment.status);
  ensure(amountFen <= unfundedFen(commitment), 'COMMITMENT_EXCEEDED', {
    commitment: commitmentId,
    unfundedFen: String(unfundedFen(commitment)),
  });
  return commitment;
};

/**
 * The last approval makes the payment, to the account that was approved with the commitment, and holds its amount.
 * FUNDS_INSUFFICIENT follows from the head.
 */
export const approveCommitmentCall = (
  state: Snapshot,
  caseId: string,
  call: CommitmentCallProposal,
  { charterVersion }: CaseState,
): ApprovalEffect => {
  const { commitmentId, amountFen, dueOn, noticeNumber, budgetDocumentNumber } = call;
  const before = readCallable(state, call);
  const { content } = readProposal(state, before.caseId);
  if (content.subject !== 'commitment') throw new Error(`${before.caseId} made no commitment`);
  const { enterpriseId } = before;
  const id = commitmentCallIdOf(caseId);
  const payId = idFrom('PY', [id, 'call']);
  const payment = newPayment(payId, {
    caseId,
    purpose: { type: 'commitment-call', id },
    amountFen,
    payee: content.commitment.payee,
    remittance: `子基金出资 ${noticeNumber}`,
    summary: `缴付子基金出资 ${noticeNumber}`,
    debits: equityBought(amountFen, dimsOf(holdingIdOf(enterpriseId, INTEREST), before)),
    charterVersion,
  });
  const approved: CommitmentCallState = {
    status: 'approved',
    caseId,
    commitmentId,
    enterpriseId,
    amountFen,
    dueOn,
    noticeNumber,
    budgetDocumentNumber,
    payId,
  };
  const after: CommitmentState = { ...before, calledFen: before.calledFen + amountFen };
  return {
    carriedOut: true,
    changes: [
      { type: 'commitment-call', id, state: approved },
      { type: 'commitment', id: commitmentId, state: after, priorStatuses: commitmentMachine.edges.call.from },
      payment.change,
    ],
    head: { heldFen: amountFen },
    entry: {
      links: { 'commitment-call': id, commitment: commitmentId, enterprise: enterpriseId },
      digests: [commitmentCallDigest(id, approved), commitmentDigest(commitmentId, after), payment.digest],
    },
  };
};
