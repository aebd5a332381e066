import type { StoredEntity } from '#shared/application/ports.ts';
import type { Entry } from '#shared/domain/book/entry.ts';
import type { BookHead } from '#shared/domain/book/head.ts';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import type { EntityType, StateOf } from '#shared/domain/entities.ts';
import { decodeEntry } from '#shared/storage/codecs/entry.ts';
import { decodeEntity, decodeHead } from '#shared/storage/codecs/items.ts';
import { headKey } from '#shared/storage/keys.ts';
import { type Stored, TABLES } from '../tables.ts';

/** One transaction of the ledger, read back from what was stored. */
export interface Transaction {
  readonly entries: readonly Entry[];
  /** Entries that were there before and are not as they were. */
  readonly overwritten: readonly Entry[];
  readonly entities: readonly StoredEntity[];
  readonly head: BookHead | undefined;
}

/** Reads a transaction; undefined when it was none of the ledger's. */
export const readTransaction = (stored: readonly Stored[], fundId: string): Transaction | undefined => {
  const journal = stored.filter((s) => s.table === TABLES.journalTable);
  const state = stored.filter((s) => s.table === TABLES.stateTable);
  if (journal.length + state.length === 0) return undefined;
  const head = state.find((s) => s.key === headKey(fundId));
  return {
    entries: journal.map((s) => decodeEntry(s.item)).sort((a, b) => a.seq - b.seq),
    overwritten: journal.filter((s) => s.before !== undefined).map((s) => decodeEntry(s.item)),
    entities: state.filter((s) => s !== head).map((s) => decodeEntity(s.item)),
    head: head === undefined ? undefined : decodeHead(head.item),
  };
};

/** What an auditor keeps of a book: every entry, what they add up to, and the entities as they are now. */
export class Books {
  readonly entries: Entry[] = [];
  readonly #entities = new Map<string, StoredEntity>();
  readonly #netDebitFen = new Map<string, bigint>();
  head: BookHead | undefined;

  get lastSeq(): number {
    return this.entries.length;
  }

  add({ entries, entities, head }: Transaction): void {
    for (const entry of entries) {
      this.entries.push(entry);
      const lines = entry.lines ?? [];
      for (const account of new Set(lines.map((l) => l.account)))
        this.#netDebitFen.set(account, this.net(account) + netDebitFen(lines, account));
    }
    for (const entity of entities) this.#entities.set(`${entity.type}#${entity.id}`, entity);
    if (head !== undefined) this.head = head;
  }

  /** Debit less credit of an account, folded from the Journal, in fen; of one instrument or contributor only, where it is named. */
  net(account: string, of?: string): bigint {
    if (of === undefined) return this.#netDebitFen.get(account) ?? 0n;
    const lines = this.entries.flatMap((e) => e.lines ?? []);
    return netDebitFen(
      lines.filter((l) => l.dims?.instrument === of || l.dims?.contributor === of),
      account,
    );
  }

  /** States of all entities of one type, by id. */
  all<T extends EntityType>(type: T): ReadonlyMap<string, StateOf<T>> {
    return new Map(this.of(type).map((e) => [e.id, e.state as StateOf<T>]));
  }

  /** All entities of one type. */
  of<T extends EntityType>(type: T): readonly Extract<StoredEntity, { readonly type: T }>[] {
    return [...this.#entities.values()].filter(
      (e): e is Extract<StoredEntity, { readonly type: T }> => e.type === type,
    );
  }
}
