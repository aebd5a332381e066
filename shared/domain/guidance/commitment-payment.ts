import type { Snapshot } from '../book/decision.ts';
import { holdingDigest, holdingMachine } from '../equity/holding.ts';
import { type Acquired, addLot, withoutLot } from '../equity/lot-of.ts';
import { moveStake } from '../equity/stake.ts';
import { requireEdge } from '../machine.ts';
import type { Purpose } from '../payments/purpose.ts';
import {
  type CommitmentCallState,
  type CommitmentState,
  commitmentCallDigest,
  commitmentCallMachine,
  commitmentDigest,
  commitmentMachine,
  INTEREST,
  readCommitment,
} from './commitment.ts';

/** One unit of an interest is one yuan: 10^6 millionths for 100 fen. */
const MILLIONTHS_PER_FEN = 10_000n;

const acquiredBy = ({ enterpriseId, amountFen }: CommitmentCallState): Acquired => ({
  enterpriseId,
  shareClass: INTEREST,
  quantity: amountFen * MILLIONTHS_PER_FEN,
  costFen: amountFen,
});

const readCall = (state: Snapshot, id: string): CommitmentCallState => {
  const found = state.read('commitment-call', id);
  if (found === undefined) throw new Error(`there is no commitment call ${id}`);
  return found;
};

/** A call and its commitment, changed together. */
const both = (
  edge: keyof typeof commitmentCallMachine.edges,
  id: string,
  call: CommitmentCallState,
  commitment: CommitmentState,
) => ({
  changes: [
    { type: 'commitment-call', id, state: call, priorStatuses: commitmentCallMachine.edges[edge].from },
    { type: 'commitment', id: call.commitmentId, state: commitment, priorStatuses: commitmentMachine.edges.pay.from },
  ] as const,
  digests: [commitmentCallDigest(id, call), commitmentDigest(call.commitmentId, commitment)],
});

/** The money has left: the interest has grown by a lot. It needs no register of its own, the agreement is there. */
const settled: Purpose['settled'] = (state, _payId, { purpose }, on) => {
  const before = readCall(state, purpose.id);
  requireEdge(commitmentCallMachine, 'pay', before.status);
  const acquired = acquiredBy(before);
  const { id, holding, lot } = addLot(state, acquired, { source: purpose.id, on, registered: true });
  const commitment = readCommitment(state, before.commitmentId);
  const paidFen = commitment.paidFen + before.amountFen;
  const { changes, digests } = both('pay', purpose.id, { ...before, lot, status: 'paid' }, { ...commitment, paidFen });
  return {
    changes: [
      ...changes,
      { type: 'holding', id, state: holding },
      ...moveStake(state, before.enterpriseId, { costFen: acquired.costFen, quantity: acquired.quantity }),
    ],
    digests: [...digests, holdingDigest(id, holding)],
  };
};

/** The bank refused it, or the sub-fund sent it back: then its lot goes, if nothing has happened to it. */
const rejected: Purpose['rejected'] = (state, _payId, { purpose }) => {
  const { lot, ...before } = readCall(state, purpose.id);
  if (lot === undefined) return {};
  const acquired = acquiredBy(before);
  const left = withoutLot(state, acquired, lot);
  const commitment = readCommitment(state, before.commitmentId);
  if (left === undefined || commitment.status === 'closed') return undefined;
  const paidFen = commitment.paidFen - before.amountFen;
  const { changes, digests } = both(
    'giveBack',
    purpose.id,
    { ...before, status: 'approved' },
    { ...commitment, paidFen },
  );
  return {
    changes: [
      ...changes,
      { type: 'holding', id: left.id, state: left.holding, priorStatuses: holdingMachine.edges.giveBack.from },
      ...moveStake(state, before.enterpriseId, { costFen: -acquired.costFen, quantity: -acquired.quantity }),
    ],
    digests: [...digests, holdingDigest(left.id, left.holding)],
  };
};

/** The call is not paid after all: its amount can be called again. */
const cancelled: Purpose['cancelled'] = (state, _payId, { purpose }) => {
  const before = readCall(state, purpose.id);
  requireEdge(commitmentCallMachine, 'cancel', before.status);
  const commitment = readCommitment(state, before.commitmentId);
  const calledFen = commitment.calledFen - before.amountFen;
  return both('cancel', purpose.id, { ...before, status: 'cancelled' }, { ...commitment, calledFen });
};

/** What becomes of a sub-fund's call when its payment ends. */
export const commitmentCallPurpose: Purpose = { settled, rejected, cancelled };
