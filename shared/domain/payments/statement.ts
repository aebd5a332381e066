import type { BusinessDate } from '../calendar.ts';

/** A bank statement (camt.053) as taken in: its hash, its balances and how the book compares. */
export interface StatementState {
  readonly fileKey: string;
  /** SHA-256 of the bytes received, hex. */
  readonly sha256: string;
  readonly date: BusinessDate;
  readonly openingFen: bigint;
  readonly closingFen: bigint;
  readonly lines: number;
}
