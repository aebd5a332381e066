import { ensure } from '#shared/errors/fund-error.ts';
import type { CaseState } from '../approvals/case.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Snapshot } from '../book/decision.ts';
import { feePaid } from '../book/templates-guidance.ts';
import { ref } from '../entities.ts';
import { idFrom } from '../ids.ts';
import type { BankAccount, DocumentRef } from '../lending/proposals.ts';
import { type Fen, formatYuan, positiveFen } from '../money.ts';
import { newPayment } from '../payments/payment.ts';
import type { Purpose } from '../payments/purpose.ts';
import { feeDigest, type ManagementFeeState } from './fee.ts';

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
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'management-fee', fee },
        amountFen: fee.amountFen,
        checks: [],
        links: { 'management-fee': 'all' },
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
    entry: { links: { 'management-fee': 'all' }, digests: [feeDigest(after), payment.digest] },
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
