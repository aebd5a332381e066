import type { EntityChange, Snapshot } from '../book/decision.ts';
import { clawbackReceived } from '../book/templates-guidance.ts';
import { type PayeePart, settleParts } from '../capital/payees.ts';
import { minFen } from '../money.ts';
import type { Destination } from '../payments/destination.ts';
import type { PaymentState } from '../payments/payment.ts';
import type { Consequence, Purpose } from '../payments/purpose.ts';
import { type DistributionState, distributionDigest, distributionMachine, readDistribution } from './distribution.ts';
import { EMPTY_PARTNER } from './partner.ts';

/** Notes what became of one partner's payment. */
const note = (
  state: Snapshot,
  payId: string,
  { purpose }: PaymentState,
  outcome: PayeePart['outcome'],
  edge: keyof typeof distributionMachine.edges,
): Consequence => {
  const before = readDistribution(state, purpose.id);
  const after: DistributionState = { ...before, ...settleParts(before.parts, payId, outcome) };
  const part = after.parts.find((p) => p.payId === payId);
  return {
    changes: [
      {
        type: 'distribution',
        id: purpose.id,
        state: after,
        priorStatuses: distributionMachine.edges[edge].from,
      },
      ...(part === undefined || outcome !== 'cancelled' ? [] : [stillOwed(state, part)]),
    ],
    digests: [distributionDigest(purpose.id, after)],
  };
};

/** What was decided stays owed to the partner; the next distribution pays it, to an account of its own. */
const stillOwed = (state: Snapshot, { contributor, amountFen }: PayeePart): EntityChange => {
  const partner = state.read('partner', contributor) ?? EMPTY_PARTNER;
  return { type: 'partner', id: contributor, state: { ...partner, owedFen: partner.owedFen + amountFen } };
};

/** What becomes of a distribution when one of its payments ends. */
export const distributionPurpose: Purpose = {
  settled: (state, payId, payment) => note(state, payId, payment, 'paid', 'pay'),
  rejected: (state, payId, payment) => note(state, payId, payment, 'open', 'giveBack'),
  cancelled: (state, payId, payment) => note(state, payId, payment, 'cancelled', 'cancel'),
};

/** Carry the manager pays back (回拨): it can be distributed to those who lack it. */
export const distributionDestination: Destination = {
  receive: (state, id, { amountFen, source }) => {
    const before = state.read('distribution', id);
    if (before === undefined) return undefined;
    const takenFen = minFen(amountFen, before.clawbackDueFen - before.clawbackReceivedFen);
    if (takenFen === 0n) return undefined;
    const after: DistributionState = { ...before, clawbackReceivedFen: before.clawbackReceivedFen + takenFen };
    return {
      takenFen,
      entry: { type: 'distribution.clawback-received', summary: '收到管理人回拨', links: { distribution: id } },
      lines: clawbackReceived(takenFen, id, source),
      changes: [{ type: 'distribution', id, state: after, priorStatuses: distributionMachine.edges.receive.from }],
      digests: [distributionDigest(id, after)],
    };
  },
};
