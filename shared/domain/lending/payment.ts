import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { requireSystem } from '../approvals/guards.ts';
import type { CommandSpec, Decision, Rules, Snapshot } from '../book/decision.ts';
import type { EntryDraft, OutboxCommand } from '../book/entry.ts';
import { dayOneDifference, loanDisbursed } from '../book/templates.ts';
import { type Line, reverseLines } from '../book/voucher.ts';
import { addDays, type BusinessDate, maxDate } from '../calendar.ts';
import { loanRules } from '../charter/charter.ts';
import { ref } from '../entities.ts';
import { requireEdge } from '../machine.ts';
import { type BankLine, receiptIdOf, suspend } from '../payments/suspense.ts';
import { readLoan } from './contract.ts';
import { loanDigest } from './digest.ts';
import { type LoanState, loanIdOfPayment, loanMachine, outstandingFen, paymentIdOf } from './loan.ts';
import { dayOneDifferenceFen } from './measurement.ts';
import { buildSchedule } from './schedule.ts';

/** The auxiliary dimensions every line of a loan carries. */
export const dimsOf = (loanId: string, loan: Pick<LoanState, 'enterpriseId'>) => ({
  enterprise: loan.enterpriseId,
  instrument: loanId,
});

/** The first business date that is still open, not before the day something happened at the bank. */
export const openDate = (state: Snapshot, happenedOn: BusinessDate): BusinessDate =>
  state.head.closedThrough === undefined ? happenedOn : maxDate(happenedOn, addDays(state.head.closedThrough, 1));

const links = (loanId: string, loan: LoanState): EntryDraft['links'] => ({
  loan: loanId,
  enterprise: loan.enterpriseId,
  payment: paymentIdOf(loanId, loan.payment.attempt),
});

export interface InstructPayload {
  readonly loanId: string;
}

/**
 * The disbursement: the hold becomes money in transit, the voucher is posted, and the instruction goes out with the id
 * that is the loan's for ever.
 * @throws ROLE_REQUIRED, LOAN_NOT_FOUND, STATE_INVALID, FUNDS_INSUFFICIENT
 */
export const instructLoan: CommandSpec<InstructPayload> = {
  kind: 'loan.instruct',
  primary: (p) => ref('loan', p.loanId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireSystem(actor);
    const { loanId } = payload;
    const loan = readLoan(state, loanId);
    requireEdge(loanMachine, 'instruct', loan.status);
    const after: LoanState = {
      ...loan,
      status: 'instructed',
      payment: { ...loan.payment, instructedOn: today, entrySeq: state.head.seq + 1 },
    };
    return {
      entries: [
        {
          type: 'loan.instructed',
          businessDate: today,
          summary: `发放免息贷款 ${loan.contractNumber}`,
          lines: loanDisbursed(loan.principalFen, dimsOf(loanId, loan)),
          links: links(loanId, loan),
          digests: [loanDigest(loanId, after)],
          outbox: [paymentCommand('payment.send', loanId, after)],
        },
      ],
      changes: [{ type: 'loan', id: loanId, state: after, priorStatuses: loanMachine.edges.instruct.from }],
      head: { heldFen: -loan.principalFen, inTransitFen: loan.principalFen },
    };
  },
};

/** What the payment queue carries; the sender reads payee and amount from the loan itself. */
const paymentCommand = (
  kind: 'payment.send' | 'payment.enquire',
  loanId: string,
  loan: LoanState,
  suffix = '',
): OutboxCommand => {
  const paymentId = paymentIdOf(loanId, loan.payment.attempt);
  return { queue: 'payments', id: `${kind}:${paymentId}${suffix}`, kind, payload: { loanId, paymentId } };
};

export interface PaymentPayload {
  readonly paymentId: string;
}

interface Payment {
  readonly loanId: string;
  readonly loan: LoanState;
  /** Whether it is the loan's last attempt. */
  readonly current: boolean;
}

const lookUpPayment = (state: Snapshot, paymentId: string): Payment | undefined => {
  const found = loanIdOfPayment(paymentId);
  const loan = found === undefined ? undefined : state.read('loan', found.loanId);
  if (found === undefined || loan === undefined) return undefined;
  return { loanId: found.loanId, loan, current: found.attempt === loan.payment.attempt };
};

/** @throws PAYMENT_NOT_FOUND */
const findPayment = (state: Snapshot, paymentId: string): Payment => {
  const found = lookUpPayment(state, paymentId);
  if (found === undefined) throw new FundError('PAYMENT_NOT_FOUND', { paymentId });
  return found;
};

const primaryOfPayment = ({ paymentId }: PaymentPayload) =>
  ref('loan', loanIdOfPayment(paymentId)?.loanId ?? paymentId);

export interface DoubtPayload extends PaymentPayload {
  /** The day of the enquiry; one enquiry a day. */
  readonly date: BusinessDate;
}

/**
 * No answer came in time: the outcome is unknown, which is a state. The bank is asked; nothing is sent again.
 * @throws ROLE_REQUIRED, PAYMENT_NOT_FOUND, STATE_INVALID
 */
export const doubtPayment: CommandSpec<DoubtPayload> = {
  kind: 'payment.doubt',
  primary: primaryOfPayment,
  decide: (state, { payload, actor }, _rules, today) => {
    requireSystem(actor);
    const { loanId, loan } = findPayment(state, payload.paymentId);
    if (loan.status !== 'unknown') requireEdge(loanMachine, 'doubt', loan.status);
    const after: LoanState = { ...loan, status: 'unknown' };
    return {
      entries: [
        {
          type: 'payment.unknown',
          businessDate: today,
          summary: '银行未答复，结果不明，已查询',
          links: links(loanId, loan),
          digests: [loanDigest(loanId, after)],
          outbox: [paymentCommand('payment.enquire', loanId, after, `:${payload.date}`)],
        },
      ],
      changes: [{ type: 'loan', id: loanId, state: after }],
    };
  },
};

export interface SettlePayload extends PaymentPayload {
  readonly line: BankLine;
}

/**
 * The bank's statement shows that the money left. Settles the payment the line belongs to; a line that fits no payment
 * awaited (paid twice, another amount, after a refusal) goes to the repair queue, because the money is gone all the same.
 * @throws ROLE_REQUIRED
 */
export const settlePayment: CommandSpec<SettlePayload> = {
  kind: 'payment.settle',
  primary: primaryOfPayment,
  otherwise: (p) => ref('receipt', receiptIdOf(p.line.reference)),
  decide: (state, { payload, actor }, rules) => {
    requireSystem(actor);
    const { line } = payload;
    const found = lookUpPayment(state, payload.paymentId);
    if (found === undefined) return suspend(state, line, openDate(state, line.bookedOn));
    const { loanId, loan, current } = found;
    const expected = loanMachine.edges.settle.from.some((s) => s === loan.status);
    if (!expected || !current || line.amountFen !== loan.principalFen)
      return suspend(state, line, openDate(state, line.bookedOn), links(loanId, loan));
    return settle(state, loanId, loan, line, rules);
  },
};

const settle = (state: Snapshot, loanId: string, loan: LoanState, line: BankLine, rules: Rules): Decision => {
  const charter = loanRules(rules.version(loan.charterVersion));
  const proposal = state.read('proposal', loan.caseId)?.content;
  const repayment = proposal?.subject === 'loan' ? proposal.application.repayment : ({ kind: 'bullet' } as const);
  const schedule = buildSchedule(
    { ...repayment, principalFen: loan.principalFen, startDate: line.bookedOn, termMonths: loan.termMonths },
    rules.calendar,
  );
  const { measurement } = charter.accounting;
  const discountFen =
    measurement.kind === 'nominal' ? 0n : dayOneDifferenceFen(schedule, measurement.annualRate, line.bookedOn);
  const after: LoanState = { ...loan, status: 'active', schedule, discountFen, agedThrough: line.bookedOn };
  return {
    entries: [
      {
        type: 'loan.settled',
        businessDate: openDate(state, line.bookedOn),
        summary: `贷款到账 ${loan.contractNumber}`,
        ...(discountFen === 0n ? {} : { lines: dayOneDifference(discountFen, dimsOf(loanId, loan)) }),
        links: links(loanId, loan),
        facts: { bankReference: line.reference, bookedOn: line.bookedOn },
        digests: [loanDigest(loanId, after)],
      },
    ],
    changes: [{ type: 'loan', id: loanId, state: after, priorStatuses: loanMachine.edges.settle.from }],
    head: { bankFen: -loan.principalFen, inTransitFen: -loan.principalFen },
  };
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
  primary: primaryOfPayment,
  decide: (state, { payload, actor }, _rules, today) => {
    requireSystem(actor);
    const { loanId, loan, current } = findPayment(state, payload.paymentId);
    ensure(current, 'PAYMENT_SUPERSEDED', { paymentId: payload.paymentId });
    requireEdge(loanMachine, 'bounce', loan.status);
    return takeBack(loanId, loan, 'bounce', today, {
      type: 'payment.rejected',
      summary: `银行退回：${payload.reasonText}`,
      facts: { reasonCode: payload.reasonCode },
      lines: reverseLines(loanDisbursed(loan.principalFen, dimsOf(loanId, loan))),
      head: { inTransitFen: -loan.principalFen, heldFen: loan.principalFen },
    });
  },
};

/**
 * Money that had left comes back (退汇). While nothing has happened to the loan since, it is as if the bank had refused;
 * afterwards, or with another amount, a person must look.
 * @throws ROLE_REQUIRED
 */
export const giveBackPayment: CommandSpec<SettlePayload> = {
  kind: 'payment.give-back',
  primary: primaryOfPayment,
  otherwise: (p) => ref('receipt', receiptIdOf(p.line.reference)),
  decide: (state, { payload, actor }) => {
    requireSystem(actor);
    const { line } = payload;
    const found = lookUpPayment(state, payload.paymentId);
    if (found === undefined) return suspend(state, line, openDate(state, line.bookedOn));
    const { loanId, loan, current } = found;
    const untouched =
      current &&
      loan.status === 'active' &&
      loan.provisionFen === 0n &&
      outstandingFen(loan) === line.amountFen &&
      loan.overdueFen === 0n;
    if (!untouched || line.amountFen !== loan.principalFen)
      return suspend(state, line, openDate(state, line.bookedOn), links(loanId, loan));
    const dims = dimsOf(loanId, loan);
    return takeBack(loanId, loan, 'giveBack', openDate(state, line.bookedOn), {
      type: 'payment.returned',
      summary: '退汇',
      facts: { bankReference: line.reference },
      lines: reverseLines([
        ...loanDisbursed(loan.principalFen, dims),
        ...(loan.discountFen === 0n ? [] : dayOneDifference(loan.discountFen, dims)),
      ]),
      head: { bankFen: loan.principalFen, heldFen: loan.principalFen },
    });
  },
};

const takeBack = (
  loanId: string,
  loan: LoanState,
  edge: 'bounce' | 'giveBack',
  businessDate: BusinessDate,
  what: Pick<EntryDraft, 'type' | 'summary' | 'facts'> & {
    lines: readonly Line[];
    head: NonNullable<Decision['head']>;
  },
): Decision => {
  const { agedThrough: _, ...kept } = loan;
  const after: LoanState = { ...kept, status: 'payment-rejected', schedule: [], discountFen: 0n };
  const { head, ...entry } = what;
  return {
    entries: [
      {
        ...entry,
        businessDate,
        links: { ...links(loanId, loan), reverses: String(loan.payment.entrySeq ?? 0) },
        digests: [loanDigest(loanId, after)],
      },
    ],
    changes: [{ type: 'loan', id: loanId, state: after, priorStatuses: loanMachine.edges[edge].from }],
    head,
  };
};
