import type { EntityType } from '../entities.ts';
import { dividendDestination } from '../equity/dividend.ts';
import { exitDestination, holdingDestination } from '../equity/proceeds.ts';
import { claimDestination, recoveryDestination } from '../guarantee/recovery-money.ts';
import { distributionDestination } from '../guidance/distribution-payment.ts';
import type { Destination } from './destination.ts';

/** What money may come for, by the prefix of its number: a remittance text that has the number says where it belongs. */
const destinations: Readonly<Record<string, Destination & { readonly type: EntityType }>> = {
  EX: { type: 'exit', ...exitDestination },
  DV: { type: 'dividend', ...dividendDestination },
  HD: { type: 'holding', ...holdingDestination },
  DS: { type: 'distribution', ...distributionDestination },
  RV: { type: 'recovery', ...recoveryDestination },
  CL: { type: 'claim', ...claimDestination },
};

/**
 * What money that names this number is for.
 * @throws Error for a prefix nothing stands for: payloads are checked against {@link DESTINATION_PREFIXES} before
 */
export const destinationOf = (id: string): Destination & { readonly type: EntityType } => {
  const found = destinations[id.slice(0, id.indexOf('-'))];
  if (found === undefined) throw new Error(`money cannot be for ${id}`);
  return found;
};

export const DESTINATION_PREFIXES: readonly string[] = Object.keys(destinations);
