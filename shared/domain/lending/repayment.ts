import { ensure } from '#shared/errors/fund-error.ts';
import { requireRole, requireSystem } from '../approvals/guards.ts';
import type { CommandSpec, Decision, EntityChange, Rules, Snapshot } from '../book/decision.ts';
import { dimsOf } from '../book/dims.ts';
import {
  loanRepaid,
  penaltyReceived,
  provisionMoved,
  recoveredAfterWriteOff,
  suspenseAssigned,
  unwindingPosted,
} from '../book/templates.ts';
import type { Line } from '../book/voucher.ts';
import { type BusinessDate, maxDate } from '../calendar.ts';
import { loanRules } from '../charter/charter.ts';
import type { LoanPolicy } from '../charter/seed.ts';
import { ref } from '../entities.ts';
import { allows } from '../machine.ts';
import { minFen, positiveFen } from '../money.ts';
import { openDate } from '../payments/dates.ts';
import type { Money } from '../payments/destination.ts';
import { type BankLine, drawOn, receiptIdOf, suspend, suspendRest } from '../payments/suspense.ts';
import { accrue } from './accrual.ts';
import { allocateRepayment } from './allocation.ts';
import { readLoan } from './contract.ts';
import { loanDigest } from './digest.ts';
import { releaseExposure } from './hold.ts';
import { type LoanState, loanMachine, outstandingFen } from './loan.ts';
import { unamortisedFen } from './measurement.ts';
import { penaltyDueFen, penaltyUnitsOf } from './penalty.ts';

/** What a repayment does to a loan. */
interface Applied {
  readonly loan: LoanState;
  readonly lines: readonly Line[];
  /** More than was owed, in fen. */
  readonly excessFen: bigint;
}

/** Whether money that names the loan can be for it. */
const takesMoney = ({ status }: LoanState): boolean =>
  allows(loanMachine, 'repay', status) || allows(loanMachine, 'recover', status);

const applyMoney = (loanId: string, loan: LoanState, money: Money, rules: Rules): Applied =>
  loan.status === 'written-off' ? recover(loanId, loan, money) : pay(loanId, loan, money, rules);

/** After a write-off: up to what the off-balance register still claims. */
const recover = (loanId: string, before: LoanState, { amountFen, source }: Money): Applied => {
  const recoveredFen = minFen(amountFen, before.writtenOffFen - before.recoveredFen);
  return {
    loan: { ...before, recoveredFen: before.recoveredFen + recoveredFen },
    lines: recoveredFen === 0n ? [] : recoveredAfterWriteOff(recoveredFen, dimsOf(loanId, before), source),
    excessFen: amountFen - recoveredFen,
  };
};

/**
 * Penalty and principal in the charter's order, oldest instalment first; interest-free means that nothing else is owed.
 * Money counts from the day it came, even where closes have aged the loan further by the time the bank tells.
 */
const pay = (loanId: string, before: LoanState, { amountFen, on, source }: Money, rules: Rules): Applied => {
  const { lending, accounting } = loanRules(rules.version(before.charterVersion));
  const rate = lending.penaltyDailyRate;
  const then = accrue(before, on, rate);
  const part = allocateRepayment({
    amountFen,
    penaltyFen: penaltyDueFen(then.penaltyUnits, rate),
    instalments: then.schedule,
    order: lending.repaymentOrder,
  });
  const penaltyUnits = then.penaltyUnits - penaltyUnitsOf(part.penaltyFen, rate);
  const paid = accrue(
    { ...then, schedule: part.instalments, penaltyUnits },
    maxDate(on, before.agedThrough ?? on),
    rate,
  );
  const overdueFen = minFen(part.principalFen, before.overdueFen);
  const loan = carry({ ...paid, overdueFen: before.overdueFen - overdueFen }, on, accounting);
  const dims = dimsOf(loanId, before);
  return {
    loan,
    lines: [
      ...loanRepaid({ overdueFen, normalFen: part.principalFen - overdueFen }, dims, source),
      ...penaltyReceived(part.penaltyFen, source),
      ...unwindingPosted(before.discountFen - loan.discountFen, dims),
      ...provisionMoved(loan.provisionFen - before.provisionFen, dims),
    ],
    excessFen: part.excessFen,
  };
};

/**
 * What a payment changes of the carrying amount: the difference on principal that came early is earned, and once all of it
 * has come there is nothing left to provide for.
 */
const carry = (paid: LoanState, on: BusinessDate, { measurement }: LoanPolicy): LoanState => {
  const discountFen =
    measurement.kind === 'nominal'
      ? paid.discountFen
      : unamortisedFen(paid.schedule, measurement.annualRate, on, paid.discountFen);
  return outstandingFen(paid) === 0n
    ? { ...paid, status: 'repaid', discountFen, provisionFen: 0n }
    : { ...paid, discountFen };
};

export interface RepayPayload {
  readonly loanId: string;
  readonly line: BankLine;
}

/**
 * A credit on the statement names a loan. Takes exact, partial and late payments; what is more than owed waits in the
 * repair queue for its payer.
 * @throws ROLE_REQUIRED, AMOUNT_INVALID
 */
export const repayLoan: CommandSpec<RepayPayload> = {
  kind: 'loan.repay',
  primary: (p) => ref('loan', p.loanId),
  // A line that names no loan of ours is money all the same.
  otherwise: (p) => ref('receipt', receiptIdOf(p.line.reference)),
  decide: (state, { payload, actor }, rules) => {
    requireSystem(actor);
    const { loanId, line } = payload;
    positiveFen(line.amountFen);
    const loan = state.read('loan', loanId);
    const date = openDate(state, line.bookedOn);
    if (loan === undefined) return suspend(state, line, date);
    const applied = takesMoney(loan)
      ? applyMoney(loanId, loan, { amountFen: line.amountFen, on: line.bookedOn, source: '1002' }, rules)
      : undefined;
    if (applied === undefined || applied.excessFen === line.amountFen)
      return suspend(state, line, date, { loan: loanId });
    return repay(state, loanId, loan, line, date, applied);
  },
};

const repay = (
  state: Snapshot,
  loanId: string,
  loan: LoanState,
  line: BankLine,
  date: BusinessDate,
  applied: Applied,
): Decision => {
  const rest = suspendRest(state, line, line.amountFen - applied.excessFen, date);
  return {
    entries: [
      {
        type: loan.status === 'written-off' ? 'loan.recovered' : 'loan.repaid',
        businessDate: date,
        summary: loan.status === 'written-off' ? '核销后收回' : '收回贷款本金',
        lines: [...applied.lines, ...rest.lines],
        links: { loan: loanId, enterprise: loan.enterpriseId },
        facts: { bankReference: line.reference, bookedOn: line.bookedOn, payer: line.payer },
        digests: [loanDigest(loanId, applied.loan), ...rest.digests],
      },
    ],
    changes: [
      { type: 'loan', id: loanId, state: applied.loan },
      ...rest.changes,
      ...onRepaid(state, loan, applied.loan),
    ],
    head: { bankFen: line.amountFen },
  };
};

/** A loan of which nothing is owed any more gives its place under the limit back. */
const onRepaid = (state: Snapshot, before: LoanState, after: LoanState): readonly EntityChange[] => {
  const repaid = before.status === 'active' && after.status === 'repaid';
  const recovered = after.status === 'written-off' && before.recoveredFen < after.recoveredFen;
  return repaid || (recovered && after.recoveredFen === after.writtenOffFen)
    ? [releaseExposure(state, after.enterpriseId, after.principalFen)]
    : [];
};

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
    const { receiptId, loanId, amountFen } = payload;
    const { receipt, change, digest } = drawOn(state, receiptId, amountFen);
    const loan = readLoan(state, loanId);
    ensure(takesMoney(loan), 'LOAN_OWES_LESS', { status: loan.status });
    const applied = applyMoney(loanId, loan, { amountFen, on: receipt.bookedOn, source: '2241' }, rules);
    ensure(applied.excessFen === 0n, 'LOAN_OWES_LESS', { excessFen: String(applied.excessFen) });
    return {
      entries: [
        {
          type: 'bank-line.assigned',
          businessDate: today,
          summary: '不明来款认领',
          lines: suspenseAssigned(applied.lines, { instrument: receiptId }),
          links: { loan: loanId, enterprise: loan.enterpriseId, receipt: receiptId },
          digests: [loanDigest(loanId, applied.loan), digest],
        },
      ],
      changes: [change, { type: 'loan', id: loanId, state: applied.loan }, ...onRepaid(state, loan, applied.loan)],
    };
  },
};
