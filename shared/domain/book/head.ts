import { ensure } from '#shared/errors/fund-error.ts';
import { addDays, type BusinessDate, parseDate } from '../calendar.ts';

/** The balances that guard money. All in fen, none ever below zero, and available = bank − in transit − held neither. */
export interface Guarded {
  /** What the bank's statement shows. */
  readonly bankFen: bigint;
  /** Instructed, not yet confirmed by the bank. */
  readonly inTransitFen: bigint;
  /** Promised by a final approval, not yet instructed. */
  readonly heldFen: bigint;
  /** Received from contributors, net of refunds. */
  readonly paidInFen: bigint;
  /** Exposure covered by a risk-compensation fund. */
  readonly coveredFen: bigint;
}

/** The head of one book: the last number given, the guarded balances, the voucher counters of open periods. */
export interface BookHead extends Guarded {
  readonly fundId: string;
  /** Number of the last entry; 0 for a book that does not exist yet. */
  readonly seq: number;
  readonly charters: readonly { readonly version: number; readonly effectiveFrom: BusinessDate }[];
  /** period → voucher type → last number. */
  readonly numbers: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The last business date whose day is closed; nothing may be posted on or before it. */
  readonly closedThrough?: BusinessDate;
}

export const emptyHead = (fundId: string): BookHead => ({
  fundId,
  seq: 0,
  bankFen: 0n,
  inTransitFen: 0n,
  heldFen: 0n,
  paidInFen: 0n,
  coveredFen: 0n,
  charters: [],
  numbers: {},
});

/**
 * The last day that needs no closing any more: the last one closed, or the eve of the first month that has a voucher. Undefined
 * when there is neither.
 */
export const closedThroughOf = ({ closedThrough, numbers }: BookHead): BusinessDate | undefined => {
  const [first] = Object.keys(numbers).sort();
  return closedThrough ?? (first === undefined ? undefined : addDays(parseDate(`${first}-01`), -1));
};

/** The charter version in force on a date, 0 when there is none. Later versions win, each from its effective date on. */
export const versionOn = ({ charters }: Pick<BookHead, 'charters'>, date: BusinessDate): number =>
  charters.filter((c) => c.effectiveFrom <= date).at(-1)?.version ?? 0;

/** Money that may still be promised: bank − in transit − held, in fen. */
export const availableFen = (head: Guarded): bigint => head.bankFen - head.inTransitFen - head.heldFen;

/** Changes of the guarded balances, in fen, either sign. */
export type GuardedDelta = Partial<Guarded>;

const NAMES = ['bankFen', 'inTransitFen', 'heldFen', 'paidInFen', 'coveredFen'] as const;

/**
 * Adds a delta to the guarded balances.
 * @throws FUNDS_INSUFFICIENT when a balance, or what is available, would fall below zero.
 */
export const applyDelta = (head: BookHead, delta: GuardedDelta): BookHead => {
  const next: Record<(typeof NAMES)[number], bigint> = { ...pickGuarded(head) };
  for (const name of NAMES) {
    next[name] += delta[name] ?? 0n;
    ensure(next[name] >= 0n, 'FUNDS_INSUFFICIENT', { balance: name, presentFen: String(head[name]) });
  }
  ensure(availableFen(next) >= 0n, 'FUNDS_INSUFFICIENT', {
    balance: 'available',
    presentFen: String(availableFen(head)),
  });
  return { ...head, ...next };
};

const pickGuarded = (head: Guarded): Guarded => ({
  bankFen: head.bankFen,
  inTransitFen: head.inTransitFen,
  heldFen: head.heldFen,
  paidInFen: head.paidInFen,
  coveredFen: head.coveredFen,
});
