import type { Snapshot } from '#shared/domain/book/decision.ts';
import { type EntityType, ref, refKey, type StateOf } from '#shared/domain/entities.ts';
import type { Loaded } from './ports.ts';

/** What was loaded, as the rules of the domain look at it; what was not asked for reads as absent. */
export const snapshotOf = ({ head, entities }: Loaded): Snapshot => {
  const read = <T extends EntityType>(type: T, id: string): StateOf<T> | undefined =>
    entities.get(refKey(ref(type, id)))?.state as StateOf<T> | undefined;
  return { head, read, foresee: () => undefined };
};
