import * as z from 'zod';
import type { BusinessDate } from '#shared/domain/calendar.ts';
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
  const { revision, payloadHash } = (await caller.get(path, shownCase)).case;
  await caller.post(`${path}/${what}`, key, { revision, payloadHash, ...decision });
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

/** With these four of five agreeing a case passes. */
const ALL_AGREE: readonly PortfolioVote[] = [1, 2, 3, 4].map((n) => ({ by: `committee-${n}`, choice: 'approve' }));

/** The committee's votes, one step each. */
export const voteSteps = (
  story: CaseStory,
  on: BusinessDate,
  votes: readonly PortfolioVote[] = ALL_AGREE,
): readonly Step[] =>
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
