import { ensure } from '#shared/errors/fund-error.ts';
import { requireRole } from '../approvals/guards.ts';
import type { CommandSpec } from '../book/decision.ts';
import { ref } from '../entities.ts';
import { idFrom } from '../ids.ts';
import { readPayment } from '../payments/orders.ts';
import { newPayment, type PurposeType } from '../payments/payment.ts';
import { accountToday } from './claim-case.ts';

/** The payment that takes the place of one given up. */
export const reissuedIdOf = (payId: string): string => idFrom('PY', ['instead of', payId]);

export interface ReissuePayload {
  /** The payment given up. */
  readonly payId: string;
}

const OWED: readonly PurposeType[] = ['claim', 'recovery'];

/**
 * What is owed to a bank or guarantor is paid anew, to its account of today, after its payment was given up (a closed
 * account, say). The amount is held again.
 * @throws ROLE_REQUIRED, PAYMENT_NOT_FOUND, REISSUE_REFUSED, FUNDS_INSUFFICIENT
 */
export const reissuePayment: CommandSpec<ReissuePayload> = {
  kind: 'payment.reissue',
  primary: (p) => ref('payment', reissuedIdOf(p.payId)),
  prefetch: (p) => [ref('payment', p.payId)],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'director');
    const {
      status,
      attempt: _attempt,
      instructedOn: _on,
      entrySeq: _seq,
      ...given
    } = readPayment(state, payload.payId);
    const party = given.debits[0]?.dims?.bank;
    ensure(status === 'cancelled' && OWED.includes(given.purpose.type) && party !== undefined, 'REISSUE_REFUSED', {
      status,
      purpose: given.purpose.type,
    });
    const payId = reissuedIdOf(payload.payId);
    ensure(state.read('payment', payId) === undefined, 'REISSUE_REFUSED', { payId });
    const payee = accountToday(rules, party) ?? given.payee;
    const payment = newPayment(payId, { ...given, payee, charterVersion: rules.versionInForce });
    return {
      entries: [
        {
          type: 'payment.reissued',
          businessDate: today,
          summary: `重新开具付款 ${given.summary}`,
          links: { case: given.caseId, pay: payId, [given.purpose.type]: given.purpose.id },
          facts: { insteadOf: payload.payId },
          digests: [payment.digest],
        },
      ],
      changes: [payment.change],
      head: { heldFen: given.amountFen },
    };
  },
};
