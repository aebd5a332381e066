import * as z from 'zod';
import type { BusinessDate } from '#shared/domain/calendar.ts';
import { tierFor } from '#shared/domain/charter/authority.ts';
import type { AuthorityTier, CommitteeRules } from '#shared/domain/charter/base.ts';
import type { Charter } from '#shared/domain/charter/charter.ts';
import type { Subject } from '#shared/domain/charter/subjects.ts';
import type { Caller } from '../../client/api.ts';
import type { LocalUser } from '../../identity/users.ts';
import type { PortfolioVote } from '../../portfolio/portfolio.ts';
import type { Chapter, Desk, Step } from '../step.ts';

/** How the decisions on one case are made: who makes them, when, and under what names they go. */
export interface CaseStory {
  readonly fundId: string;
  /** Begins the id of every step. */
  readonly name: string;
  readonly chapter: Chapter;
}

const shownCase = z.object({ case: z.object({ revision: z.int(), payloadHash: z.string() }) });

/** Names under which steps note what they learnt. */
export const noteOfCase = (name: string): string => `case:${name}`;

/** What a person who opens a case is shown, and then decides on. */
export const shownAt = async (caller: Caller, path: string) => {
  const { revision, payloadHash } = (await caller.get(path, shownCase)).case;
  return { revision, payloadHash };
};

/** Opens the case as a person does before deciding, and decides on what is shown. */
const decide = async (
  { fundId, name }: CaseStory,
  desk: Desk,
  userId: string,
  what: 'reviews' | 'votes' | 'approvals',
  key: string,
  decision: object,
): Promise<void> => {
  const caller = desk.as(userId);
  const path = `/funds/${fundId}/cases/${desk.recall(noteOfCase(name))}`;
  await caller.post(`${path}/${what}`, key, { ...(await shownAt(caller, path)), ...decision });
};

/** On which days a case is decided: one day of approval for all approvers, or one for each. */
export interface DecisionDays {
  readonly reviewedOn: BusinessDate;
  /** The day of the review, where nothing is said. */
  readonly votedOn?: BusinessDate;
  readonly approvedOn: BusinessDate | readonly BusinessDate[];
}

/** Everything a tier of the charter asks for until a case is decided, by those of the users who can. */
export const decisionSteps = (
  users: readonly LocalUser[],
  story: CaseStory,
  { committee, authority }: { readonly committee: CommitteeRules; readonly authority: AuthorityTier },
  { reviewedOn, votedOn = reviewedOn, approvedOn }: DecisionDays,
  votes: readonly PortfolioVote[] = enoughOf(committee),
): readonly Step[] => {
  const approvers = authority.finalApprovals.flatMap(({ role, count }) => holdersOf(users, role, count));
  const days = typeof approvedOn === 'string' ? approvers.map(() => approvedOn) : approvedOn;
  if (days.length !== approvers.length)
    throw new Error(`${story.name}: ${days.length} days of approval for ${approvers.length} approvers`);
  return [
    ...(authority.review ? [reviewStep(story, reviewedOn, 'pass')] : []),
    ...(authority.committee ? voteSteps(story, votedOn, votes) : []),
    ...approvers.map((approver, i) => approvalStep(story, days[i] ?? reviewedOn, approver.id)),
  ];
};

/** What a charter asks for to decide on so much of a subject. */
export const decidingOn = (charter: Charter, subject: Subject, amountFen: bigint) => ({
  committee: charter.committee,
  authority: tierFor(charter, subject, amountFen),
});

const holdersOf = (users: readonly LocalUser[], role: string, count: number): readonly LocalUser[] => {
  const holders = users.filter((u) => u.roles.some((r) => r === role)).slice(0, count);
  if (holders.length < count) throw new Error(`${count} of the users must have the role ${role}`);
  return holders;
};

/** With so many members agreeing, the first of them, a case passes. */
const enoughOf = ({ members, quorum, pass }: CommitteeRules): readonly PortfolioVote[] => {
  const needed = Math.max(
    ...[quorum, pass].map(({ numerator, denominator }) => Math.ceil((members.length * numerator) / denominator)),
  );
  return members.slice(0, needed).map(({ id }) => ({ by: id, choice: 'approve' }));
};

/** The risk reviewer's opinion. */
export const reviewStep = (story: CaseStory, on: BusinessDate, opinion: 'pass' | 'return', comment = '同意'): Step => {
  const id = `${story.name}.review-${opinion}`;
  return {
    id,
    on,
    chapter: story.chapter,
    run: (desk) => decide(story, desk, 'reviewer-1', 'reviews', id, { opinion, comment }),
  };
};

/** The committee's votes, one step each. */
const voteSteps = (story: CaseStory, on: BusinessDate, votes: readonly PortfolioVote[]): readonly Step[] =>
  votes.map(({ by, comment = '同意', ...vote }) => {
    const id = `${story.name}.vote-${vote.onBehalfOf ?? by}`;
    return {
      id,
      on,
      chapter: story.chapter,
      run: (desk) => decide(story, desk, by, 'votes', id, { comment, ...vote }),
    };
  });

/** One final approval. */
export const approvalStep = (story: CaseStory, on: BusinessDate, userId: string): Step => {
  const id = `${story.name}.approve-${userId}`;
  return { id, on, chapter: story.chapter, run: (desk) => decide(story, desk, userId, 'approvals', id, {}) };
};
