import { FundError } from '#shared/errors/fund-error.ts';
import type { Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import { machine } from '../machine.ts';
import type { Fen } from '../money.ts';

export type CommitmentStatus = 'approved' | 'active' | 'closed';

export const commitmentMachine = machine('commitment', {
  contract: { from: ['approved'], to: ['active'] },
  call: { from: ['active'], to: ['active'] },
  pay: { from: ['active'], to: ['active'] },
  close: { from: ['approved', 'active'], to: ['closed'] },
} satisfies Record<string, { from: CommitmentStatus[]; to: CommitmentStatus[] }>);

/** What a fund has promised to a sub-fund. What it has paid is a holding of the class {@link INTEREST}. Its case's id with CM-. */
export interface CommitmentState {
  readonly status: CommitmentStatus;
  readonly caseId: string;
  readonly charterVersion: number;
  /** The sub-fund. */
  readonly enterpriseId: string;
  readonly committedFen: Fen;
  /** Approved calls, paid ones included. */
  readonly calledFen: Fen;
  readonly paidFen: Fen;
  readonly contractNumber?: string;
}

/** 合伙份额: the class of a sub-fund's interests; one unit is one yuan paid in. */
export const INTEREST = 'interest';

export const commitmentIdOf = (caseId: string): string => caseId.replace(/^CS-/, 'CM-');

/** Promised and not called yet, in fen. */
export const unfundedFen = (commitment: CommitmentState): Fen => commitment.committedFen - commitment.calledFen;

/** @throws COMMITMENT_NOT_FOUND */
export const readCommitment = (state: Snapshot, commitmentId: string): CommitmentState => {
  const found = state.read('commitment', commitmentId);
  if (found === undefined) throw new FundError('COMMITMENT_NOT_FOUND', { commitmentId });
  return found;
};

/** What lists show of a commitment. `name` only where it is new. */
export const commitmentDigest = (id: string, commitment: CommitmentState, name?: string): Digest => ({
  type: 'commitment',
  id,
  fields: {
    status: commitment.status,
    enterprise: commitment.enterpriseId,
    committedFen: String(commitment.committedFen),
    calledFen: String(commitment.calledFen),
    paidFen: String(commitment.paidFen),
    unfundedFen: commitment.status === 'closed' ? '0' : String(unfundedFen(commitment)),
    ...(name === undefined ? {} : { name }),
    ...(commitment.contractNumber === undefined ? {} : { contract: commitment.contractNumber }),
  },
});

export type CommitmentCallStatus = 'approved' | 'paid' | 'cancelled';

export const commitmentCallMachine = machine('commitment call', {
  pay: { from: ['approved'], to: ['paid'] },
  giveBack: { from: ['paid'], to: ['approved'] },
  cancel: { from: ['approved'], to: ['cancelled'] },
} satisfies Record<string, { from: CommitmentCallStatus[]; to: CommitmentCallStatus[] }>);

/** An approved call of a sub-fund, and its payment. Its id is its case's with SC-. */
export interface CommitmentCallState {
  readonly status: CommitmentCallStatus;
  readonly caseId: string;
  readonly commitmentId: string;
  readonly enterpriseId: string;
  readonly amountFen: Fen;
  readonly dueOn: BusinessDate;
  readonly noticeNumber: string;
  readonly budgetDocumentNumber: string;
  readonly payId: string;
  /** The lot it became. */
  readonly lot?: number;
}

export const commitmentCallIdOf = (caseId: string): string => caseId.replace(/^CS-/, 'SC-');

/** What lists show of a sub-fund's call. */
export const commitmentCallDigest = (id: string, call: CommitmentCallState): Digest => ({
  type: 'commitment-call',
  id,
  fields: {
    status: call.status,
    commitment: call.commitmentId,
    enterprise: call.enterpriseId,
    amountFen: String(call.amountFen),
    dueOn: call.dueOn,
    notice: call.noticeNumber,
    budgetDocument: call.budgetDocumentNumber,
  },
});
