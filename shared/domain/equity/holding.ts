import { FundError } from '#shared/errors/fund-error.ts';
import type { Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import { idFrom } from '../ids.ts';
import { machine } from '../machine.ts';
import type { Fen } from '../money.ts';
import { costOf, type Lot, quantityOf } from './lots.ts';
import { formatQuantity, type Quantity } from './quantity.ts';

export type HoldingStatus = 'unregistered' | 'active' | 'partly-exited' | 'exited' | 'written-off';

/**
 * The life of a holding from the first payment on; before that there is an acquisition. It can be acquired into at any
 * time, because what the bank has paid is paid.
 */
export const holdingMachine = machine('holding', {
  acquire: {
    from: ['unregistered', 'active', 'partly-exited', 'exited', 'written-off'],
    to: ['unregistered', 'active', 'partly-exited'],
  },
  giveBack: {
    from: ['unregistered', 'active', 'partly-exited'],
    to: ['unregistered', 'active', 'partly-exited', 'exited'],
  },
  register: { from: ['unregistered', 'active', 'partly-exited'], to: ['active', 'partly-exited'] },
  offer: { from: ['active', 'partly-exited'], to: ['active', 'partly-exited'] },
  withdraw: { from: ['active', 'partly-exited'], to: ['active', 'partly-exited'] },
  sell: { from: ['active', 'partly-exited'], to: ['partly-exited', 'exited'] },
  declare: { from: ['active', 'partly-exited'], to: ['active', 'partly-exited'] },
  revoke: { from: ['active', 'partly-exited'], to: ['active', 'partly-exited'] },
  writeOff: { from: ['unregistered', 'active', 'partly-exited'], to: ['written-off'] },
  recover: { from: ['written-off'], to: ['written-off'] },
} satisfies Record<string, { from: HoldingStatus[]; to: HoldingStatus[] }>);

/** What a fund holds of one class of one enterprise. The cost of its lots and of what is on sale is its part of 1101.01. */
export interface HoldingState {
  readonly status: HoldingStatus;
  readonly enterpriseId: string;
  /** e.g. ordinary, preferred-a, interest (份额 of a partnership). Classes have different rights, so each is a holding. */
  readonly shareClass: string;
  readonly lots: readonly Lot[];
  /** Number of the next lot; numbers are never given twice. */
  readonly nextLot: number;
  /** Taken out of the lots by exits that are approved and not yet paid. */
  readonly onSale: { readonly quantity: Quantity; readonly costFen: Fen };
  readonly writtenOffFen: Fen;
  readonly recoveredFen: Fen;
}

/** The holding of one class of one enterprise: always the same id, so that looking is enough to know what is held. */
export const holdingIdOf = (enterpriseId: string, shareClass: string): string =>
  idFrom('HD', ['holding', enterpriseId, shareClass]);

/** @throws HOLDING_NOT_FOUND */
export const readHolding = (state: Snapshot, holdingId: string): HoldingState => {
  const found = state.read('holding', holdingId);
  if (found === undefined) throw new FundError('HOLDING_NOT_FOUND', { holdingId });
  return found;
};

/** A holding nothing has been acquired into yet. */
export const emptyHolding = (enterpriseId: string, shareClass: string): HoldingState => ({
  status: 'unregistered',
  enterpriseId,
  shareClass,
  lots: [],
  nextLot: 1,
  onSale: { quantity: 0n, costFen: 0n },
  writtenOffFen: 0n,
  recoveredFen: 0n,
});

/** The status that follows from the lots; `sold` when something has just been sold. */
export const settledStatus = (holding: HoldingState, sold = false): HoldingStatus => {
  if (holding.lots.length === 0 && holding.onSale.quantity === 0n) return 'exited';
  if (sold || holding.status === 'partly-exited') return 'partly-exited';
  return holding.lots.some((lot) => lot.registered) || holding.onSale.quantity > 0n ? 'active' : 'unregistered';
};

/** What lists show of a holding. */
export const holdingDigest = (id: string, holding: HoldingState): Digest => ({
  type: 'holding',
  id,
  fields: {
    status: holding.status,
    enterprise: holding.enterpriseId,
    shareClass: holding.shareClass,
    quantity: formatQuantity(quantityOf(holding.lots)),
    costFen: String(costOf(holding.lots)),
    onSaleFen: String(holding.onSale.costFen),
    ...(holding.writtenOffFen === 0n
      ? {}
      : { writtenOffFen: String(holding.writtenOffFen), recoveredFen: String(holding.recoveredFen) }),
  },
});
