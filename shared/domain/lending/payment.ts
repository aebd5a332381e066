import { requireSystem } from '../approvals/guards.ts';
import type { CommandSpec, Decision, Rules, Snapshot } from '../book/decision.ts';
import { dimsOf } from '../book/dims.ts';
import type { EntryDraft } from '../book/entry.ts';
import { dayOneDifference, loanDisbursed } from '../book/templates.ts';
import { type Line, reverseLines } from '../book/voucher.ts';
import type { BusinessDate } from '../calendar.ts';
import { loanRules } from '../charter/charter.ts';
import { ref } from '../entities.ts';
import { allows, requireEdge } from '../machine.ts';
import {
  bankCommand,
  bounced,
  givenBack,
  type HeldAgain,
  type RefusalReason,
  unanswered,
} from '../payments/answers.ts';
import { openDate } from '../payments/dates.ts';
import { paymentIdOf } from '../payments/payment.ts';
import type { BankLine } from '../payments/suspense.ts';
import { readLoan } from './contract.ts';
import { loanDigest } from './digest.ts';
import { type LoanState, loanMachine, outstandingFen } from './loan.ts';
import { dayOneDifferenceFen } from './measurement.ts';
import { buildSchedule } from './schedule.ts';

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
          outbox: [bankCommand('payment.send', paymentIdOf(loanId, loan.payment.attempt))],
        },
      ],
      changes: [{ type: 'loan', id: loanId, state: after, priorStatuses: loanMachine.edges.instruct.from }],
      head: { heldFen: -loan.principalFen, inTransitFen: loan.principalFen },
    };
  },
};

/** No answer came in time: the outcome is unknown, the bank is asked, nothing is sent again. @throws STATE_INVALID */
export const doubtLoan = (state: Snapshot, loanId: string, date: BusinessDate, today: BusinessDate): Decision => {
  const loan = readLoan(state, loanId);
  requireEdge(loanMachine, 'doubt', loan.status);
  const after: LoanState = { ...loan, status: 'unknown' };
  return {
    entries: [
      {
        ...unanswered(paymentIdOf(loanId, loan.payment.attempt), date, today),
        links: links(loanId, loan),
        digests: [loanDigest(loanId, after)],
      },
    ],
    changes: [{ type: 'loan', id: loanId, state: after, priorStatuses: loanMachine.edges.doubt.from }],
  };
};

/**
 * The statement shows that the loan's money left; undefined when the line fits no payment of this loan. A bank that refused
 * and pays all the same has paid: the hold covers it, and nothing is left to be sent again.
 */
export const settleLoan = (
  state: Snapshot,
  loanId: string,
  attempt: number,
  line: BankLine,
  rules: Rules,
): Decision | undefined => {
  const loan = state.read('loan', loanId);
  if (loan === undefined || loan.payment.attempt !== attempt || loan.principalFen !== line.amountFen) return undefined;
  if (!allows(loanMachine, 'settle', loan.status)) return undefined;
  return settle(state, loanId, loan, line, rules);
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
  const dims = dimsOf(loanId, loan);
  const afterAll = loan.status === 'payment-rejected';
  const payment = afterAll ? { ...loan.payment, entrySeq: state.head.seq + 1 } : loan.payment;
  const after: LoanState = { ...loan, status: 'active', payment, schedule, discountFen, agedThrough: line.bookedOn };
  const lines = [
    ...(afterAll ? loanDisbursed(loan.principalFen, dims) : []),
    ...(discountFen === 0n ? [] : dayOneDifference(discountFen, dims)),
  ];
  return {
    entries: [
      {
        type: 'loan.settled',
        businessDate: openDate(state, line.bookedOn),
        summary: `贷款到账 ${loan.contractNumber}`,
        ...(lines.length === 0 ? {} : { lines }),
        links: links(loanId, loan),
        facts: { bankReference: line.reference, bookedOn: line.bookedOn },
        digests: [loanDigest(loanId, after)],
      },
    ],
    changes: [{ type: 'loan', id: loanId, state: after, priorStatuses: loanMachine.edges.settle.from }],
    head: { bankFen: -loan.principalFen, [afterAll ? 'heldFen' : 'inTransitFen']: -loan.principalFen },
  };
};

/**
 * The bank refuses the loan's payment: the voucher is taken back in red, the money is held again.
 * @throws STATE_INVALID
 */
export const bounceLoan = (state: Snapshot, loanId: string, reason: RefusalReason, today: BusinessDate): Decision => {
  const loan = readLoan(state, loanId);
  requireEdge(loanMachine, 'bounce', loan.status);
  const posted = loanDisbursed(loan.principalFen, dimsOf(loanId, loan));
  return takeBack('bounce', loanId, loan, posted, bounced(reason, loan.principalFen, today));
};

/** Whether a loan is as it was when its money arrived. */
const isUntouched = (loan: LoanState): boolean =>
  loan.status === 'active' &&
  outstandingFen(loan) === loan.principalFen &&
  loan.overdueFen === 0n &&
  loan.provisionFen === 0n &&
  loan.penaltyUnits === 0n &&
  loan.extensions === 0 &&
  loan.formerBorrower === undefined;

/** A loan's money comes back (退汇); undefined when a person must look. */
export const giveBackLoan = (
  state: Snapshot,
  loanId: string,
  attempt: number,
  line: BankLine,
): Decision | undefined => {
  const loan = state.read('loan', loanId);
  if (loan === undefined || !isUntouched(loan)) return undefined;
  if (loan.payment.attempt !== attempt || line.amountFen !== loan.principalFen) return undefined;
  const dims = dimsOf(loanId, loan);
  const posted = [
    ...loanDisbursed(loan.principalFen, dims),
    ...(loan.discountFen === 0n ? [] : dayOneDifference(loan.discountFen, dims)),
  ];
  return takeBack('giveBack', loanId, loan, posted, givenBack(line, openDate(state, line.bookedOn)));
};

/** `posted`: what is taken back in red. */
const takeBack = (
  edge: 'bounce' | 'giveBack',
  loanId: string,
  loan: LoanState,
  posted: readonly Line[],
  { head, ...entry }: HeldAgain,
): Decision => {
  const { agedThrough: _, ...kept } = loan;
  const after: LoanState = { ...kept, status: 'payment-rejected', schedule: [], discountFen: 0n };
  return {
    entries: [
      {
        ...entry,
        lines: reverseLines(posted),
        links: { ...links(loanId, loan), reverses: String(loan.payment.entrySeq ?? 0) },
        digests: [loanDigest(loanId, after)],
      },
    ],
    changes: [{ type: 'loan', id: loanId, state: after, priorStatuses: loanMachine.edges[edge].from }],
    head,
  };
};
