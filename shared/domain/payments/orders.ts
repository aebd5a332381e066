import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { readCase, requireRole, requireStranger, requireSystem } from '../approvals/guards.ts';
import type { CommandSpec, Decision, Rules, Snapshot } from '../book/decision.ts';
import type { EntryDraft, OutboxCommand } from '../book/entry.ts';
import { netDebitFen, reverseLines } from '../book/voucher.ts';
import type { BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import { allows, requireEdge } from '../machine.ts';
import { bankCommand, bounced, givenBack, type HeldAgain, type RefusalReason, unanswered } from './answers.ts';
import { openDate } from './dates.ts';
import {
  ATTEMPTS_MAX,
  instructIdOf,
  type PaymentState,
  type PurposeType,
  paymentDigest,
  paymentIdOf,
  paymentLines,
  paymentMachine,
} from './payment.ts';
import type { Consequence } from './purpose.ts';
import { purposes } from './purposes.ts';
import type { BankLine } from './suspense.ts';

/*
 * The life of a payment (PY-…): released by a treasurer, instructed by the queue, answered by the bank. The voucher is
 * posted when it is instructed and taken back in red when the bank refuses.
 */

/** @throws PAYMENT_NOT_FOUND */
export const readPayment = (state: Snapshot, payId: string): PaymentState => {
  const found = state.read('payment', payId);
  if (found === undefined) throw new FundError('PAYMENT_NOT_FOUND', { payId });
  return found;
};

/** The link of a purpose whose thing has another name. */
const LINK_OF: Readonly<Partial<Record<PurposeType, keyof EntryDraft['links']>>> = { equity: 'acquisition' };

type PaymentEdge = keyof typeof paymentMachine.edges;

/** Moves a payment along an edge, with what that does to the thing it is for. */
const step = (
  edge: PaymentEdge,
  payId: string,
  after: PaymentState,
  entry: Omit<EntryDraft, 'links' | 'digests'> & { readonly links?: EntryDraft['links'] },
  head: NonNullable<Decision['head']> = {},
  then: Consequence = {},
): Decision => ({
  entries: [
    {
      ...entry,
      links: {
        case: after.caseId,
        pay: payId,
        ...(after.attempt === 0 ? {} : { payment: paymentIdOf(payId, after.attempt) }),
        [LINK_OF[after.purpose.type] ?? after.purpose.type]: after.purpose.id,
        ...entry.links,
      },
      digests: [paymentDigest(payId, after), ...(then.digests ?? [])],
    },
  ],
  changes: [
    { type: 'payment', id: payId, state: after, priorStatuses: paymentMachine.edges[edge].from },
    ...(then.changes ?? []),
  ],
  head,
});

export interface ReleasePayload {
  readonly payId: string;
}

/**
 * The treasurer releases a payment, for the first time or, under a new instruction id, after the bank has refused it.
 * Whoever made or decided the case cannot release its money.
 * @throws ROLE_REQUIRED, PAYMENT_NOT_FOUND, STATE_INVALID, DUTIES_NOT_SEPARATE, ATTEMPTS_EXHAUSTED
 */
export const releasePayment: CommandSpec<ReleasePayload> = {
  kind: 'payment.release',
  primary: (p) => ref('payment', p.payId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'treasurer');
    const { payId } = payload;
    const payment = readPayment(state, payId);
    requireEdge(paymentMachine, 'release', payment.status);
    requireStranger(readCase(state, payment.caseId), actor.id);
    ensure(payment.attempt < ATTEMPTS_MAX, 'ATTEMPTS_EXHAUSTED', { attempts: String(payment.attempt) });
    const after: PaymentState = { ...payment, status: 'released', attempt: payment.attempt + 1 };
    const instruct: OutboxCommand = {
      queue: 'fund',
      id: instructIdOf(payId, after.attempt),
      kind: 'payment.instruct',
      payload: { payId },
    };
    return step('release', payId, after, {
      type: 'payment.released',
      businessDate: today,
      summary: `放行付款 ${payment.summary}`,
      outbox: [instruct],
    });
  },
};

/**
 * The hold becomes money in transit, the voucher is posted, the instruction goes out.
 * @throws ROLE_REQUIRED, PAYMENT_NOT_FOUND, STATE_INVALID, FUNDS_INSUFFICIENT
 */
export const instructPayment: CommandSpec<ReleasePayload> = {
  kind: 'payment.instruct',
  primary: (p) => ref('payment', p.payId),
  decide: (state, { payload, actor }, rules, today) => {
    requireSystem(actor);
    const { payId } = payload;
    const payment = readPayment(state, payId);
    requireEdge(paymentMachine, 'instruct', payment.status);
    const entrySeq = state.head.seq + 1;
    const after: PaymentState = { ...payment, status: 'instructed', instructedOn: today, entrySeq };
    return step(
      'instruct',
      payId,
      after,
      {
        type: 'payment.instructed',
        businessDate: today,
        summary: payment.summary,
        lines: paymentLines(payment),
        outbox: [bankCommand('payment.send', paymentIdOf(payId, after.attempt))],
      },
      {
        heldFen: -payment.amountFen,
        inTransitFen: payment.amountFen,
        paidInFen: -paidInDebitFen(payment, rules),
      },
    );
  },
};

/** How much of paid-in capital a payment gives back, in fen. */
const paidInDebitFen = (payment: PaymentState, rules: Rules): bigint =>
  netDebitFen(payment.debits, rules.version(payment.charterVersion).accounting.equityAccount);

/** No answer came in time: the bank is asked, nothing is sent again. @throws STATE_INVALID */
export const doubtOrder = (state: Snapshot, payId: string, date: BusinessDate, today: BusinessDate): Decision => {
  const payment = readPayment(state, payId);
  requireEdge(paymentMachine, 'doubt', payment.status);
  const after: PaymentState = { ...payment, status: 'unknown' };
  return step('doubt', payId, after, unanswered(paymentIdOf(payId, after.attempt), date, today));
};

/**
 * The statement shows that the money left; undefined when the line fits no payment of ours. A bank that refused and pays all
 * the same has paid: the hold covers it, and nothing is left to be sent again.
 */
export const settleOrder = (
  state: Snapshot,
  payId: string,
  attempt: number,
  line: BankLine,
  rules: Rules,
): Decision | undefined => {
  const payment = state.read('payment', payId);
  if (payment === undefined || payment.attempt !== attempt || payment.amountFen !== line.amountFen) return undefined;
  if (!allows(paymentMachine, 'settle', payment.status)) return undefined;
  const afterAll = payment.status === 'rejected';
  const after: PaymentState = {
    ...payment,
    status: 'settled',
    ...(afterAll ? { entrySeq: state.head.seq + 1 } : {}),
  };
  return step(
    'settle',
    payId,
    after,
    {
      type: 'payment.settled',
      businessDate: openDate(state, line.bookedOn),
      summary: `付款到账 ${payment.summary}`,
      facts: { bankReference: line.reference, bookedOn: line.bookedOn },
      ...(afterAll ? { lines: paymentLines(payment) } : {}),
    },
    afterAll
      ? { bankFen: -payment.amountFen, heldFen: -payment.amountFen, paidInFen: -paidInDebitFen(payment, rules) }
      : { bankFen: -payment.amountFen, inTransitFen: -payment.amountFen },
    purposes[payment.purpose.type].settled(state, payId, after, line.bookedOn, rules),
  );
};

/** The bank refuses: the voucher is taken back in red, the money is held again. @throws STATE_INVALID */
export const bounceOrder = (
  state: Snapshot,
  payId: string,
  reason: RefusalReason,
  rules: Rules,
  today: BusinessDate,
): Decision => {
  const payment = readPayment(state, payId);
  requireEdge(paymentMachine, 'bounce', payment.status);
  const answer = bounced(reason, payment.amountFen, today);
  const decision = takeBack(state, 'bounce', payId, payment, rules, answer);
  if (decision === undefined) throw new Error(`something was built on ${payId} before it was settled`);
  return decision;
};

/** Money that had left comes back (退汇); undefined when a person must look. */
export const giveBackOrder = (
  state: Snapshot,
  payId: string,
  attempt: number,
  line: BankLine,
  rules: Rules,
): Decision | undefined => {
  const payment = state.read('payment', payId);
  if (payment?.status !== 'settled' || payment.attempt !== attempt || payment.amountFen !== line.amountFen)
    return undefined;
  return takeBack(state, 'giveBack', payId, payment, rules, givenBack(line, openDate(state, line.bookedOn)));
};

const takeBack = (
  state: Snapshot,
  edge: 'bounce' | 'giveBack',
  payId: string,
  payment: PaymentState,
  rules: Rules,
  { head, ...entry }: HeldAgain,
): Decision | undefined => {
  const after: PaymentState = { ...payment, status: 'rejected' };
  const then = purposes[payment.purpose.type].rejected(state, payId, after);
  if (then === undefined) return undefined;
  return step(
    edge,
    payId,
    after,
    { ...entry, lines: reverseLines(paymentLines(payment)), links: { reverses: String(payment.entrySeq ?? 0) } },
    { ...head, paidInFen: paidInDebitFen(payment, rules) },
    then,
  );
};

export interface CancelPaymentPayload extends ReleasePayload {
  readonly reason: string;
}

/**
 * The director gives up a payment that has not left, or that the bank has refused: its hold is given back.
 * @throws ROLE_REQUIRED, PAYMENT_NOT_FOUND, STATE_INVALID
 */
export const cancelPayment: CommandSpec<CancelPaymentPayload> = {
  kind: 'payment.cancel',
  primary: (p) => ref('payment', p.payId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'director');
    const payment = readPayment(state, payload.payId);
    requireEdge(paymentMachine, 'cancel', payment.status);
    const after: PaymentState = { ...payment, status: 'cancelled' };
    return step(
      'cancel',
      payload.payId,
      after,
      { type: 'payment.cancelled', businessDate: today, summary: payload.reason },
      { heldFen: -payment.amountFen },
      purposes[payment.purpose.type].cancelled(state, payload.payId, after),
    );
  },
};
