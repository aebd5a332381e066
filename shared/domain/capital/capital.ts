/** What each contributor has promised and been called for, in fen. What arrived is on the calls. */
export interface CapitalState {
  readonly contributors: readonly {
    readonly id: string;
    readonly committedFen: bigint;
    readonly calledFen: bigint;
  }[];
}
