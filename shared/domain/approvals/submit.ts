import { ensure } from '#shared/errors/fund-error.ts';
import type { Decision, EntityChange, Rules, Snapshot } from '../book/decision.ts';
import type { Actor, Digest, EntryDraft } from '../book/entry.ts';
import { addDays, addWorkingDays, type BusinessDate } from '../calendar.ts';
import { FOUNDING_TIER, tierFor } from '../charter/authority.ts';
import type { AuthorityTier } from '../charter/base.ts';
import { requireEdge } from '../machine.ts';
import { hashOf } from '../wire.ts';
import { type CaseState, caseMachine, type ProposalContent, type ProposalState } from './case.ts';
import { caseDigest } from './digest.ts';

/** What a new or resubmitted case brings. */
export interface Submission {
  readonly caseId: string;
  readonly content: ProposalContent;
  readonly amountFen: bigint;
  readonly checks: ProposalState['checks'];
  readonly interested?: readonly string[];
  readonly links: EntryDraft['links'];
  readonly summary: string;
  /** What else changes with it, after the case. */
  readonly changes?: readonly EntityChange[];
  readonly digests?: readonly Digest[];
}

/** The tier a case is decided under: its charter version's, or the founding rule. */
export const tierOf = (
  found: Pick<CaseState, 'subject' | 'amountFen' | 'charterVersion'>,
  rules: Rules,
): AuthorityTier =>
  found.charterVersion === 0
    ? FOUNDING_TIER
    : tierFor(rules.version(found.charterVersion), found.subject, found.amountFen);

/**
 * Where a case goes once it was submitted, or once risk review or committee have agreed: to the next of review, committee,
 * public notice and final approval that its tier asks for.
 */
export const stepAfter = (
  agreed: 'submission' | 'review' | 'committee',
  tier: AuthorityTier,
  rules: Rules,
  today: BusinessDate,
): Pick<CaseState, 'status' | 'noticeEndsOn'> => {
  if (agreed === 'submission' && tier.review) return { status: 'submitted' };
  if (agreed !== 'committee' && tier.committee) return { status: 'voting' };
  const { noticeWorkingDays } = tier;
  return noticeWorkingDays === 0
    ? { status: 'approving' }
    : { status: 'on-notice', noticeEndsOn: addWorkingDays(today, noticeWorkingDays, rules.calendar) };
};

/**
 * Opens a case: freezes the rules it is decided under and the content that decisions bind.
 * @throws CASE_EXISTS
 */
export const openCase = (state: Snapshot, s: Submission, actor: Actor, rules: Rules, today: BusinessDate): Decision => {
  ensure(state.read('case', s.caseId) === undefined, 'CASE_EXISTS', { caseId: s.caseId });
  const bare = { subject: s.content.subject, amountFen: s.amountFen, charterVersion: rules.versionInForce };
  const tier = tierOf(bare, rules);
  const opened: CaseState = {
    ...bare,
    ...stepAfter('submission', tier, rules, today),
    maker: actor.id,
    ...(s.interested === undefined ? {} : { interested: s.interested }),
    revision: 1,
    payloadHash: hashOf(s.content),
    votes: [],
    approvals: [],
    submittedOn: today,
    expiresOn: addDays(today, tier.expiresAfterDays),
  };
  return submission(s, opened, 'case.submitted', today);
};

/**
 * Puts a changed proposal in place of the old one. Every decision made on the old one is void.
 * @throws STATE_INVALID
 */
export const reopenCase = (s: Submission, before: CaseState, rules: Rules, today: BusinessDate): Decision => {
  requireEdge(caseMachine, 'resubmit', before.status);
  const { reviewer: _reviewer, noticeEndsOn: _noticeEndsOn, ...kept } = before;
  const tier = tierOf({ ...kept, amountFen: s.amountFen }, rules);
  const reopened: CaseState = {
    ...kept,
    ...stepAfter('submission', tier, rules, today),
    amountFen: s.amountFen,
    revision: before.revision + 1,
    payloadHash: hashOf(s.content),
    votes: [],
    approvals: [],
  };
  return submission(s, reopened, 'case.resubmitted', today);
};

const submission = (s: Submission, after: CaseState, type: string, today: BusinessDate): Decision => ({
  entries: [
    {
      type,
      businessDate: today,
      summary: s.summary,
      links: { case: s.caseId, ...s.links },
      facts: { hash: after.payloadHash, revision: String(after.revision) },
      digests: [caseDigest(s.caseId, after, s.summary), ...(s.digests ?? [])],
    },
  ],
  changes: [
    { type: 'case', id: s.caseId, state: after },
    {
      type: 'proposal',
      id: s.caseId,
      state: { revision: after.revision, content: s.content, checks: s.checks },
    },
    ...(s.changes ?? []),
  ],
});
