import type { Entry } from '#shared/domain/book/entry.ts';
import { demand, type Rule } from './rules.ts';

/** What the Journal says of one case since it was last handed in. */
interface Story {
  readonly hash: string;
  readonly people: Set<string>;
  reviewed: boolean;
  votes: number;
  approved: boolean;
}

/** Committee members that must agree to a loan under the reference charter: two thirds of five. */
const VOTES_MIN = 4;

/**
 * Nobody decides on what they made, nobody decides twice, every decision is bound to the payload last handed in, and no money
 * is released without them.
 */
export const duties = (): Rule => {
  const stories = new Map<string, Story>();
  const storyOf = ({ seq, links }: Entry): Story => {
    const story = stories.get(links.case ?? '');
    if (story === undefined) throw new Error(`entry ${seq} is about no case`);
    return story;
  };
  const joins = (entry: Entry, ...people: readonly string[]): Story => {
    const story = storyOf(entry);
    for (const person of new Set(people)) {
      demand(!story.people.has(person), `${person} acts on two sides of ${entry.links.case} (entry ${entry.seq})`);
      story.people.add(person);
    }
    demand(entry.facts?.['hash'] === story.hash, `entry ${entry.seq} decides on what is not there any more`);
    return story;
  };
  const readers: Readonly<Record<string, (entry: Entry, books: Parameters<Rule>[0]) => void>> = {
    'case.reviewed': (entry) => {
      joins(entry, entry.actor.id).reviewed = true;
    },
    'case.voted': (entry) => {
      const story = joins(entry, entry.facts?.['member'] ?? '', entry.actor.id);
      if (entry.facts?.['choice'] === 'approve') story.votes += 1;
    },
    'case.countersigned': (entry) => {
      joins(entry, entry.actor.id);
    },
    'case.approved': (entry, books) => {
      const story = joins(entry, entry.actor.id);
      story.approved = true;
      const state = books.of('case').find((c) => c.id === entry.links.case)?.state;
      if (state?.subject !== 'loan') return;
      demand(story.reviewed && story.votes >= VOTES_MIN, `${entry.links.case} was approved without review or votes`);
      demand(entry.businessDate > (state.noticeEndsOn ?? '9'), `${entry.links.case} was approved during its notice`);
    },
    'loan.contracted': (entry) => release(entry),
    'payment.released': (entry) => release(entry),
  };
  const release = (entry: Entry): void => {
    const story = storyOf(entry);
    demand(story.approved, `money of ${entry.links.case} was released without approval`);
    demand(!story.people.has(entry.actor.id), `${entry.actor.id} releases what they decided (entry ${entry.seq})`);
  };
  return (books, { entries }) => {
    for (const entry of entries) {
      if (entry.type === 'case.submitted' || entry.type === 'case.resubmitted')
        stories.set(entry.links.case ?? '', {
          hash: entry.facts?.['hash'] ?? '',
          people: new Set([entry.actor.id]),
          reviewed: false,
          votes: 0,
          approved: false,
        });
      readers[entry.type]?.(entry, books);
    }
  };
};
