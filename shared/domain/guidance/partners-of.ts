import type { Snapshot } from '../book/decision.ts';
import type { GuidanceCharter } from '../charter/guidance.ts';
import { ref } from '../entities.ts';
import { EMPTY_PARTNER, type PartnerState } from './partner.ts';

/** The partners of a fund by id, in the charter's order. */
export const partnersOf = (state: Snapshot, charter: GuidanceCharter): ReadonlyMap<string, PartnerState> => {
  const ids = charter.capital.contributors.map((c) => c.id);
  state.foresee(ids.map((id) => ref('partner', id)));
  return new Map(ids.map((id) => [id, state.read('partner', id) ?? EMPTY_PARTNER]));
};
