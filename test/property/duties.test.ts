import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '#shared/domain/book/entry.ts';
import { FOUNDING_TIER } from '#shared/domain/charter/authority.ts';
import { play, stories } from '../support/story/play.ts';

/*
 * Invariant 6: nobody decides on what they made, and nobody stands on two sides of one case; a decision is bound to the
 * payload hash it was shown, and a changed payload voids it. Read from the book alone.
 */

interface Sides {
  maker: string;
  hash: string;
  reviewer: string | undefined;
  voters: string[];
  approvers: string[];
}

/** Goes through the entries about one case in order and objects to whoever should not have acted. */
const objections = (entries: readonly Entry[]): readonly string[] => {
  const found: string[] = [];
  let sides: Sides | undefined;
  const object = (entry: Entry, why: string): void => void found.push(`${entry.seq} ${entry.type}: ${why}`);
  for (const entry of entries) {
    const who = entry.actor.id;
    const hash = entry.facts?.['hash'] ?? '';
    if (entry.type === 'case.submitted' || entry.type === 'case.resubmitted') {
      if (sides !== undefined && sides.maker !== who) object(entry, 'resubmitted by another');
      sides = { maker: who, hash, reviewer: undefined, voters: [], approvers: [] };
      continue;
    }
    if (sides === undefined) {
      object(entry, 'before its submission');
      continue;
    }
    const decided = ['case.reviewed', 'case.voted', 'case.countersigned', 'case.approved', 'case.rejected'];
    if (decided.includes(entry.type) && hash !== sides.hash) object(entry, 'on something else');
    const all = [sides.maker, sides.reviewer, ...sides.voters, ...sides.approvers];
    switch (entry.type) {
      case 'case.reviewed':
        if (who === sides.maker) object(entry, 'by its maker');
        if (entry.facts?.['opinion'] !== 'return') sides.reviewer = who;
        break;
      case 'case.voted': {
        const member = entry.facts?.['member'] ?? '';
        for (const voter of new Set([who, member]))
          if (voter === sides.maker || voter === sides.reviewer) object(entry, `${voter} made or reviewed it`);
        sides.voters.push(who, member);
        break;
      }
      case 'case.countersigned':
      case 'case.approved':
      case 'case.rejected':
        if (all.includes(who)) object(entry, `${who} has acted before`);
        if (entry.type !== 'case.rejected') sides.approvers.push(who);
        break;
      case 'case.withdrawn':
        if (who !== sides.maker) object(entry, 'by another');
        break;
      case 'loan.contracted':
        if (all.includes(who)) object(entry, `${who} made or decided the case`);
        break;
      default:
    }
  }
  return found;
};

const known = <T>(found: T | undefined): T => {
  if (found === undefined) throw new Error('the book speaks of something that is not there');
  return found;
};

describe('duties', () => {
  test('however an office works, nobody is on two sides of one case, and every decision is on the latest proposal', async () => {
    await fc.assert(
      fc.asyncProperty(stories(40), async (story) => {
        const { world } = await play(story);
        const entries = world.entries();
        for (const caseId of new Set(entries.flatMap((e) => (e.type === 'case.submitted' ? [e.links.case] : []))))
          expect(objections(entries.filter((e) => e.links.case === caseId))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('however an office works, one member has one vote, and a case passes only by its tier', async () => {
    await fc.assert(
      fc.asyncProperty(stories(40), async (story) => {
        const { world } = await play(story);
        const entries = world.entries();
        for (const approved of entries.filter((e) => e.type === 'case.approved')) {
          const about = entries.filter((e) => e.links.case === approved.links.case && e.seq <= approved.seq);
          const last = about.findLast((e) => e.type.endsWith('submitted'))?.seq ?? 0;
          const since = about.filter((e) => e.seq > last);
          const votes = since.filter((e) => e.type === 'case.voted').map((e) => e.facts?.['member']);
          expect(new Set(votes).size).toBe(votes.length);
          const { subject, charterVersion } = known(await world.read('case', known(approved.links.case)));
          // The first charter is decided by the founding rule: there is no charter yet to look it up in.
          const tier =
            charterVersion === 0
              ? FOUNDING_TIER
              : known(
                  known(await world.read('charter', String(charterVersion))).authority.find(
                    (t) => t.subject === subject,
                  ),
                );
          const said = (type: string) => since.filter((e) => e.type === type).length;
          expect(said('case.countersigned') + 1).toBe(tier.finalApprovals.reduce((sum, a) => sum + a.count, 0));
          if (tier.review) expect(said('case.reviewed')).toBeGreaterThanOrEqual(1);
          if (tier.committee) expect(votes.length).toBeGreaterThanOrEqual(4);
        }
      }),
      { numRuns: 40 },
    );
  });
});
