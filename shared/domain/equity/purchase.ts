import type { CaseState } from '../approvals/case.ts';
import type { Effect } from '../approvals/effect.ts';
import type { Snapshot } from '../book/decision.ts';
import { requireEdge } from '../machine.ts';
import type { Fen } from '../money.ts';
import type { PaymentState } from '../payments/payment.ts';
import type { Consequence, Purpose } from '../payments/purpose.ts';
import {
  type AcquisitionState,
  acquisitionDigest,
  acquisitionIdOf,
  acquisitionMachine,
  outlayFen,
  readAcquisition,
} from './acquisition.ts';
import { holdingDigest, holdingMachine } from './holding.ts';
import { addLot, withoutLot } from './lot-of.ts';
import type { Quantity } from './quantity.ts';
import { moveStake } from './stake.ts';

/** The price has left the bank: the acquisition has become a lot. */
const settled: Purpose['settled'] = (state, payId, { purpose }, on) => {
  const acquisition = readAcquisition(state, purpose.id);
  if (acquisition.payId !== payId) return {};
  requireEdge(acquisitionMachine, 'pay', acquisition.status);
  const registered = acquisition.status === 'registered';
  const { id, holding, lot } = addLot(state, acquisition, { source: purpose.id, on, registered });
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
const rejected: Purpose['rejected'] = (state, payId, { purpose }) => {
  const { lot, ...acquisition } = readAcquisition(state, purpose.id);
  if (acquisition.payId !== payId || lot === undefined) return {};
  const left = withoutLot(state, acquisition, lot);
  if (left === undefined) return undefined;
  const status = acquisition.status === 'done' ? 'registered' : 'contracted';
  const after: AcquisitionState = { ...acquisition, status };
  return {
    changes: [
      { type: 'acquisition', id: purpose.id, state: after, priorStatuses: acquisitionMachine.edges.giveBack.from },
      { type: 'holding', id: left.id, state: left.holding, priorStatuses: holdingMachine.edges.giveBack.from },
      ...moveStake(state, acquisition.enterpriseId, { costFen: -acquisition.costFen }),
    ],
    digests: [acquisitionDigest(purpose.id, after), holdingDigest(left.id, left.holding)],
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

/** The place a proposed purchase has under the limits. */
export interface Place {
  readonly enterpriseId: string;
  readonly exposureFen: Fen;
  readonly quantity: Quantity;
}

/**
 * A proposal that comes to nothing gives its place under the limits back; an approved one its hold, too, unless the director
 * gave its acquisition up before.
 */
export const giveUpPurchase = (
  state: Snapshot,
  caseId: string,
  before: CaseState,
  { enterpriseId, exposureFen, quantity }: Place,
): Effect => {
  if (before.status !== 'approved')
    return { changes: moveStake(state, enterpriseId, { exposureFen: -exposureFen, quantity: -quantity }) };
  const id = acquisitionIdOf(caseId);
  const acquisition = readAcquisition(state, id);
  if (acquisition.status === 'cancelled') return {};
  const { changes, digests } = giveUpAcquisition(state, id, acquisition);
  return { changes, head: { heldFen: -outlayFen(acquisition) }, entry: { links: { acquisition: id }, digests } };
};

/** What becomes of an acquisition when the payment of its price ends. Fees are paid beside it and change nothing. */
export const equityPurpose: Purpose = { settled, rejected, cancelled };
