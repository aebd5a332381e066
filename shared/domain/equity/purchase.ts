import type { Snapshot } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import { requireEdge } from '../machine.ts';
import type { PaymentState } from '../payments/payment.ts';
import type { Consequence, Purpose } from '../payments/purpose.ts';
import { type AcquisitionState, acquisitionDigest, acquisitionMachine, readAcquisition } from './acquisition.ts';
import {
  emptyHolding,
  type HoldingState,
  holdingDigest,
  holdingIdOf,
  holdingMachine,
  settledStatus,
} from './holding.ts';
import type { Lot } from './lots.ts';
import { moveStake } from './stake.ts';

/** The holding with one lot more: what an acquisition has brought. */
export const addLot = (
  state: Snapshot,
  acquisitionId: string,
  { enterpriseId, shareClass, quantity, costFen }: AcquisitionState,
  on: BusinessDate,
  registered: boolean,
): { readonly id: string; readonly holding: HoldingState; readonly lot: number } => {
  const id = holdingIdOf(enterpriseId, shareClass);
  const before = state.read('holding', id) ?? emptyHolding(enterpriseId, shareClass);
  const lot: Lot = { no: before.nextLot, acquiredOn: on, source: acquisitionId, quantity, costFen, registered };
  const after = { ...before, lots: [...before.lots, lot], nextLot: before.nextLot + 1 };
  return { id, holding: { ...after, status: settledStatus(after) }, lot: lot.no };
};

/** The price has left the bank: the acquisition has become a lot. */
const settled: Purpose['settled'] = (state, payId, { purpose }, on) => {
  const acquisition = readAcquisition(state, purpose.id);
  if (acquisition.payId !== payId) return {};
  requireEdge(acquisitionMachine, 'pay', acquisition.status);
  const registered = acquisition.status === 'registered';
  const { id, holding, lot } = addLot(state, purpose.id, acquisition, on, registered);
  const after: AcquisitionState = { ...acquisition, lot, status: registered ? 'done' : 'paid' };
  return {
    changes: [
      { type: 'acquisition', id: purpose.id, state: after, priorStatuses: acquisitionMachine.edges.pay.from },
      { type: 'holding', id, state: holding },
      ...moveStake(state, acquisition.enterpriseId, { costFen: acquisition.costFen }),
    ],
    digests: [acquisitionDigest(purpose.id, after), holdingDigest(id, holding)],
  };
};

/** The bank refused it, or money that had left came back: then its lot goes, if nothing has happened to it. */
const rejected = (state: Snapshot, payId: string, { purpose }: PaymentState): Consequence | undefined => {
  const { lot: no, ...acquisition } = readAcquisition(state, purpose.id);
  if (acquisition.payId !== payId || no === undefined) return {};
  const id = holdingIdOf(acquisition.enterpriseId, acquisition.shareClass);
  const holding = state.read('holding', id);
  const lot = holding?.lots.find((l) => l.no === no);
  const untouched = lot?.quantity === acquisition.quantity && lot.costFen === acquisition.costFen;
  if (holding === undefined || !untouched) return undefined;
  const kept = { ...holding, lots: holding.lots.filter((l) => l.no !== no) };
  const left: HoldingState = { ...kept, status: settledStatus(kept) };
  const after: AcquisitionState = {
    ...acquisition,
    status: acquisition.status === 'done' ? 'registered' : 'contracted',
  };
  return {
    changes: [
      { type: 'acquisition', id: purpose.id, state: after, priorStatuses: acquisitionMachine.edges.giveBack.from },
      { type: 'holding', id, state: left, priorStatuses: holdingMachine.edges.giveBack.from },
      ...moveStake(state, acquisition.enterpriseId, { costFen: -acquisition.costFen }),
    ],
    digests: [acquisitionDigest(purpose.id, after), holdingDigest(id, left)],
  };
};

/** The price is not paid after all: the acquisition is over, unless it is registered, when it must be paid. */
const cancelled = (state: Snapshot, payId: string, { purpose }: PaymentState): Consequence => {
  const acquisition = readAcquisition(state, purpose.id);
  if (acquisition.payId !== payId) return {};
  requireEdge(acquisitionMachine, 'cancel', acquisition.status);
  return giveUpAcquisition(state, purpose.id, acquisition);
};

/** Ends an acquisition that has not become a holding: its place under the limits is free again. */
export const giveUpAcquisition = (state: Snapshot, id: string, acquisition: AcquisitionState) => {
  const after: AcquisitionState = { ...acquisition, status: 'cancelled' };
  return {
    changes: [
      { type: 'acquisition' as const, id, state: after, priorStatuses: acquisitionMachine.edges.cancel.from },
      ...moveStake(state, acquisition.enterpriseId, {
        exposureFen: -acquisition.costFen,
        quantity: -acquisition.quantity,
      }),
    ],
    digests: [acquisitionDigest(id, after)],
  };
};

/** What becomes of an acquisition when the payment of its price ends. Fees are paid beside it and change nothing. */
export const equityPurpose: Purpose = { settled, rejected, cancelled };
