import { ensure } from '#shared/errors/fund-error.ts';
import { readCase, requireBank } from '../approvals/guards.ts';
import { openCase, reopenCase, type Submission } from '../approvals/submit.ts';
import type { CommandSpec, EntityChange, Rules, Snapshot } from '../book/decision.ts';
import { addDays, addWorkingDays, type BusinessDate } from '../calendar.ts';
import { coverRules } from '../charter/charter.ts';
import { ref } from '../entities.ts';
import { readEnterprise } from '../lending/hold.ts';
import { requireEdge } from '../machine.ts';
import { formatYuan } from '../money.ts';
import { assess, checkClaim } from './assessment.ts';
import {
  type ClaimProposal,
  type ClaimState,
  type ClaimStatement,
  claimDigest,
  claimIdOf,
  claimLinks,
  claimMachine,
  readOwnClaim,
} from './claim.ts';
import { type FilingState, filingMachine, readFiling, readOwnFiling } from './filing.ts';
import { filingDigest, rulesOf } from './moves.ts';

export interface SubmitClaimPayload extends ClaimStatement {
  readonly filingId: string;
  readonly caseId: string;
}

/**
 * A bank claims on a loan it has filed (补偿申请). The rules assess the claim, a case of the charter's authority matrix decides
 * it, time limits begin to run, and what it would cost is taken off the enterprise's cumulative cap at once.
 * @throws ROLE_REQUIRED, BANK_NOT_NAMED, FILING_NOT_FOUND, STATE_INVALID, CASE_EXISTS and what {@link checkClaim} and
 *   {@link assess} refuse
 */
export const submitClaim: CommandSpec<SubmitClaimPayload> = {
  kind: 'claim.submit',
  primary: (p) => ref('claim', claimIdOf(p.filingId)),
  prefetch: (p) => [ref('filing', p.filingId), ref('case', p.caseId), ref('proposal', p.caseId)],
  decide: (state, { payload, actor }, rules, today) => {
    const { filingId, caseId, ...statement } = payload;
    const filing = readOwnFiling(state, filingId, requireBank(actor));
    requireEdge(filingMachine, 'claim', filing.status);
    const before = state.read('claim', claimIdOf(filingId));
    if (before !== undefined) requireEdge(claimMachine, 'submit', before.status);
    const proposal = propose(state, filingId, filing, statement, rules, 0n, today);
    const claim = newClaim(filing, caseId, proposal, rules, today);
    const submitted = submission(claim, proposal, filing.contractNumber, before === undefined ? undefined : 'submit');
    const claimed: FilingState = { ...filing, status: 'claimed' };
    return openCase(
      state,
      {
        ...submitted,
        changes: [
          ...submitted.changes,
          { type: 'filing', id: filingId, state: claimed, priorStatuses: filingMachine.edges.claim.from },
          reserve(state, filing.enterpriseId, proposal.assessment.fundFen),
        ],
        digests: [...submitted.digests, filingDigest(filingId, claimed)],
      },
      actor,
      rules,
      today,
    );
  },
};

export interface ResubmitClaimPayload extends ClaimStatement {
  readonly claimId: string;
}

/**
 * The bank hands in a changed claim, because it was returned or because something has been repaid; all decisions made on the
 * old one are void, and the time limits begin anew.
 * @throws ROLE_REQUIRED, BANK_NOT_NAMED, CLAIM_NOT_FOUND, STATE_INVALID and what claiming refuses
 */
export const resubmitClaim: CommandSpec<ResubmitClaimPayload> = {
  kind: 'claim.resubmit',
  primary: (p) => ref('claim', p.claimId),
  decide: (state, { payload, actor }, rules, today) => {
    const { claimId, ...statement } = payload;
    const before = readOwnClaim(state, claimId, requireBank(actor));
    requireEdge(claimMachine, 'resubmit', before.status);
    const { caseId, filingId } = before;
    state.foresee([
      ref('filing', filingId),
      ref('case', caseId),
      ref('proposal', caseId),
      ref('enterprise', before.enterpriseId),
    ]);
    const filing = readFiling(state, filingId);
    ensure(filing.status === 'claimed', 'CLAIM_OUTDATED', { filing: filing.status });
    const proposal = propose(state, filingId, filing, statement, rules, before.fundFen, today);
    const claim = newClaim(filing, caseId, proposal, rules, today);
    const submitted = submission(claim, proposal, filing.contractNumber, 'resubmit');
    const reserved = reserve(state, filing.enterpriseId, proposal.assessment.fundFen - before.fundFen);
    const changed = { ...submitted, changes: [...submitted.changes, reserved] };
    return reopenCase(changed, readCase(state, caseId), rules, today);
  },
};

/** The claim as it will be decided on; `reservedFen` of the cumulative cap is its own already. */
const propose = (
  state: Snapshot,
  filingId: string,
  filing: FilingState,
  statement: ClaimStatement,
  rules: Rules,
  reservedFen: bigint,
  today: BusinessDate,
): ClaimProposal => {
  const charter = rulesOf(rules, filing);
  checkClaim(filing, statement, charter, today);
  const { compensatedFen = 0n } = readEnterprise(state, filing.enterpriseId);
  return { filingId, ...statement, assessment: assess(filing, statement, charter, compensatedFen - reservedFen) };
};

/** The case that decides a claim, and the claim beside it; `edge` is absent where the claim is new. */
const submission = (
  claim: ClaimState,
  proposal: ClaimProposal,
  contractNumber: string,
  edge?: 'submit' | 'resubmit',
): Submission & Required<Pick<Submission, 'changes' | 'digests'>> => {
  const id = claimIdOf(claim.filingId);
  const { fundFen, principalFen, overCeilingFen, overCapFen } = proposal.assessment;
  return {
    caseId: claim.caseId,
    content: { subject: 'claim', claim: proposal },
    amountFen: fundFen,
    checks: [
      { label: `本金 ${formatYuan(principalFen)}元，基金承担 ${formatYuan(fundFen)}元`, passed: true },
      { label: '各级财政分担合计未超过上限', passed: overCeilingFen === 0n },
      { label: '未超过单户累计代偿上限', passed: overCapFen === 0n },
    ],
    links: claimLinks(id, claim),
    summary: `补偿申请 ${contractNumber} ${formatYuan(fundFen)}元`,
    changes: [
      {
        type: 'claim',
        id,
        state: claim,
        ...(edge === undefined ? {} : { priorStatuses: claimMachine.edges[edge].from }),
      },
    ],
    digests: [claimDigest(id, claim)],
  };
};

const newClaim = (
  filing: FilingState,
  caseId: string,
  { filingId, interestFen, assessment }: ClaimProposal,
  rules: Rules,
  today: BusinessDate,
): ClaimState => {
  const { claims } = coverRules(rules.inForce());
  const firstReviewDueOn = addWorkingDays(today, claims.firstReviewWorkingDays, rules.calendar);
  return {
    status: 'submitted',
    filingId,
    bankId: filing.bankId,
    district: filing.district,
    enterpriseId: filing.enterpriseId,
    ...(filing.guarantorId === undefined ? {} : { guarantorId: filing.guarantorId }),
    caseId,
    charterVersion: filing.charterVersion,
    lossFen: assessment.principalFen + assessment.interestFen,
    fundFen: assessment.fundFen,
    guarantorFen: assessment.guarantorFen,
    bankFen: assessment.bankFen,
    uncoveredFen: filing.uncoveredOutstandingFen,
    interestOwedFen: interestFen - assessment.interestFen,
    allowanceFen: 0n,
    submittedOn: today,
    firstReviewDueOn,
    decisionDueOn: addWorkingDays(today, claims.decisionWorkingDays, rules.calendar),
    remindOn: addDays(firstReviewDueOn, 1),
    costOpenFen: 0n,
    sharedFen: 0n,
    interestPaidFen: 0n,
    fundRecoveredFen: 0n,
    writtenOffFen: 0n,
    receipts: 0,
  };
};

/** Takes an amount off the enterprise's cumulative cap, or gives it back. */
export const reserve = (state: Snapshot, enterpriseId: string, amountFen: bigint): EntityChange => {
  const enterprise = readEnterprise(state, enterpriseId);
  const compensatedFen = (enterprise.compensatedFen ?? 0n) + amountFen;
  return { type: 'enterprise', id: enterpriseId, state: { ...enterprise, compensatedFen } };
};
