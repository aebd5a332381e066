import { ensure } from '#shared/errors/fund-error.ts';
import type { CaseState } from '../approvals/case.ts';
import type { ApprovalEffect, Effect } from '../approvals/effect.ts';
import { readCase, requireFresh, requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Decision, EntityChange, Rules, Snapshot } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import { guidanceRules } from '../charter/charter.ts';
import { ref } from '../entities.ts';
import { introduce } from '../equity/introduce.ts';
import { moveStake } from '../equity/stake.ts';
import { requireEdge } from '../machine.ts';
import { formatYuan } from '../money.ts';
import { checkCommitment } from './checks.ts';
import {
  type CommitmentState,
  commitmentDigest,
  commitmentIdOf,
  commitmentMachine,
  readCommitment,
} from './commitment.ts';
import { dealRefs, requireStillAllowed } from './invest.ts';
import type { CommitmentProposal } from './proposals.ts';
import { requireInvesting } from './suspension.ts';

export interface ProposeCommitmentPayload {
  readonly caseId: string;
  readonly commitment: CommitmentProposal;
}

/**
 * An officer proposes a commitment to a sub-fund. All of it takes its place under the limits at once.
 * @throws ROLE_REQUIRED, INVESTING_SUSPENDED, and what {@link checkCommitment} and {@link introduce} refuse
 */
export const proposeCommitment: CommandSpec<ProposeCommitmentPayload> = {
  kind: 'commitment.propose',
  primary: (p) => ref('case', p.caseId),
  prefetch: (p) => dealRefs(p.commitment),
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer');
    const { caseId, commitment } = payload;
    const charter = guidanceRules(rules.inForce(), commitment.instrument);
    const investee = introduce(state, commitment.investee, commitment.sector);
    const checks = checkCommitment(state, charter, commitment, investee.before, today);
    requireInvesting(state);
    const { amountFen, interested } = commitment;
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'commitment', commitment },
        amountFen,
        checks,
        interested,
        links: { enterprise: commitment.investee.id },
        changes: investee.changes({ exposureFen: amountFen }),
        summary: `${commitment.investee.name} 子基金出资承诺 ${formatYuan(amountFen)}元`,
      },
      actor,
      rules,
      today,
    );
  },
};

/** The last approval makes the promise; its money is held call by call. @throws INVESTING_SUSPENDED, INVESTMENT_REFUSED */
export const approveCommitment = (
  state: Snapshot,
  caseId: string,
  commitment: CommitmentProposal,
  { charterVersion }: CaseState,
  rules: Rules,
): ApprovalEffect => {
  requireStillAllowed(state, commitment, charterVersion, rules);
  const id = commitmentIdOf(caseId);
  const approved: CommitmentState = {
    status: 'approved',
    caseId,
    charterVersion,
    enterpriseId: commitment.investee.id,
    committedFen: commitment.amountFen,
    calledFen: 0n,
    paidFen: 0n,
  };
  return {
    carriedOut: true,
    changes: [{ type: 'commitment', id, state: approved }],
    entry: {
      links: { commitment: id, enterprise: approved.enterpriseId },
      digests: [commitmentDigest(id, approved, commitment.investee.name)],
    },
  };
};

/** A proposal that comes to nothing gives its place under the limits back. */
export const giveUpCommitment = (state: Snapshot, { investee, amountFen }: CommitmentProposal): Effect => ({
  changes: moveStake(state, investee.id, { exposureFen: -amountFen }),
});

/** Moves a commitment along an edge by itself. */
const step = (
  edge: 'contract' | 'close',
  id: string,
  after: CommitmentState,
  entry: { readonly type: string; readonly summary: string; readonly facts?: Readonly<Record<string, string>> },
  businessDate: BusinessDate,
  more: readonly EntityChange[] = [],
): Decision => ({
  entries: [
    {
      ...entry,
      businessDate,
      links: { commitment: id, case: after.caseId, enterprise: after.enterpriseId },
      digests: [commitmentDigest(id, after)],
    },
  ],
  changes: [{ type: 'commitment', id, state: after, priorStatuses: commitmentMachine.edges[edge].from }, ...more],
});

export interface ContractCommitmentPayload {
  readonly commitmentId: string;
  readonly contractNumber: string;
  /** SHA-256 of the signed partnership agreement, hex. */
  readonly contractSha256: string;
  readonly signedOn: BusinessDate;
}

/**
 * The partnership agreement is signed; from here the sub-fund may call.
 * @throws ROLE_REQUIRED, COMMITMENT_NOT_FOUND, STATE_INVALID, CASE_EXPIRED, DATE_INVALID
 */
export const contractCommitment: CommandSpec<ContractCommitmentPayload> = {
  kind: 'commitment.contract',
  primary: (p) => ref('commitment', p.commitmentId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'officer');
    const { commitmentId: id, contractNumber, signedOn } = payload;
    const before = readCommitment(state, id);
    requireEdge(commitmentMachine, 'contract', before.status);
    requireFresh(readCase(state, before.caseId), today);
    ensure(signedOn <= today, 'DATE_INVALID', { signedOn });
    const entry = {
      type: 'commitment.contracted',
      summary: `签订子基金合伙协议 ${contractNumber}`,
      facts: { sha256: payload.contractSha256, signedOn },
    };
    return step('contract', id, { ...before, status: 'active', contractNumber }, entry, today);
  },
};

export interface CloseCommitmentPayload {
  readonly commitmentId: string;
  readonly reason: string;
}

/**
 * The director ends a commitment of which nothing is on its way: what was not called will not be, and frees its place
 * under the limits.
 * @throws ROLE_REQUIRED, COMMITMENT_NOT_FOUND, STATE_INVALID, PAYMENT_OPEN
 */
export const closeCommitment: CommandSpec<CloseCommitmentPayload> = {
  kind: 'commitment.close',
  primary: (p) => ref('commitment', p.commitmentId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'director');
    const { commitmentId: id, reason } = payload;
    const before = readCommitment(state, id);
    requireEdge(commitmentMachine, 'close', before.status);
    ensure(before.calledFen === before.paidFen, 'PAYMENT_OPEN', {
      openFen: String(before.calledFen - before.paidFen),
    });
    const exposureFen = before.paidFen - before.committedFen;
    const entry = { type: 'commitment.closed', summary: reason };
    const changes = moveStake(state, before.enterpriseId, { exposureFen });
    return step('close', id, { ...before, status: 'closed' }, entry, today, changes);
  },
};
