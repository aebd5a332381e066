import type { Entry } from '#shared/domain/book/entry.ts';
import type { BookHead } from '#shared/domain/book/head.ts';
import type { BusinessDate } from '#shared/domain/calendar.ts';
import type { EntityOf, EntityRef, EntityType } from '#shared/domain/entities.ts';

/** Time, given from outside. */
export interface Clock {
  /** ISO instant in UTC. */
  readonly now: () => string;
  /** The business date: today in Asia/Shanghai. */
  readonly today: () => BusinessDate;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What the store knows of an entity beside its state. */
export interface Bookkeeping {
  /** Rises by one with every change; 1 when created. */
  readonly version: number;
  /** Marks of the commands applied, newest last (see applied.ts). */
  readonly applied: readonly string[];
  /** How many full pages of marks were moved out to `applied` entities. */
  readonly pages: number;
}

export type StoredEntity = EntityOf<EntityType> & Bookkeeping;

/** What was read: a serialisable snapshot of the head and the entities asked for. Absent entities are absent. */
export interface Loaded {
  readonly head: BookHead;
  readonly entities: ReadonlyMap<string, StoredEntity>;
}

export interface EntityWrite {
  readonly entity: StoredEntity;
  /** Version it must still have; 0: it must not exist. */
  readonly expectedVersion: number;
  /** States it must still be in, where its machine says so. */
  readonly priorStatuses?: readonly string[];
}

/** One transaction: n entries, their entities, one head. */
export interface CommitPlan {
  readonly fundId: string;
  readonly expectedSeq: number;
  readonly head: BookHead;
  readonly entries: readonly Entry[];
  readonly writes: readonly EntityWrite[];
}

/**
 * How a commit ended. `contention`: nothing was stored, somebody else was first or the table was busy; load again.
 * `uncertain`: no answer came; it may be stored or not; load again and look whether the commands were applied.
 */
export type CommitResult = 'committed' | 'contention' | 'uncertain';

/** The book and its entities. Two implementations: DynamoDB and memory, held equal by a differential test. */
export interface Ledger {
  /** @throws BOOK_BUSY when the store would not answer now. */
  readonly load: (fundId: string, refs: readonly EntityRef[]) => Promise<Loaded>;
  /** @throws anything that is neither contention nor uncertainty, e.g. an item too large. */
  readonly commit: (plan: CommitPlan) => Promise<CommitResult>;
}

/** Items of one transaction at most; the limit of TransactWriteItems. */
export const TRANSACTION_ITEMS_MAX = 100;
