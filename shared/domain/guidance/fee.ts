import { ensure } from '#shared/errors/fund-error.ts';
import type { CaseState } from '../approvals/case.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { requireRole, requireSystem } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import { feeAccrued, feePaid } from '../book/templates-guidance.ts';
import { addDays, type BusinessDate, daysBetween, endOfMonth, maxDate, monthOf, parseDate } from '../calendar.ts';
import { guidanceRules } from '../charter/charter.ts';
import type { GuidanceCharter } from '../charter/guidance.ts';
import { ref } from '../entities.ts';
import { readPortfolio } from '../equity/stake.ts';
import type { BankAccount, DocumentRef } from '../lending/proposals.ts';
import { type Fen, formatYuan, positiveFen } from '../money.ts';
import { openDate } from '../payments/dates.ts';
import { newPayment } from '../payments/payment.ts';
import type { Purpose } from '../payments/purpose.ts';
import { idFrom } from '../payments/suspense.ts';
import { parseRate } from '../rate.ts';
import { hashOf } from '../wire.ts';

/** 管理费: what the fund owes its manager. */
export interface ManagementFeeState {
  /** The last month accrued, yyyy-mm. */
  readonly accruedThrough: string;
  /** Accrued and not in a payment yet, in fen. */
  readonly owedFen: Fen;
}

const DAYS_PER_YEAR = 365n;

const feeDigest = (fee: ManagementFeeState): Digest => ({
  type: 'management-fee',
  id: 'all',
  fields: { accruedThrough: fee.accruedThrough, owedFen: String(fee.owedFen) },
});

/** The fee on a base for some days at a yearly rate, ACT/365, half a fen rounded up. */
export const feeFen = (baseFen: Fen, annualRate: string, days: number): Fen => {
  const { units, scale } = parseRate(annualRate);
  const whole = DAYS_PER_YEAR * 10n ** BigInt(scale);
  return (2n * baseFen * units * BigInt(days) + whole) / (2n * whole);
};

export interface AccrueFeePayload {
  /** A month that is over, yyyy-mm. */
  readonly month: string;
}

/**
 * Accrues the management fee of a month on what is paid in, or invested, at its end as the book knows it; never on what is
 * only committed. A month that was accrued, or in which there was nothing to reckon on, leaves nothing to do.
 * @throws ROLE_REQUIRED, INSTRUMENT_FORBIDDEN, CLOSE_OUT_OF_RANGE for a month that is not over
 */
export const accrueFee: CommandSpec<AccrueFeePayload> = {
  kind: 'management-fee.accrue',
  primary: () => ref('management-fee', 'all'),
  prefetch: () => [ref('portfolio', 'all')],
  decide: (state, { payload, actor }, rules, today) => {
    requireSystem(actor);
    const { month } = payload;
    const last = endOfMonth(month);
    ensure(last < today, 'CLOSE_OUT_OF_RANGE', { month });
    const charter = guidanceRules(rules.on(last), 'management-fee');
    const before = state.read('management-fee', 'all');
    const baseFen = baseOf(state, charter);
    const amountFen = feeFen(baseFen, charter.managementFee.annualRate, daysOf(month, charter));
    if (amountFen === 0n || month <= (before?.accruedThrough ?? '')) return { entries: [], changes: [] };
    const after: ManagementFeeState = { accruedThrough: month, owedFen: (before?.owedFen ?? 0n) + amountFen };
    return {
      entries: [
        {
          type: 'management-fee.accrued',
          businessDate: openDate(state, last),
          summary: `计提管理费 ${month}`,
          lines: feeAccrued(amountFen),
          links: {},
          facts: { month, base: charter.managementFee.base, baseFen: String(baseFen) },
          digests: [feeDigest(after)],
        },
      ],
      changes: [{ type: 'management-fee', id: 'all', state: after }],
    };
  },
};

const baseOf = (state: Snapshot, { managementFee }: GuidanceCharter): Fen =>
  managementFee.base === 'paid-in' ? state.head.paidInFen : readPortfolio(state).costFen;

/** Days of a month on which the fund has run. */
const daysOf = (month: string, { term }: GuidanceCharter): number => {
  const first: BusinessDate = maxDate(parseDate(`${month}-01`), term.beginsOn);
  return Math.max(0, daysBetween(first, endOfMonth(month)) + 1);
};

const monthAfter = (month: string): string => monthOf(addDays(endOfMonth(month), 1));

/** Months that are over and not accrued; the last one only, when none ever was. */
export const monthsToAccrue = (accruedThrough: string | undefined, today: BusinessDate): readonly string[] => {
  const last = monthOf(addDays(parseDate(`${monthOf(today)}-01`), -1));
  const months: string[] = [];
  for (let m = accruedThrough === undefined ? last : monthAfter(accruedThrough); m <= last; m = monthAfter(m))
    months.push(m);
  return months;
};

/** A proposal to pay the manager what it is owed, or a part of it. */
export interface FeePaymentProposal {
  readonly amountFen: Fen;
  readonly documentNumber: string;
  readonly payee: BankAccount;
  readonly documents: readonly DocumentRef[];
}

export interface ProposeFeePaymentPayload {
  readonly caseId: string;
  readonly fee: FeePaymentProposal;
}

/** @throws ROLE_REQUIRED, AMOUNT_INVALID, FEE_NOT_OWED */
export const proposeFeePayment: CommandSpec<ProposeFeePaymentPayload> = {
  kind: 'management-fee.propose-payment',
  primary: (p) => ref('case', p.caseId),
  prefetch: () => [ref('management-fee', 'all')],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer');
    const { caseId, fee } = payload;
    requireOwed(state, fee);
    const content = { subject: 'management-fee', fee } as const;
    return openCase(
      state,
      {
        caseId,
        content,
        payloadHash: hashOf(content),
        amountFen: fee.amountFen,
        checks: [],
        links: {},
        summary: `支付管理费 ${fee.documentNumber} ${formatYuan(fee.amountFen)}元`,
      },
      actor,
      rules,
      today,
    );
  },
};

/** @throws AMOUNT_INVALID, FEE_NOT_OWED when more would be paid than was accrued */
const requireOwed = (state: Snapshot, { amountFen }: FeePaymentProposal): ManagementFeeState => {
  positiveFen(amountFen);
  const fee = state.read('management-fee', 'all') ?? { accruedThrough: '', owedFen: 0n };
  ensure(amountFen <= fee.owedFen, 'FEE_NOT_OWED', { owedFen: String(fee.owedFen) });
  return fee;
};

/** The last approval makes the payment and holds it. @throws FEE_NOT_OWED */
export const approveFeePayment = (
  state: Snapshot,
  caseId: string,
  proposal: FeePaymentProposal,
  { charterVersion }: CaseState,
): ApprovalEffect => {
  const { amountFen, payee, documentNumber } = proposal;
  const before = requireOwed(state, proposal);
  const after: ManagementFeeState = { ...before, owedFen: before.owedFen - amountFen };
  const payment = newPayment(idFrom('PY', [caseId, 'management fee']), {
    caseId,
    purpose: { type: 'management-fee', id: 'all' },
    amountFen,
    payee,
    remittance: `管理费 ${documentNumber}`,
    summary: `支付管理费 ${documentNumber}`,
    debits: feePaid(amountFen),
    charterVersion,
  });
  return {
    carriedOut: true,
    changes: [{ type: 'management-fee', id: 'all', state: after }, payment.change],
    head: { heldFen: amountFen },
    entry: { digests: [feeDigest(after), payment.digest] },
  };
};

/** A fee that is not paid after all is owed again. */
export const managementFeePurpose: Purpose = {
  settled: () => ({}),
  rejected: () => ({}),
  cancelled: (state, _payId, { amountFen }) => {
    const before = state.read('management-fee', 'all');
    if (before === undefined) throw new Error('a fee was paid that was never accrued');
    const after: ManagementFeeState = { ...before, owedFen: before.owedFen + amountFen };
    return { changes: [{ type: 'management-fee', id: 'all', state: after }], digests: [feeDigest(after)] };
  },
};
