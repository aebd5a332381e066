import type { Snapshot } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import type { Fen } from '../money.ts';
import { emptyHolding, type HoldingState, holdingIdOf, settledStatus } from './holding.ts';
import type { Lot } from './lots.ts';
import type { Quantity } from './quantity.ts';

/** What was acquired: so much of one class of one enterprise. */
export interface Acquired {
  readonly enterpriseId: string;
  readonly shareClass: string;
  readonly quantity: Quantity;
  readonly costFen: Fen;
}

/** A holding after a lot came to it or went from it. */
export interface HoldingAfter {
  readonly id: string;
  readonly holding: HoldingState;
}

/**
 * The holding with one lot more.
 * @param source number of what brought it, for an auditor to follow
 */
export const addLot = (
  state: Snapshot,
  { enterpriseId, shareClass, quantity, costFen }: Acquired,
  { source, on, registered }: { readonly source: string; readonly on: BusinessDate; readonly registered: boolean },
): HoldingAfter & { readonly lot: number } => {
  const id = holdingIdOf(enterpriseId, shareClass);
  const before = state.read('holding', id) ?? emptyHolding(enterpriseId, shareClass);
  const lot: Lot = { no: before.nextLot, acquiredOn: on, source, quantity, costFen, registered };
  const after = { ...before, lots: [...before.lots, lot], nextLot: before.nextLot + 1 };
  return { id, holding: { ...after, status: settledStatus(after) }, lot: lot.no };
};

/** The holding without a lot whose payment came back; undefined when something has happened to the lot since. */
export const withoutLot = (
  state: Snapshot,
  { enterpriseId, shareClass, quantity, costFen }: Acquired,
  no: number,
): HoldingAfter | undefined => {
  const id = holdingIdOf(enterpriseId, shareClass);
  const holding = state.read('holding', id);
  const lot = holding?.lots.find((l) => l.no === no);
  if (holding === undefined || lot?.quantity !== quantity || lot.costFen !== costFen) return undefined;
  const left = { ...holding, lots: holding.lots.filter((l) => l.no !== no) };
  return { id, holding: { ...left, status: settledStatus(left) } };
};
