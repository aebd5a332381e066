import type { EntityChange, Snapshot } from '../book/decision.ts';
import { identify } from '../lending/apply.ts';
import type { EnterpriseState } from '../lending/enterprise.ts';
import type { Applicant } from '../lending/proposals.ts';
import { moveStake, type StakeMove } from './stake.ts';

/** An investee as known so far, and the changes that bring it, its name and its place under the limits into the book. */
export interface Introduced {
  readonly before: EnterpriseState | undefined;
  readonly changes: (move: StakeMove) => readonly EntityChange[];
}

/**
 * Holds an investee against what the fund knows.
 * @param sector where the fund counts by sectors: the one it is counted in from now on
 * @throws NAME_INVALID, NAME_DIFFERS, NAME_LOOKS_ALIKE, ALREADY_NOVATED
 */
export const introduce = (state: Snapshot, investee: Applicant, sector?: string): Introduced => {
  const { name, before, changes } = identify(state, investee);
  const { kind, establishedOn } = investee;
  const known: EnterpriseState = {
    ...(before ?? { kind, name, establishedOn, exposureFen: 0n }),
    ...(sector === undefined ? {} : { sector }),
  };
  return { before, changes: (move) => [...changes, ...moveStake(state, investee.id, move, known)] };
};
