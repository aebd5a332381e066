import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { requireSystem } from '../approvals/guards.ts';
import type { CommandSpec, Decision, Rules, Snapshot } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import { type EntityRef, ref } from '../entities.ts';
import { bounceLoan, doubtLoan, giveBackLoan, settleLoan } from '../lending/payment.ts';
import { openDate } from './dates.ts';
import { bounceOrder, doubtOrder, giveBackOrder, settleOrder } from './orders.ts';
import { attemptOf } from './payment.ts';
import { type BankLine, receiptIdOf, suspend } from './suspense.ts';

/*
 * What the bank says of a payment, whichever it is of: a loan carries its own, everything else has one as an entity.
 */

export interface PaymentPayload {
  readonly paymentId: string;
}

const primary = ({ paymentId }: PaymentPayload): EntityRef => {
  const attempt = attemptOf(paymentId);
  return attempt === undefined ? ref('payment', paymentId) : ref(attempt.type, attempt.id);
};

/**
 * The attempt an answer of the bank is about; it must be the last one there was.
 * @throws PAYMENT_NOT_FOUND, PAYMENT_SUPERSEDED
 */
const requireAttempt = (state: Snapshot, { paymentId }: PaymentPayload) => {
  const found = attemptOf(paymentId);
  const last = found === undefined ? undefined : lastAttempt(state, found);
  if (found === undefined || last === undefined || found.attempt > last)
    throw new FundError('PAYMENT_NOT_FOUND', { paymentId });
  ensure(found.attempt === last, 'PAYMENT_SUPERSEDED', { paymentId, attempt: String(last) });
  return found;
};

const lastAttempt = (state: Snapshot, { type, id }: { type: 'loan' | 'payment'; id: string }): number | undefined =>
  type === 'loan' ? state.read('loan', id)?.payment.attempt : state.read('payment', id)?.attempt;

export interface DoubtPayload extends PaymentPayload {
  /** The day of the enquiry; one enquiry a day. */
  readonly date: BusinessDate;
}

/**
 * No answer came in time: the outcome is unknown, which is a state. The bank is asked; nothing is sent again.
 * @throws ROLE_REQUIRED, PAYMENT_NOT_FOUND, PAYMENT_SUPERSEDED, STATE_INVALID
 */
export const doubtPayment: CommandSpec<DoubtPayload> = {
  kind: 'payment.doubt',
  primary,
  decide: (state, { payload, actor }, _rules, today) => {
    requireSystem(actor);
    const { type, id } = requireAttempt(state, payload);
    return type === 'loan' ? doubtLoan(state, id, payload.date, today) : doubtOrder(state, id, payload.date, today);
  },
};

export interface BouncePayload extends PaymentPayload {
  readonly reasonCode: string;
  readonly reasonText: string;
}

/**
 * The bank refuses the payment: the voucher is taken back in red, the money is held again.
 * @throws ROLE_REQUIRED, PAYMENT_NOT_FOUND, STATE_INVALID, PAYMENT_SUPERSEDED
 */
export const bouncePayment: CommandSpec<BouncePayload> = {
  kind: 'payment.bounce',
  primary,
  decide: (state, { payload, actor }, rules, today) => {
    requireSystem(actor);
    const { type, id } = requireAttempt(state, payload);
    const reason = { code: payload.reasonCode, text: payload.reasonText };
    return type === 'loan' ? bounceLoan(state, id, reason, today) : bounceOrder(state, id, reason, rules, today);
  },
};

export interface SettlePayload extends PaymentPayload {
  readonly line: BankLine;
}

type Outcome = (state: Snapshot, id: string, attempt: number, line: BankLine, rules: Rules) => Decision | undefined;

/** A line that fits no payment awaited (paid twice, another amount, after a refusal) is money all the same: a person looks. */
const orSuspend =
  (ofLoan: Outcome, ofOrder: Outcome): CommandSpec<SettlePayload>['decide'] =>
  (state, { payload, actor }, rules) => {
    requireSystem(actor);
    const { paymentId, line } = payload;
    const attempt = attemptOf(paymentId);
    const decision =
      attempt === undefined
        ? undefined
        : (attempt.type === 'loan' ? ofLoan : ofOrder)(state, attempt.id, attempt.attempt, line, rules);
    return decision ?? suspend(state, line, openDate(state, line.bookedOn), { payment: paymentId });
  };

const otherwise = ({ line }: SettlePayload): EntityRef => ref('receipt', receiptIdOf(line.reference));

/**
 * The bank's statement shows that the money left. Settles the payment the line belongs to, or waits for a person.
 * @throws ROLE_REQUIRED
 */
export const settlePayment: CommandSpec<SettlePayload> = {
  kind: 'payment.settle',
  primary,
  otherwise,
  decide: orSuspend(settleLoan, settleOrder),
};

/**
 * Money that had left comes back (退汇). While nothing has happened since, it is as if the bank had refused; afterwards,
 * or with another amount, a person must look.
 * @throws ROLE_REQUIRED
 */
export const giveBackPayment: CommandSpec<SettlePayload> = {
  kind: 'payment.give-back',
  primary,
  otherwise,
  decide: orSuspend(giveBackLoan, giveBackOrder),
};
