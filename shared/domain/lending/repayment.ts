import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { requireRole, requireSystem } from '../approvals/guards.ts';
import type { CommandSpec, Decision, EntityChange, Rules, Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import { loanRepaid, penaltyReceived, recoveredAfterWriteOff, suspenseAssigned } from '../book/templates.ts';
import type { Line } from '../book/voucher.ts';
import type { BusinessDate } from '../calendar.ts';
import { loanRules } from '../charter/charter.ts';
import { ref } from '../entities.ts';
import { requireEdge } from '../machine.ts';
import { minFen } from '../money.ts';
import { openDate } from '../payments/dates.ts';
import { type ReceiptState, receiptMachine } from '../payments/receipt.ts';
import { type BankLine, receiptDigest, receiptIdOf, suspend } from '../payments/suspense.ts';
import { accrue } from './accrual.ts';
import { allocateRepayment } from './allocation.ts';
import { readLoan } from './contract.ts';
import { loanDigest } from './digest.ts';
import { releaseExposure } from './hold.ts';
import { type LoanState, outstandingFen } from './loan.ts';
import { dimsOf } from './payment.ts';
import { penaltyDueFen, penaltyUnitsOf } from './penalty.ts';

/** Where the money is taken from in the book: the bank, or what had been waiting unmatched. */
type Source = '1002' | '2241';

/** What a repayment does to a loan. */
interface Applied {
  readonly loan: LoanState;
  readonly lines: readonly Line[];
  /** More than was owed, in fen. */
  readonly excessFen: bigint;
}

/**
 * Applies money to a loan: penalty and principal in the charter's order, oldest instalment first; after a write-off it is
 * a recovery. Interest-free means that nothing else is owed.
 */
const applyMoney = (
  loanId: string,
  before: LoanState,
  amountFen: bigint,
  on: BusinessDate,
  source: Source,
  rules: Rules,
): Applied => {
  const dims = dimsOf(loanId, before);
  if (before.status === 'written-off') {
    const recoveredFen = minFen(amountFen, before.writtenOffFen - before.recoveredFen);
    return {
      loan: { ...before, recoveredFen: before.recoveredFen + recoveredFen },
      lines: recoveredFen === 0n ? [] : recoveredAfterWriteOff(recoveredFen, dims, source),
      excessFen: amountFen - recoveredFen,
    };
  }
  const { lending } = loanRules(rules.version(before.charterVersion));
  const loan = accrue(before, on, lending.penaltyDailyRate);
  const part = allocateRepayment({
    amountFen,
    penaltyFen: penaltyDueFen(loan.penaltyUnits, lending.penaltyDailyRate),
    instalments: loan.schedule,
    order: lending.repaymentOrder,
  });
  const overdueFen = minFen(part.principalFen, loan.overdueFen);
  const after: LoanState = {
    ...loan,
    schedule: part.instalments,
    overdueFen: loan.overdueFen - overdueFen,
    penaltyUnits: loan.penaltyUnits - penaltyUnitsOf(part.penaltyFen, lending.penaltyDailyRate),
  };
  const repaid = outstandingFen(after) === 0n;
  return {
    loan: repaid ? { ...after, status: 'repaid' } : after,
    lines: [
      ...(part.principalFen === 0n
        ? []
        : loanRepaid({ overdueFen, normalFen: part.principalFen - overdueFen }, dims, source)),
      ...(part.penaltyFen === 0n ? [] : penaltyReceived(part.penaltyFen, source)),
    ],
    excessFen: part.excessFen,
  };
};

export interface RepayPayload {
  readonly loanId: string;
  readonly line: BankLine;
}

/**
 * A credit on the statement names a loan. Takes exact, partial and late payments; what is more than owed waits in the
 * repair queue for its payer.
 * @throws ROLE_REQUIRED
 */
export const repayLoan: CommandSpec<RepayPayload> = {
  kind: 'loan.repay',
  primary: (p) => ref('loan', p.loanId),
  // A line that names no loan of ours is money all the same.
  otherwise: (p) => ref('receipt', receiptIdOf(p.line.reference)),
  decide: (state, { payload, actor }, rules) => {
    requireSystem(actor);
    const { loanId, line } = payload;
    const loan = state.read('loan', loanId);
    const date = openDate(state, line.bookedOn);
    if (loan === undefined || (loan.status !== 'active' && loan.status !== 'written-off'))
      return suspend(state, line, date, loan === undefined ? {} : { loan: loanId });
    return repay(state, loanId, loan, line, date, rules);
  },
};

const repay = (
  state: Snapshot,
  loanId: string,
  loan: LoanState,
  line: BankLine,
  date: BusinessDate,
  rules: Rules,
): Decision => {
  const applied = applyMoney(loanId, loan, line.amountFen, line.bookedOn, '1002', rules);
  const rest = applied.excessFen === 0n ? undefined : suspend(state, { ...line, amountFen: applied.excessFen }, date);
  return {
    entries: [
      {
        type: loan.status === 'written-off' ? 'loan.recovered' : 'loan.repaid',
        businessDate: date,
        summary: loan.status === 'written-off' ? '核销后收回' : '收回贷款本金',
        lines: [...applied.lines, ...(rest?.entries[0]?.lines ?? [])],
        links: { loan: loanId, enterprise: loan.enterpriseId },
        facts: { bankReference: line.reference, bookedOn: line.bookedOn, payer: line.payer },
        digests: [loanDigest(loanId, applied.loan), ...(rest?.entries[0]?.digests ?? [])],
      },
    ],
    changes: [
      { type: 'loan', id: loanId, state: applied.loan },
      ...(rest?.changes ?? []),
      ...onRepaid(state, loan, applied.loan),
    ],
    head: { bankFen: line.amountFen },
  };
};

/** A loan that is paid off gives its place under the limit back. */
const onRepaid = (state: Snapshot, before: LoanState, after: LoanState): readonly EntityChange[] =>
  before.status === 'active' && after.status === 'repaid'
    ? [releaseExposure(state, after.enterpriseId, after.principalFen)]
    : [];

export interface SuspendPayload {
  readonly line: BankLine;
}

/**
 * A line of the statement that names nothing of ours.
 * @throws ROLE_REQUIRED, BANK_LINE_BOOKED
 */
export const suspendLine: CommandSpec<SuspendPayload> = {
  kind: 'receipt.suspend',
  primary: (p) => ref('receipt', receiptIdOf(p.line.reference)),
  decide: (state, { payload, actor }) => {
    requireSystem(actor);
    return suspend(state, payload.line, openDate(state, payload.line.bookedOn));
  },
};

export interface AssignPayload {
  readonly receiptId: string;
  readonly loanId: string;
  readonly amountFen: bigint;
}

/**
 * A treasurer places unmatched money: it was a repayment of this loan.
 * @throws ROLE_REQUIRED, RECEIPT_NOT_FOUND, STATE_INVALID, ASSIGNMENT_TOO_LARGE, LOAN_NOT_FOUND, LOAN_OWES_LESS
 */
export const assignReceipt: CommandSpec<AssignPayload> = {
  kind: 'receipt.assign',
  primary: (p) => ref('receipt', p.receiptId),
  prefetch: (p) => [ref('loan', p.loanId)],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'treasurer');
    const receipt = state.read('receipt', payload.receiptId);
    if (receipt === undefined) throw new FundError('RECEIPT_NOT_FOUND', { receiptId: payload.receiptId });
    requireEdge(receiptMachine, 'assign', receipt.status);
    const { amountFen, loanId } = payload;
    ensure(receipt.side === 'credit' && 0n < amountFen && amountFen <= receipt.openFen, 'ASSIGNMENT_TOO_LARGE', {
      openFen: String(receipt.openFen),
      side: receipt.side,
    });
    const loan = readLoan(state, loanId);
    ensure(loan.status === 'active' || loan.status === 'written-off', 'LOAN_OWES_LESS', { status: loan.status });
    const applied = applyMoney(loanId, loan, amountFen, receipt.bookedOn, '2241', rules);
    ensure(applied.excessFen === 0n, 'LOAN_OWES_LESS', { excessFen: String(applied.excessFen) });
    const openFen = receipt.openFen - amountFen;
    const after: ReceiptState = { ...receipt, openFen, status: openFen === 0n ? 'assigned' : 'open' };
    return {
      entries: [
        {
          type: 'bank-line.assigned',
          businessDate: today,
          summary: '不明来款认领',
          lines: suspenseAssigned(applied.lines, { instrument: payload.receiptId }),
          links: { loan: loanId, enterprise: loan.enterpriseId, receipt: payload.receiptId },
          digests: [loanDigest(loanId, applied.loan), receiptDigest(payload.receiptId, after) as Digest],
        },
      ],
      changes: [
        { type: 'receipt', id: payload.receiptId, state: after, priorStatuses: receiptMachine.edges.assign.from },
        { type: 'loan', id: loanId, state: applied.loan },
        ...onRepaid(state, loan, applied.loan),
      ],
    };
  },
};
