import type { BusinessDate, WorkingCalendar } from '../calendar.ts';
import type { Charter } from '../charter/charter.ts';
import type { EntityOf, EntityRef, EntityType, StateOf } from '../entities.ts';
import type { Actor, EntryDraft } from './entry.ts';
import type { BookHead, GuardedDelta } from './head.ts';

/** A command: somebody's wish, with an id that is the same however often it is delivered. */
export interface Command<Payload> {
  readonly id: string;
  readonly kind: string;
  readonly fundId: string;
  readonly payload: Payload;
  readonly actor: Actor;
}

/**
 * What a decision may look at. `read` returns undefined for what does not exist. What was not fetched yet is fetched and
 * the decision taken anew; that is possible because deciding has no effects.
 */
export interface Snapshot {
  readonly head: BookHead;
  read<T extends EntityType>(type: T, id: string): StateOf<T> | undefined;
  /** Says what will be read, so that what is missing of it comes in one call and not one by one. */
  foresee(refs: readonly EntityRef[]): void;
}

/** The rules: the charter in force today or on another business date, and the versions things were decided under. */
export interface Rules {
  /** The charter in force today. @throws CHARTER_NOT_IN_FORCE */
  readonly inForce: () => Charter;
  /** The charter in force on a business date, for what happened on it and is only now heard of. @throws CHARTER_NOT_IN_FORCE */
  readonly on: (date: BusinessDate) => Charter;
  /** The version of the charter in force today, 0 when there is none. */
  readonly versionInForce: number;
  /** @throws CHARTER_NOT_FOUND */
  readonly version: (version: number) => Charter;
  readonly calendar: WorkingCalendar;
}

/** One entity as it shall be stored; `null` status fields are the entity's own business. */
export type EntityChange = EntityOf<EntityType> & {
  /** States the entity may be in for this change, from its machine; the storage condition is derived from them. */
  readonly priorStatuses?: readonly string[];
};

/** What a command does. Everything in it is stored in one transaction, or nothing is. No entries: there was nothing to do. */
export interface Decision {
  readonly entries: readonly EntryDraft[];
  readonly changes: readonly EntityChange[];
  readonly head?: GuardedDelta & {
    readonly closedThrough?: BusinessDate;
    readonly charter?: { readonly version: number; readonly effectiveFrom: BusinessDate };
  };
}

/**
 * One kind of command. Pure: `decide` sees the snapshot, the rules and the date, and returns a decision or throws a
 * FundError; it knows no clock, makes no ids and reads nothing else.
 */
export interface CommandSpec<Payload> {
  readonly kind: string;
  /** The entity that remembers that this command was applied. */
  readonly primary: (payload: Payload) => EntityRef;
  /** What remembers it instead where the primary entity does not exist, for commands that must take effect all the same. */
  readonly otherwise?: (payload: Payload) => EntityRef;
  /** Entities `decide` is sure to read: named here they come in the first call instead of a further one. */
  readonly prefetch?: (payload: Payload) => readonly EntityRef[];
  readonly decide: (state: Snapshot, command: Command<Payload>, rules: Rules, today: BusinessDate) => Decision;
}
