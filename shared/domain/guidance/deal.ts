import type { EntityChange, Snapshot } from '../book/decision.ts';
import { moveStake, type StakeMove } from '../equity/stake.ts';
import { identify } from '../lending/apply.ts';
import type { EnterpriseState } from '../lending/enterprise.ts';
import type { AnyDeal } from './proposals.ts';

/** The investee as known so far, and the changes that bring it, its name and its place under the limits into the book. */
export interface Introduced {
  readonly before: EnterpriseState | undefined;
  readonly changes: (move: StakeMove) => readonly EntityChange[];
}

/**
 * Holds the investee of a deal against what the fund knows.
 * @throws NAME_INVALID, NAME_DIFFERS, NAME_LOOKS_ALIKE, ALREADY_NOVATED
 */
export const introduce = (state: Snapshot, { investee, sector }: AnyDeal): Introduced => {
  const { name, before, changes } = identify(state, investee);
  const { kind, establishedOn } = investee;
  const known: EnterpriseState = { ...(before ?? { kind, name, establishedOn, exposureFen: 0n }), sector };
  return { before, changes: (move) => [...changes, ...moveStake(state, investee.id, move, known)] };
};
