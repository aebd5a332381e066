import { ensure, FundError } from '#shared/errors/fund-error.ts';
import type { Snapshot } from '../book/decision.ts';
import type { Actor } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import type { CaseState, ProposalState } from './case.ts';

/**
 * The actor's role, out of those that may do this.
 * @throws ROLE_REQUIRED
 */
export const requireRole = (actor: Actor, ...roles: readonly string[]): void =>
  ensure(
    roles.some((r) => actor.roles.includes(r)),
    'ROLE_REQUIRED',
    { roles: roles.join(' ') },
  );

/** Only machines of ours send this. @throws ROLE_REQUIRED */
export const requireSystem = (actor: Actor): void =>
  ensure(actor.kind === 'system', 'ROLE_REQUIRED', { roles: 'system' });

/**
 * The cooperating bank whose machine this is.
 * @throws ROLE_REQUIRED, BANK_NOT_NAMED
 */
export const requireBank = (actor: Actor): string => {
  requireRole(actor, 'bank');
  if (actor.kind !== 'bank' || actor.bank === undefined) throw new FundError('BANK_NOT_NAMED');
  return actor.bank;
};

/** @throws CASE_NOT_FOUND */
export const readCase = (state: Snapshot, caseId: string): CaseState => {
  const found = state.read('case', caseId);
  if (found === undefined) throw new FundError('CASE_NOT_FOUND', { caseId });
  return found;
};

/** @throws CASE_NOT_FOUND */
export const readProposal = (state: Snapshot, caseId: string): ProposalState => {
  const found = state.read('proposal', caseId);
  if (found === undefined) throw new FundError('CASE_NOT_FOUND', { caseId });
  return found;
};

/** What a decider was shown: the decision holds for exactly this. */
export interface Shown {
  readonly revision: number;
  readonly payloadHash: string;
}

/**
 * A decision is bound to what its maker was shown.
 * @throws CASE_CHANGED when the proposal has another revision or hash by now
 */
export const requireShown = (found: CaseState, shown: Shown): void =>
  ensure(found.revision === shown.revision && found.payloadHash === shown.payloadHash, 'CASE_CHANGED', {
    revision: String(found.revision),
    payloadHash: found.payloadHash,
  });

/** @throws CASE_EXPIRED */
export const requireFresh = (found: CaseState, today: BusinessDate): void =>
  ensure(today <= found.expiresOn, 'CASE_EXPIRED', { expiresOn: found.expiresOn });

/** Who made, or reviewed, the case, or has an interest in it: they may not vote on it. */
export const conflicted = (found: CaseState): readonly string[] => [
  found.maker,
  ...(found.interested ?? []),
  ...(found.reviewer === undefined ? [] : [found.reviewer]),
];

/** Everybody who has had a part in the case so far, or has an interest in it. */
const participants = (found: CaseState): readonly string[] => [
  ...conflicted(found),
  ...found.votes.flatMap((v) => [v.member, ...(v.by === undefined ? [] : [v.by])]),
  ...found.approvals.map((a) => a.by),
];

/**
 * Nobody stands on two sides of one case.
 * @throws DUTIES_NOT_SEPARATE
 */
export const requireStranger = (found: CaseState, person: string): void =>
  ensure(!participants(found).includes(person), 'DUTIES_NOT_SEPARATE', { person });
