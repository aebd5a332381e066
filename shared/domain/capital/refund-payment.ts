import { FundError } from '#shared/errors/fund-error.ts';
import type { EntityChange, Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import type { PaymentState } from '../payments/payment.ts';
import type { Consequence, Purpose } from '../payments/purpose.ts';
import { readCapital } from './capital.ts';
import { type PayeePart, settleParts } from './payees.ts';
import { type RefundState, refundMachine } from './refund.ts';

const readRefund = (state: Snapshot, id: string): RefundState => {
  const found = state.read('refund', id);
  if (found === undefined) throw new FundError('CASE_NOT_FOUND', { refund: id });
  return found;
};

/** What lists show of a refund. */
export const refundDigest = (id: string, refund: RefundState): Digest => ({
  type: 'refund',
  id,
  fields: {
    status: refund.status,
    basis: refund.basis,
    document: refund.documentNumber,
    amountFen: String(refund.parts.reduce((sum, p) => sum + p.amountFen, 0n)),
    paidFen: String(refund.parts.reduce((sum, p) => sum + (p.outcome === 'paid' ? p.amountFen : 0n), 0n)),
  },
});

/** Notes what became of one contributor's payment. */
const note = (
  state: Snapshot,
  payId: string,
  { purpose }: PaymentState,
  outcome: PayeePart['outcome'],
  edge: keyof typeof refundMachine.edges,
): Consequence => {
  const before = readRefund(state, purpose.id);
  const after: RefundState = { ...before, ...settleParts(before.parts, payId, outcome) };
  return {
    changes: [
      { type: 'refund', id: purpose.id, state: after, priorStatuses: refundMachine.edges[edge].from },
      ...refundedBy(state, before, payId, outcome),
    ],
    digests: [refundDigest(purpose.id, after)],
  };
};

/** Keeps count of what each contributor has got back, and of what is on its way. */
const refundedBy = (
  state: Snapshot,
  before: RefundState,
  payId: string,
  outcome: PayeePart['outcome'],
): readonly EntityChange[] => {
  const part = before.parts.find((p) => p.payId === payId);
  if (part === undefined || part.outcome === outcome) return [];
  const paid = (outcome === 'paid' ? 1n : 0n) - (part.outcome === 'paid' ? 1n : 0n);
  const givenUp = outcome === 'cancelled' ? 1n : 0n;
  const contributors = readCapital(state).contributors.map((c) =>
    c.id === part.contributor
      ? {
          ...c,
          refundedFen: c.refundedFen + paid * part.amountFen,
          ...(c.grantedFen === undefined ? {} : { grantedFen: c.grantedFen - givenUp * part.amountFen }),
        }
      : c,
  );
  return [{ type: 'capital', id: 'all', state: { contributors } }];
};

/** What becomes of a refund when one of its payments ends. */
export const refundPurpose: Purpose = {
  settled: (state, payId, payment) => note(state, payId, payment, 'paid', 'pay'),
  rejected: (state, payId, payment) => note(state, payId, payment, 'open', 'giveBack'),
  cancelled: (state, payId, payment) => note(state, payId, payment, 'cancelled', 'cancel'),
};
