import type { Snapshot } from '../book/decision.ts';

/** What each contributor has promised, been called for and got back, in fen. What arrived is on the calls. */
export interface CapitalState {
  readonly contributors: readonly {
    readonly id: string;
    readonly committedFen: bigint;
    readonly calledFen: bigint;
    readonly refundedFen: bigint;
    /** What it got back and what is on its way to it. Absent in books older than it: then nothing is on its way. */
    readonly grantedFen?: bigint;
  }[];
}

export type ContributorCapital = CapitalState['contributors'][number];

/** What a contributor got back, or is to get by payments not given up, in fen. */
export const grantedFen = (c: ContributorCapital): bigint => c.grantedFen ?? c.refundedFen;

/** What there is; of a book without a charter, nothing. */
export const readCapital = (state: Snapshot): CapitalState => state.read('capital', 'all') ?? { contributors: [] };
