import { FundError } from '#shared/errors/fund-error.ts';
import type { Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import type { DocumentRef } from '../lending/proposals.ts';
import { machine } from '../machine.ts';
import type { Assessment } from './assessment.ts';
import type { Shares } from './sharing.ts';

export type ClaimStatus = 'submitted' | 'refused' | 'approved' | 'paid' | 'recovered' | 'written-off';

/**
 * The life of a claim (补偿申请 → 审核 → 先行代偿 → 追偿 → 核销). Its review and decision are a case; this says what the case has
 * led to. A filing has one claim, so a loan is compensated once.
 */
export const claimMachine = machine('claim', {
  submit: { from: ['refused'], to: ['submitted'] },
  resubmit: { from: ['submitted'], to: ['submitted'] },
  remind: { from: ['submitted'], to: ['submitted'] },
  refuse: { from: ['submitted'], to: ['refused'] },
  approve: { from: ['submitted'], to: ['approved'] },
  pay: { from: ['approved'], to: ['paid'] },
  giveBack: { from: ['paid'], to: ['approved'] },
  recover: {
    from: ['approved', 'paid', 'recovered', 'written-off'],
    to: ['approved', 'paid', 'recovered', 'written-off'],
  },
  writeOff: { from: ['paid'], to: ['written-off'] },
} satisfies Record<string, { from: ClaimStatus[]; to: ClaimStatus[] }>);

/** What the bank says in a claim, beside what its filing says already. */
export interface ClaimStatement {
  /** Normal interest unpaid on the covered part, in fen; never 复利, 罚息 or 违约金. */
  readonly interestFen: bigint;
  /** What other public schemes bear of the same loss. */
  readonly otherSupport: readonly { readonly scheme: string; readonly amountFen: bigint }[];
  readonly lawsuit?: { readonly court: string; readonly number: string; readonly acceptedOn: BusinessDate };
  readonly documents: readonly DocumentRef[];
}

/** A claim as it is decided on, with what the rules make of it. */
export interface ClaimProposal extends ClaimStatement {
  readonly filingId: string;
  readonly assessment: Assessment;
}

/** A claim, from its submission to the last fen recovered. Its id is its filing's with CL-. All amounts in fen. */
export interface ClaimState {
  readonly status: ClaimStatus;
  readonly filingId: string;
  readonly bankId: string;
  readonly district: string;
  readonly enterpriseId: string;
  readonly guarantorId?: string;
  readonly caseId: string;
  /** Version the loan was filed under; its shares hold for the claim. */
  readonly charterVersion: number;
  /** The loss, and who bears what of it. */
  readonly lossFen: bigint;
  readonly fundFen: bigint;
  readonly guarantorFen: bigint;
  readonly bankFen: bigint;
  /** The bank's own, uncovered principal, and interest owed that nobody covers. */
  readonly uncoveredFen: bigint;
  readonly interestOwedFen: bigint;
  /** Provision made for what is to be recovered (1231). */
  readonly allowanceFen: bigint;
  readonly submittedOn: BusinessDate;
  readonly firstReviewDueOn: BusinessDate;
  readonly decisionDueOn: BusinessDate;
  /** The time limit the office has passed over. */
  readonly overdue?: 'first-review' | 'decision';
  /** The day to look whether a time limit has been kept. */
  readonly remindOn?: BusinessDate;
  readonly paidOn?: BusinessDate;
  /** Costs of recovery the bank has borne and not got back. */
  readonly costOpenFen: bigint;
  /** Recovered towards the loss and shared; recovered towards interest nobody covers. */
  readonly sharedFen: bigint;
  readonly interestPaidFen: bigint;
  /** The fund's part of what was shared. */
  readonly fundRecoveredFen: bigint;
  readonly writtenOffFen: bigint;
  /** Sums that came to the fund directly; each makes a recovery. */
  readonly receipts: number;
}

export const claimIdOf = (filingId: string): string => filingId.replace(/^FL-/, 'CL-');

/** What the fund still has on its books to get back, in fen: nothing after a final loss. */
export const receivableFen = ({ status, fundFen, fundRecoveredFen }: ClaimState): bigint =>
  status === 'written-off' ? 0n : fundFen - fundRecoveredFen;

/** What each has borne of the loss. */
export const borneBy = ({ fundFen, guarantorFen, bankFen }: ClaimState): Shares => ({ fundFen, guarantorFen, bankFen });

/** @throws CLAIM_NOT_FOUND */
export const readClaim = (state: Snapshot, claimId: string): ClaimState => {
  const found = state.read('claim', claimId);
  if (found === undefined) throw new FundError('CLAIM_NOT_FOUND', { claimId });
  return found;
};

/** A bank's own claim; another bank's looks like none at all. @throws CLAIM_NOT_FOUND */
export const readOwnClaim = (state: Snapshot, claimId: string, bankId: string): ClaimState => {
  const found = readClaim(state, claimId);
  if (found.bankId !== bankId) throw new FundError('CLAIM_NOT_FOUND', { claimId });
  return found;
};

/** What lists show of a claim; its bank sees it, no other does. */
export const claimDigest = (id: string, claim: ClaimState): Digest => ({
  type: 'claim',
  id,
  owner: claim.bankId,
  fields: {
    status: claim.status,
    bank: claim.bankId,
    enterprise: claim.enterpriseId,
    fundFen: String(claim.fundFen),
    recoveredFen: String(claim.fundRecoveredFen),
    writtenOffFen: String(claim.writtenOffFen),
    decisionDueOn: claim.decisionDueOn,
    overdue: claim.overdue ?? '',
  },
});

/** The links of an entry about a claim. */
export const claimLinks = (claimId: string, claim: Pick<ClaimState, 'filingId' | 'enterpriseId' | 'bankId'>) => ({
  claim: claimId,
  filing: claim.filingId,
  enterprise: claim.enterpriseId,
  bank: claim.bankId,
});
