import { ensure, FundError } from '#shared/errors/fund-error.ts';
import type { CommandSpec, Rules, Snapshot } from '../book/decision.ts';
import type { Actor } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import { requireEdge } from '../machine.ts';
import { type CaseState, caseMachine, type Vote } from './case.ts';
import { tally } from './committee.ts';
import { onApproved } from './effects.ts';
import {
  conflicted,
  readCase,
  readProposal,
  requireFresh,
  requireRole,
  requireShown,
  requireStranger,
  type Shown,
} from './guards.ts';
import { giveUp, step } from './step.ts';
import { stepAfter, tierOf } from './submit.ts';
import { vetoCase } from './veto.ts';

const primary = (p: { readonly caseId: string }) => ref('case', p.caseId);

export interface ReviewPayload extends Shown {
  readonly caseId: string;
  readonly opinion: 'pass' | 'return' | 'reject';
  readonly comment: string;
}

/**
 * Risk review (复核).
 * @throws ROLE_REQUIRED, CASE_NOT_FOUND, STATE_INVALID, CASE_CHANGED, CASE_EXPIRED, DUTIES_NOT_SEPARATE
 */
export const reviewCase: CommandSpec<ReviewPayload> = {
  kind: 'case.review',
  primary,
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'reviewer');
    const found = readCase(state, payload.caseId);
    requireEdge(caseMachine, 'review', found.status);
    requireShown(found, payload);
    requireFresh(found, today);
    requireStranger(found, actor.id);
    const entry = {
      type: 'case.reviewed',
      businessDate: today,
      summary: payload.comment,
      facts: { opinion: payload.opinion, hash: payload.payloadHash },
    };
    const reviewed = { ...found, reviewer: actor.id };
    if (payload.opinion === 'return') return step('review', payload.caseId, { ...found, status: 'returned' }, entry);
    if (payload.opinion === 'reject')
      return giveUp(state, 'review', payload.caseId, { ...reviewed, status: 'rejected' }, entry);
    const after = { ...reviewed, ...stepAfter('review', tierOf(found, rules), rules, today) };
    return step('review', payload.caseId, after, entry);
  },
};

export interface VotePayload extends Shown {
  readonly caseId: string;
  readonly choice: Vote['choice'];
  /** The member whose vote it is, when a delegate casts it. */
  readonly onBehalfOf?: string;
  /** The ground of a veto, one of those the charter names. */
  readonly ground?: string;
  readonly comment: string;
}

/**
 * One vote of the committee (投决会票决), or the observer's veto.
 * @throws ROLE_REQUIRED, NOT_A_MEMBER, NOT_THE_OBSERVER, VETO_WITHOUT_GROUND, DELEGATION_MISSING, ALREADY_VOTED, DUTIES_NOT_SEPARATE, CASE_CHANGED, CASE_EXPIRED
 */
export const voteOnCase: CommandSpec<VotePayload> = {
  kind: 'case.vote',
  primary,
  prefetch: (p) => (p.onBehalfOf === undefined ? [] : [ref('delegations', 'all')]),
  decide: (state, { payload, actor }, rules, today) => {
    if (payload.choice === 'veto') return vetoCase(state, payload, actor, rules, today);
    requireRole(actor, 'committee');
    const found = readCase(state, payload.caseId);
    requireEdge(caseMachine, 'vote', found.status);
    requireShown(found, payload);
    requireFresh(found, today);
    const member = payload.onBehalfOf ?? actor.id;
    const { committee } = rules.version(found.charterVersion);
    ensure(
      committee.members.some((m) => m.id === member),
      'NOT_A_MEMBER',
      { member },
    );
    if (payload.onBehalfOf !== undefined) requireDelegation(state, payload.onBehalfOf, actor.id, today);
    ensure(!found.votes.some((v) => v.member === member), 'ALREADY_VOTED', { member });
    for (const person of [member, actor.id]) requireOffOtherSides(found, person);
    const vote: Vote = { member, choice: payload.choice, ...(member === actor.id ? {} : { by: actor.id }) };
    const voted: CaseState = { ...found, votes: [...found.votes, vote] };
    const { result } = tally(committee, voted.votes, conflicted(found));
    const entry = {
      type: 'case.voted',
      businessDate: today,
      summary: payload.comment,
      facts: { member, choice: payload.choice, hash: payload.payloadHash, result },
    };
    if (result === 'failed') return giveUp(state, 'vote', payload.caseId, { ...voted, status: 'rejected' }, entry);
    if (result === 'open') return step('vote', payload.caseId, voted, entry);
    const after = { ...voted, ...stepAfter('committee', tierOf(found, rules), rules, today) };
    return step('vote', payload.caseId, after, entry);
  },
};

const requireOffOtherSides = (found: CaseState, person: string): void =>
  ensure(!conflicted(found).includes(person), 'DUTIES_NOT_SEPARATE', { person });

const requireDelegation = (state: Snapshot, from: string, to: string, today: BusinessDate): void => {
  const known = state.read('delegations', 'all')?.delegations ?? [];
  ensure(
    known.some((d) => d.from === from && d.to === to && d.firstDay <= today && today <= d.lastDay),
    'DELEGATION_MISSING',
    { from, to, date: today },
  );
};

export interface ObjectPayload {
  readonly caseId: string;
  readonly reason: string;
}

/**
 * An objection raised during public notice (公示异议) sends the case back to its maker.
 * @throws ROLE_REQUIRED, STATE_INVALID, NOTICE_OVER
 */
export const objectToCase: CommandSpec<ObjectPayload> = {
  kind: 'case.object',
  primary,
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'officer', 'reviewer', 'committee', 'auditor');
    const found = readCase(state, payload.caseId);
    requireEdge(caseMachine, 'object', found.status);
    ensure(found.noticeEndsOn !== undefined && today <= found.noticeEndsOn, 'NOTICE_OVER', {
      noticeEndsOn: found.noticeEndsOn ?? '',
    });
    const { noticeEndsOn: _, ...kept } = found;
    return step(
      'object',
      payload.caseId,
      { ...kept, status: 'returned' },
      {
        type: 'case.objected',
        businessDate: today,
        summary: payload.reason,
      },
    );
  },
};

export interface ApprovePayload extends Shown {
  readonly caseId: string;
}

/**
 * One final approval (终审). With the last one the case takes effect in this same transaction: a loan's money is held,
 * an extension moves the schedule, a charter comes into the book.
 * @throws ROLE_REQUIRED, STATE_INVALID, NOTICE_RUNNING, CASE_CHANGED, CASE_EXPIRED, DUTIES_NOT_SEPARATE, and what the
 *   effect may refuse (FUNDS_INSUFFICIENT for a loan)
 */
export const approveCase: CommandSpec<ApprovePayload> = {
  kind: 'case.approve',
  primary,
  prefetch: (p) => [ref('proposal', p.caseId)],
  decide: (state, { payload, actor }, rules, today) => {
    const found = readCase(state, payload.caseId);
    const { role, after, complete } = addApproval(found, payload, actor, rules, today);
    const entry = {
      type: complete ? 'case.approved' : 'case.countersigned',
      businessDate: today,
      summary: complete ? '终审通过' : '会签',
      facts: { role, hash: payload.payloadHash },
    };
    if (!complete) return step('approve', payload.caseId, { ...after, status: 'approving' }, entry);
    const effect = onApproved(state, payload.caseId, after, readProposal(state, payload.caseId).content, rules, today);
    const done: CaseState = { ...after, status: effect.carriedOut ? 'done' : 'approved' };
    return step('approve', payload.caseId, done, entry, effect);
  },
};

const addApproval = (
  found: CaseState,
  shown: Shown,
  actor: Actor,
  rules: Rules,
  today: BusinessDate,
): { role: string; after: CaseState; complete: boolean } => {
  requireEdge(caseMachine, 'approve', found.status);
  requireShown(found, shown);
  requireFresh(found, today);
  if (found.status === 'on-notice')
    ensure(found.noticeEndsOn !== undefined && today > found.noticeEndsOn, 'NOTICE_RUNNING', {
      noticeEndsOn: found.noticeEndsOn ?? '',
    });
  const wanted = tierOf(found, rules).finalApprovals;
  const open = wanted.filter((w) => found.approvals.filter((a) => a.role === w.role).length < w.count);
  const rule = open.find((w) => actor.roles.includes(w.role));
  if (rule === undefined) throw new FundError('ROLE_REQUIRED', { roles: open.map((w) => w.role).join(' ') });
  requireStranger(found, actor.id);
  const after = { ...found, approvals: [...found.approvals, { by: actor.id, role: rule.role }] };
  const asked = wanted.reduce((sum, w) => sum + w.count, 0);
  return { role: rule.role, after, complete: after.approvals.length === asked };
};

export interface RejectPayload extends Shown {
  readonly caseId: string;
  readonly reason: string;
}

/**
 * A final approver says no.
 * @throws ROLE_REQUIRED, STATE_INVALID, CASE_CHANGED, DUTIES_NOT_SEPARATE
 */
export const rejectCase: CommandSpec<RejectPayload> = {
  kind: 'case.reject',
  primary,
  prefetch: (p) => [ref('proposal', p.caseId)],
  decide: (state, { payload, actor }, rules, today) => {
    const found = readCase(state, payload.caseId);
    requireEdge(caseMachine, 'reject', found.status);
    requireShown(found, payload);
    requireRole(actor, ...tierOf(found, rules).finalApprovals.map((a) => a.role));
    requireStranger(found, actor.id);
    return giveUp(
      state,
      'reject',
      payload.caseId,
      { ...found, status: 'rejected' },
      {
        type: 'case.rejected',
        businessDate: today,
        summary: payload.reason,
        facts: { by: actor.id, hash: payload.payloadHash },
      },
    );
  },
};

export interface WithdrawPayload {
  readonly caseId: string;
  readonly reason: string;
}

/**
 * The maker takes the case back before it is decided. A bank does not learn that there are cases of others.
 * @throws CASE_NOT_FOUND, NOT_THE_MAKER, STATE_INVALID
 */
export const withdrawCase: CommandSpec<WithdrawPayload> = {
  kind: 'case.withdraw',
  primary,
  prefetch: (p) => [ref('proposal', p.caseId)],
  decide: (state, { payload, actor }, _rules, today) => {
    const found = readCase(state, payload.caseId);
    const own = found.maker === actor.id;
    if (actor.kind === 'bank') ensure(own, 'CASE_NOT_FOUND', { caseId: payload.caseId });
    ensure(own, 'NOT_THE_MAKER', { maker: found.maker });
    requireEdge(caseMachine, 'withdraw', found.status);
    return giveUp(
      state,
      'withdraw',
      payload.caseId,
      { ...found, status: 'withdrawn' },
      {
        type: 'case.withdrawn',
        businessDate: today,
        summary: payload.reason,
      },
    );
  },
};
