/** What each contributor has promised, been called for and got back, in fen. What arrived is on the calls. */
export interface CapitalState {
  readonly contributors: readonly {
    readonly id: string;
    readonly committedFen: bigint;
    readonly calledFen: bigint;
    readonly refundedFen: bigint;
  }[];
}
