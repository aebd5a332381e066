import type { Snapshot } from '../book/decision.ts';

/** What each contributor has promised, been called for and got back, in fen. What arrived is on the calls. */
export interface CapitalState {
  readonly contributors: readonly {
    readonly id: string;
    readonly committedFen: bigint;
    readonly calledFen: bigint;
    readonly refundedFen: bigint;
  }[];
  /** All that was ever approved to be given back, whatever became of the payments. Absent in books older than it. */
  readonly approvedRefundsFen?: bigint;
}

/** What there is; of a book without a charter, nothing. */
export const readCapital = (state: Snapshot): CapitalState => state.read('capital', 'all') ?? { contributors: [] };
