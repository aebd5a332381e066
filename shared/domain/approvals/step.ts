import type { Decision, Snapshot } from '../book/decision.ts';
import type { EntryDraft } from '../book/entry.ts';
import type { Machine } from '../machine.ts';
import { type CaseState, type CaseStatus, caseMachine } from './case.ts';
import { caseDigest } from './digest.ts';
import type { Effect } from './effect.ts';
import { onGivenUp } from './effects.ts';
import { readCase, readProposal } from './guards.ts';

type CaseEdge = typeof caseMachine extends Machine<CaseStatus, infer Name> ? Name : never;

/** Moves the case and records who did what; the storage condition comes from the machine's edge. */
export const step = (
  edge: CaseEdge,
  caseId: string,
  after: CaseState,
  entry: Pick<EntryDraft, 'type' | 'summary' | 'businessDate' | 'facts'>,
  more: Effect = {},
): Decision => ({
  entries: [
    {
      ...entry,
      links: { case: caseId, ...more.entry?.links },
      ...(more.entry?.lines === undefined ? {} : { lines: more.entry.lines }),
      digests: [caseDigest(caseId, after), ...(more.entry?.digests ?? [])],
    },
    ...(more.also ?? []),
  ],
  changes: [
    { type: 'case', id: caseId, state: after, priorStatuses: caseMachine.edges[edge].from },
    ...(more.changes ?? []),
  ],
  ...(more.head === undefined ? {} : { head: more.head }),
});

/** Ends a case without effect and gives back what it had reserved. */
export const giveUp = (
  state: Snapshot,
  edge: CaseEdge,
  caseId: string,
  after: CaseState,
  entry: Pick<EntryDraft, 'type' | 'summary' | 'businessDate' | 'facts'>,
): Decision => {
  const before = readCase(state, caseId);
  return step(edge, caseId, after, entry, onGivenUp(state, caseId, before, readProposal(state, caseId).content));
};
