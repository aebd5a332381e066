import type { BusinessDate } from '../calendar.ts';
import type { Line } from './voucher.ts';

/** Who acted. `roles` are those the token carried; they are checked, not stored. */
export interface Actor {
  readonly kind: 'person' | 'system' | 'bank';
  readonly id: string;
  readonly name?: string;
  readonly roles: readonly string[];
  /** The cooperating bank a bank's machine acts for, as its token says. */
  readonly bank?: string;
}

/** What has a timeline: the links under which an entry is found again. */
export const ABOUT = [
  'case',
  'loan',
  'enterprise',
  'call',
  'receipt',
  'charter',
  'pay',
  'refund',
  'bank',
  'job',
  'filing',
  'claim',
  'recovery',
  'exposure',
  'acquisition',
  'holding',
  'exit',
  'dividend',
  'commitment',
  'commitment-call',
  'distribution',
  'recognition',
  'management-fee',
] as const;

/**
 * What an entry is about; readers find entries by these. `payment` is the instruction id of one attempt of a payment,
 * `reverses` the number of the entry taken back.
 */
export type Links = { readonly [Name in (typeof ABOUT)[number] | 'payment' | 'reverses']?: string };

/** The state of one entity after the entry, as far as lists show it. Lets every view be folded from the Journal alone. */
export interface Digest {
  readonly type: string;
  readonly id: string;
  /** The cooperating bank whose it is: it sees it, and no other bank does. */
  readonly owner?: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A command to be carried by a queue once the entry is stored (transactional outbox). Payload is in wire form. */
export interface OutboxCommand {
  readonly queue: 'fund' | 'payments' | 'imports';
  readonly id: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** An entry as a decision proposes it; the kernel adds number, times, actor and command. */
export interface EntryDraft {
  /** What happened, `noun.participle`, e.g. `loan.instructed`. */
  readonly type: string;
  readonly businessDate: BusinessDate;
  /** 摘要: one line for a person. */
  readonly summary: string;
  /** Present on vouchers, absent on events. */
  readonly lines?: readonly Line[];
  readonly links: Links;
  /** Evidence: hashes, opinions, references. */
  readonly facts?: Readonly<Record<string, string>>;
  readonly digests?: readonly Digest[];
  readonly outbox?: readonly OutboxCommand[];
}

/** Number of a voucher: gap-free per book, period (yyyy-MM) and type (记 or 收/付/转), given when it is posted. */
export interface VoucherNumber {
  readonly period: string;
  readonly type: string;
  readonly number: number;
}

/** An entry in the book. Never changes. */
export interface Entry extends EntryDraft {
  readonly fundId: string;
  /** 1..n without a gap. */
  readonly seq: number;
  /** When we knew, ISO instant in UTC; `businessDate` is when it counts. */
  readonly recordedAt: string;
  readonly actor: Omit<Actor, 'roles'>;
  readonly commandId: string;
  readonly payloadHash: string;
  readonly voucher?: VoucherNumber;
}
