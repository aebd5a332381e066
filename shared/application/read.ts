import type { Charter } from '#shared/domain/charter/charter.ts';
import { chunks } from '#shared/domain/chunks.ts';
import { type EntityRef, type EntityType, ref, type StateOf } from '#shared/domain/entities.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import { type Ledger, type Loaded, type StoredEntity, TRANSACTION_ITEMS_MAX } from './ports.ts';
import { snapshotOf } from './snapshot.ts';

/** Entities of one read at most: the head comes with them. */
export const READ_REFS_MAX = TRANSACTION_ITEMS_MAX - 1;

/** The state of one entity; undefined where there is none. */
export const readOne = async <T extends EntityType>(
  ledger: Ledger,
  fundId: string,
  type: T,
  id: string,
): Promise<StateOf<T> | undefined> => snapshotOf(await ledger.load(fundId, [ref(type, id)])).read(type, id);

/**
 * Reads entities, however many. What one read takes is one state of the book; of more, each part is one, and the head is that
 * of the first.
 */
export const loadAll = async (ledger: Ledger, fundId: string, refs: readonly EntityRef[]): Promise<Loaded> => {
  const [first = [], ...more] = chunks(refs, READ_REFS_MAX);
  const { head, entities } = await ledger.load(fundId, first);
  const all = new Map<string, StoredEntity>(entities);
  for (const part of more) for (const [key, entity] of (await ledger.load(fundId, part)).entities) all.set(key, entity);
  return { head, entities: all };
};

/** A version of a fund's charter that something on record names: were it not there, the fault would be ours. */
export const charterOf = async (ledger: Ledger, fundId: string, version: number): Promise<Charter> =>
  (await chartersOf(ledger, fundId, [version]))(version);

/** Several such versions at once, by number. Where none is named, nothing is read. */
export const chartersOf = async (
  ledger: Ledger,
  fundId: string,
  versions: readonly number[],
): Promise<(version: number) => Charter> => {
  const refs = [...new Set(versions)].map((version) => ref('charter', String(version)));
  const found = refs.length === 0 ? undefined : snapshotOf(await loadAll(ledger, fundId, refs));
  return (version) => {
    const charter = found?.read('charter', String(version));
    if (charter === undefined) throw new Error(`charter ${version} of ${fundId} is gone`);
    return charter;
  };
};

/** The latest version of a fund's charter, in force or not yet. @throws CHARTER_NOT_IN_FORCE when it has none */
export const latestCharterOf = async (ledger: Ledger, fundId: string): Promise<Charter> => {
  const { head } = await ledger.load(fundId, []);
  const version = head.charters.at(-1)?.version;
  if (version === undefined) throw new FundError('CHARTER_NOT_IN_FORCE', { fundId });
  return await charterOf(ledger, fundId, version);
};
