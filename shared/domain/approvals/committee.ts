import type { CommitteeRules } from '../charter/base.ts';
import type { Vote } from './case.ts';

/** How a vote stands. */
export interface Tally {
  /** Members who may vote: all but the recused and those on another side of the case. */
  readonly entitled: number;
  readonly cast: number;
  readonly approve: number;
  readonly quorumReached: boolean;
  readonly result: 'open' | 'passed' | 'failed';
}

/**
 * Counts the votes of 投决会. Passed once the quorum of all members has voted and the approving part of the entitled
 * members is reached; failed once either cannot be reached any more. Pure counting with whole numbers, no rounding.
 * @param conflicted members who may not vote because they act on another side of the case.
 */
export const tally = (rules: CommitteeRules, votes: readonly Vote[], conflicted: readonly string[]): Tally => {
  const members = rules.members.map((m) => m.id);
  const recused = new Set(votes.filter((v) => v.choice === 'recuse').map((v) => v.member));
  const entitled = members.filter((m) => !recused.has(m) && !conflicted.includes(m)).length;
  const count = (choice: Vote['choice']): number => votes.filter((v) => v.choice === choice).length;
  const approve = count('approve');
  const cast = approve + count('reject') + count('abstain');
  const isQuorum = (voting: number): boolean =>
    voting * rules.quorum.denominator >= rules.quorum.numerator * members.length;
  const quorumReached = isQuorum(cast);
  const passes = (approving: number): boolean => approving * rules.pass.denominator >= rules.pass.numerator * entitled;
  const best = entitled - (cast - approve);
  if (entitled === 0 || !isQuorum(entitled) || !passes(best))
    return { entitled, cast, approve, quorumReached, result: 'failed' };
  return { entitled, cast, approve, quorumReached, result: quorumReached && passes(approve) ? 'passed' : 'open' };
};
