import type { CaseStatus } from '../approvals/case.ts';
import { readCase, requireSystem } from '../approvals/guards.ts';
import type { CommandSpec } from '../book/decision.ts';
import { addDays, type BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import { type ClaimState, claimDigest, claimLinks, claimMachine, readClaim } from './claim.ts';

export interface RemindPayload {
  readonly claimId: string;
}

/**
 * Looks whether a claim's time limits have been kept: the nightly job asks on the day after each. What is overdue is marked, so
 * that everybody sees it; nothing is decided by it.
 * @throws ROLE_REQUIRED, CLAIM_NOT_FOUND, CASE_NOT_FOUND
 */
export const remindOfClaim: CommandSpec<RemindPayload> = {
  kind: 'claim.remind',
  primary: (p) => ref('claim', p.claimId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireSystem(actor);
    const { claimId } = payload;
    const before = readClaim(state, claimId);
    if (before.status !== 'submitted' || before.remindOn === undefined || before.remindOn > today)
      return { entries: [], changes: [] };
    const { overdue: _, remindOn: _remindOn, ...kept } = before;
    const overdue = overdueAt(before, readCase(state, before.caseId).status, today);
    const next = today > before.decisionDueOn ? undefined : addDays(before.decisionDueOn, 1);
    const after: ClaimState = {
      ...kept,
      ...(overdue === undefined ? {} : { overdue }),
      ...(next === undefined ? {} : { remindOn: next }),
    };
    return {
      entries: [
        {
          type: overdue === undefined ? 'claim.on-time' : 'claim.overdue',
          businessDate: today,
          summary: overdue === undefined ? '初审按期完成' : NAMES[overdue],
          links: { case: before.caseId, ...claimLinks(claimId, before) },
          facts: { firstReviewDueOn: before.firstReviewDueOn, decisionDueOn: before.decisionDueOn },
          digests: [claimDigest(claimId, after)],
        },
      ],
      changes: [{ type: 'claim', id: claimId, state: after, priorStatuses: claimMachine.edges.remind.from }],
    };
  },
};

const NAMES = { 'first-review': '初审超期', decision: '审定超期' } as const;

/** A claim sent back to its bank is in the bank's hands, not late. */
const overdueAt = (claim: ClaimState, status: CaseStatus, today: BusinessDate): ClaimState['overdue'] => {
  if (status === 'returned') return undefined;
  if (today > claim.decisionDueOn) return 'decision';
  return status === 'submitted' ? 'first-review' : undefined;
};
