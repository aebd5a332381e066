import type { Decision, EntityChange, Rules, Snapshot } from '../book/decision.ts';
import type { Digest, EntryDraft } from '../book/entry.ts';
import type { MoneySource } from '../book/templates.ts';
import type { Line } from '../book/voucher.ts';
import type { BusinessDate } from '../calendar.ts';
import type { Fen } from '../money.ts';

/** Money that came: how much, the day the bank booked it, and where the book takes it from. */
export interface Money {
  readonly amountFen: Fen;
  readonly on: BusinessDate;
  readonly source: MoneySource;
}

/** What money does to the thing it came for. `lines` debit the money's source with `takenFen`. */
export interface Received {
  /** At most what came; what is left over waits for a person. */
  readonly takenFen: Fen;
  readonly entry: Pick<EntryDraft, 'type' | 'summary' | 'links'>;
  readonly lines: readonly Line[];
  readonly changes: readonly EntityChange[];
  readonly digests: readonly Digest[];
  /** What moves in the head beside the bank balance. */
  readonly head?: Omit<NonNullable<Decision['head']>, 'bankFen'>;
  /** Further entries, of what turns with it. */
  readonly also?: readonly EntryDraft[];
}

/** One kind of thing that money comes for. */
export interface Destination {
  /** Undefined when nothing is awaited for it. */
  readonly receive: (state: Snapshot, id: string, money: Money, rules: Rules) => Received | undefined;
}
