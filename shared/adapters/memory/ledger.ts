import type { CommitPlan, CommitResult, Ledger, Loaded, StoredEntity } from '#shared/application/ports.ts';
import { TRANSACTION_ITEMS_MAX } from '#shared/application/ports.ts';
import { emptyHead } from '#shared/domain/book/head.ts';
import { refKey } from '#shared/domain/entities.ts';
import { encodeEntry } from '#shared/storage/codecs/entry.ts';
import { decodeEntity, decodeHead, encodeEntity, encodeHead } from '#shared/storage/codecs/items.ts';
import type { Item } from '#shared/storage/codecs/stored.ts';
import { bookKey, entityKey, headKey, seqKey } from '#shared/storage/keys.ts';

/** The executable model of the store: the same items under the same conditions, in maps. */
export interface MemoryLedger extends Ledger {
  readonly state: ReadonlyMap<string, Item>;
  readonly journal: ReadonlyMap<string, Item>;
}

/** Text that is equal exactly when two ledgers hold the same bytes. */
export const contentsOf = (ledger: MemoryLedger): string =>
  JSON.stringify([[...ledger.journal].sort(byKey), [...ledger.state].sort(byKey)]);

const byKey = ([a]: [string, Item], [b]: [string, Item]): number => (a < b ? -1 : 1);

/**
 * A ledger in memory, behind the same port as the DynamoDB one and through the same codecs.
 * @param start what it holds from the beginning: a copy of another's contents
 */
export const createMemoryLedger = (start?: Pick<MemoryLedger, 'state' | 'journal'>): MemoryLedger => {
  const state = new Map<string, Item>(start?.state);
  const journal = new Map<string, Item>(start?.journal);

  const holds = (plan: CommitPlan): boolean =>
    (state.get(headKey(plan.fundId))?.['seq'] ?? 0) === plan.expectedSeq &&
    plan.entries.every((e) => !journal.has(`${bookKey(plan.fundId)}/${seqKey(e.seq)}`)) &&
    plan.writes.every((w) => {
      const found = state.get(entityKey(plan.fundId, w.entity));
      if (found === undefined) return w.expectedVersion === 0;
      if (found['version'] !== w.expectedVersion) return false;
      if (w.priorStatuses === undefined) return true;
      const { status } = found['state'] as { status?: string };
      return status !== undefined && w.priorStatuses.includes(status);
    });

  const load: Ledger['load'] = async (fundId, refs): Promise<Loaded> => {
    if (new Set(refs.map(refKey)).size >= TRANSACTION_ITEMS_MAX) throw new Error('too many items');
    const head = state.get(headKey(fundId));
    const entities = new Map<string, StoredEntity>();
    for (const r of refs) {
      const item = state.get(entityKey(fundId, r));
      if (item !== undefined) entities.set(refKey(r), decodeEntity(structuredClone(item)));
    }
    return { head: head === undefined ? emptyHead(fundId) : decodeHead(structuredClone(head)), entities };
  };

  const commit = async (plan: CommitPlan): Promise<CommitResult> => {
    if (plan.entries.length + plan.writes.length + 1 > TRANSACTION_ITEMS_MAX) throw new Error('too many items');
    if (!holds(plan)) return 'contention';
    for (const entry of plan.entries)
      journal.set(`${bookKey(plan.fundId)}/${seqKey(entry.seq)}`, structuredClone(encodeEntry(entry)));
    for (const write of plan.writes)
      state.set(entityKey(plan.fundId, write.entity), structuredClone(encodeEntity(plan.fundId, write.entity)));
    state.set(headKey(plan.fundId), structuredClone(encodeHead(plan.head)));
    return 'committed';
  };

  return { state, journal, load, commit };
};
