import { ensure } from '#shared/errors/fund-error.ts';
import type { EntityChange, Snapshot } from '../book/decision.ts';
import { checkUscc, normaliseName } from '../identity.ts';
import { identify } from '../lending/apply.ts';
import type { EnterpriseState } from '../lending/enterprise.ts';

/**
 * An enterprise as the fund knows it, or a new one. One code has one name; where the charter says so, no two names look alike.
 * @throws USCC_INVALID, NAME_INVALID, NAME_DIFFERS, NAME_LOOKS_ALIKE
 */
export const identifyEnterprise = (
  state: Snapshot,
  { id, name }: { readonly id: string; readonly name: string },
  uniqueNames: boolean,
): { enterprise: EnterpriseState; changes: readonly EntityChange[] } => {
  checkUscc(id);
  const known = uniqueNames ? identify(state, { id, name }) : identifyByCode(state, id, normaliseName(name));
  return {
    enterprise: known.before ?? { kind: 'company', name: known.name, exposureFen: 0n },
    changes: known.changes,
  };
};

const identifyByCode = (state: Snapshot, id: string, name: string): ReturnType<typeof identify> => {
  const before = state.read('enterprise', id);
  ensure(before === undefined || before.name === name, 'NAME_DIFFERS', { known: before?.name ?? '', given: name });
  return { name, before, changes: [] };
};
