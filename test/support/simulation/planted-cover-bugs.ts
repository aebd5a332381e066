import type { Snapshot } from '#shared/domain/book/decision.ts';
import type { Planted } from './office.ts';
import { decidedAs, decisionsAre, withoutChangesOf, withoutHeld } from './planting.ts';

/** A state that says at the first look that a bank or district has no losses, which is when it is asked whether one may file. */
const rosy = (state: Snapshot): Snapshot => {
  const looked = new Set<string>();
  return {
    head: state.head,
    foresee: (refs) => state.foresee(refs),
    read: (type, id) => {
      const found = state.read(type, id);
      if (type !== 'exposure' || id === 'fund' || found === undefined || looked.has(id)) return found;
      looked.add(id);
      return { ...found, status: 'normal', nonPerformingFen: 0n, compensatedFen: 0n };
    },
  };
};

/** Bugs as people make them at a risk-compensation fund. Each must be found. */
export const PLANTED_COVER_BUGS = {
  'a settled loan keeps its place under the limit': withoutChangesOf(['filing.report'], 'enterprise'),
  'what was claimed before does not count towards the cap': withoutChangesOf(['claim.submit'], 'enterprise'),
  'figures of banks and districts are not kept': withoutChangesOf(['filing.file'], 'exposure'),
  'the hold of a compensation is not taken': decisionsAre(['case.approve'], withoutHeld),
  'a recovery is not taken off what the fund has paid': withoutChangesOf(['recovery.report'], 'claim'),
  'a stopped bank files on': decidedAs(
    ['filing.file', 'filing.review'],
    (decide) => (state, command, rules, today) => decide(rosy(state), command, rules, today),
  ),
  'nobody ages what is overdue': decisionsAre(['filing.age'], () => ({ entries: [], changes: [] })),
} satisfies Readonly<Record<string, Planted>>;
