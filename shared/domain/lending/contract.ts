import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { readCase, readProposal, requireFresh, requireRole, requireStranger } from '../approvals/guards.ts';
import type { CommandSpec, Snapshot } from '../book/decision.ts';
import type { OutboxCommand } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import { normaliseName } from '../identity.ts';
import { requireEdge } from '../machine.ts';
import { ATTEMPTS_MAX, instructIdOf } from '../payments/payment.ts';
import { agreeMilestones } from './advance.ts';
import { loanDigest } from './digest.ts';
import { releaseExposure } from './hold.ts';
import { type LoanState, loanIdOf, loanMachine } from './loan.ts';

/** @throws LOAN_NOT_FOUND */
export const readLoan = (state: Snapshot, loanId: string): LoanState => {
  const found = state.read('loan', loanId);
  if (found === undefined) throw new FundError('LOAN_NOT_FOUND', { loanId });
  return found;
};

/** The command that a queue carries once the money may leave. Its id is derived, so it can only ever be this one. */
const instructCommand = (loanId: string, attempt: number): OutboxCommand => ({
  queue: 'fund',
  id: instructIdOf(loanId, attempt),
  kind: 'loan.instruct',
  payload: { loanId },
});

export interface ContractPayload {
  readonly caseId: string;
  readonly contractNumber: string;
  /** SHA-256 of the signed contract, hex. */
  readonly contractSha256: string;
  readonly signedOn: BusinessDate;
}

/**
 * The treasurer records the signed contract of an approved case, which releases the money: a queue carries the
 * disbursement from here. Whoever made or decided the case cannot release it.
 * @throws ROLE_REQUIRED, CASE_NOT_FOUND, CASE_NOT_APPROVED, CASE_EXPIRED, DUTIES_NOT_SEPARATE, CONTRACT_EXISTS, DATE_INVALID
 */
export const recordContract: CommandSpec<ContractPayload> = {
  kind: 'loan.contract',
  primary: (p) => ref('loan', loanIdOf(p.caseId)),
  prefetch: (p) => [ref('case', p.caseId), ref('proposal', p.caseId)],
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'treasurer');
    const { caseId } = payload;
    const found = readCase(state, caseId);
    ensure(found.status === 'approved', 'CASE_NOT_APPROVED', { status: found.status });
    requireFresh(found, today);
    requireStranger(found, actor.id);
    ensure(payload.signedOn <= today, 'DATE_INVALID', { signedOn: payload.signedOn });
    const { content } = readProposal(state, caseId);
    if (content.subject !== 'loan') throw new FundError('CASE_NOT_APPROVED', { subject: content.subject });
    const loanId = loanIdOf(caseId);
    ensure(state.read('loan', loanId) === undefined, 'CONTRACT_EXISTS', { loanId });
    const { applicant, amountFen, termMonths, payee } = content.application;
    const loan: LoanState = {
      status: 'contracted',
      caseId,
      enterpriseId: applicant.id,
      charterVersion: found.charterVersion,
      contractNumber: payload.contractNumber,
      principalFen: amountFen,
      termMonths,
      payment: { attempt: 1, payee },
      schedule: [],
      overdueFen: 0n,
      grade: 'normal',
      daysPastDue: 0,
      provisionFen: 0n,
      penaltyUnits: 0n,
      discountFen: 0n,
      extensions: 0,
      writtenOffFen: 0n,
      recoveredFen: 0n,
    };
    return {
      entries: [
        {
          type: 'loan.contracted',
          businessDate: today,
          summary: `签订借款合同 ${payload.contractNumber}`,
          links: { loan: loanId, case: caseId, enterprise: applicant.id },
          facts: { sha256: payload.contractSha256, signedOn: payload.signedOn },
          digests: [loanDigest(loanId, loan, { borrower: normaliseName(applicant.name) })],
          outbox: [instructCommand(loanId, 1)],
        },
      ],
      changes: [{ type: 'loan', id: loanId, state: loan }, ...agreeMilestones(loanId, content.application.advance)],
    };
  },
};

export interface ReinstructPayload {
  readonly loanId: string;
  readonly reason: string;
}

/**
 * After the bank has refused a payment the treasurer may send the same money to the same account again, under a new
 * instruction id. Another account would be another decision: cancel and apply anew.
 * @throws ROLE_REQUIRED, LOAN_NOT_FOUND, STATE_INVALID, DUTIES_NOT_SEPARATE, ATTEMPTS_EXHAUSTED
 */
export const reinstructLoan: CommandSpec<ReinstructPayload> = {
  kind: 'loan.reinstruct',
  primary: (p) => ref('loan', p.loanId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'treasurer');
    const loan = readLoan(state, payload.loanId);
    requireEdge(loanMachine, 'reinstruct', loan.status);
    requireStranger(readCase(state, loan.caseId), actor.id);
    const attempt = loan.payment.attempt + 1;
    ensure(attempt <= ATTEMPTS_MAX, 'ATTEMPTS_EXHAUSTED', { attempts: String(loan.payment.attempt) });
    const after: LoanState = { ...loan, status: 'contracted', payment: { attempt, payee: loan.payment.payee } };
    return {
      entries: [
        {
          type: 'loan.released-again',
          businessDate: today,
          summary: payload.reason,
          links: { loan: payload.loanId, enterprise: loan.enterpriseId },
          digests: [loanDigest(payload.loanId, after)],
          outbox: [instructCommand(payload.loanId, attempt)],
        },
      ],
      changes: [{ type: 'loan', id: payload.loanId, state: after, priorStatuses: loanMachine.edges.reinstruct.from }],
    };
  },
};

export interface CancelLoanPayload {
  readonly loanId: string;
  readonly reason: string;
}

/**
 * Gives up a loan whose payment the bank has refused: the hold and the place under the limit are given back. A loan whose
 * payment is on its way cannot be cancelled.
 * @throws ROLE_REQUIRED, LOAN_NOT_FOUND, STATE_INVALID
 */
export const cancelLoan: CommandSpec<CancelLoanPayload> = {
  kind: 'loan.cancel',
  primary: (p) => ref('loan', p.loanId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'director');
    const loan = readLoan(state, payload.loanId);
    requireEdge(loanMachine, 'cancel', loan.status);
    const after: LoanState = { ...loan, status: 'cancelled' };
    return {
      entries: [
        {
          type: 'loan.cancelled',
          businessDate: today,
          summary: payload.reason,
          links: { loan: payload.loanId, enterprise: loan.enterpriseId },
          digests: [loanDigest(payload.loanId, after)],
        },
      ],
      changes: [
        { type: 'loan', id: payload.loanId, state: after, priorStatuses: loanMachine.edges.cancel.from },
        releaseExposure(state, loan.enterpriseId, loan.principalFen),
      ],
      head: { heldFen: -loan.principalFen },
    };
  },
};
