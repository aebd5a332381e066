import type { BusinessDate } from '../calendar.ts';
import type { RefundProposal } from '../capital/refund.ts';
import type { Charter } from '../charter/charter.ts';
import type { Subject } from '../charter/subjects.ts';
import type { ExitProposal } from '../equity/exit.ts';
import type { EquityWriteOffProposal } from '../equity/write-off.ts';
import type { ClaimProposal } from '../guarantee/claim.ts';
import type { FinalLossProposal } from '../guarantee/final-loss.ts';
import type { ResumeProposal } from '../guarantee/resume.ts';
import type { DistributionProposal } from '../guidance/distribution.ts';
import type { FeePaymentProposal } from '../guidance/fee-payment.ts';
import type { CommitmentCallProposal, CommitmentProposal, InvestmentProposal } from '../guidance/proposals.ts';
import type { RecognitionProposal } from '../guidance/recognition.ts';
import type { ResumptionProposal } from '../guidance/suspension.ts';
import type { ExtensionProposal, LoanApplication, NovationProposal, WriteOffProposal } from '../lending/proposals.ts';
import { machine } from '../machine.ts';
import type { ConversionProposal } from '../seed/conversion.ts';
import type { PublicEquityProposal } from '../seed/public-equity.ts';

export type CaseStatus =
  | 'submitted'
  | 'returned'
  | 'voting'
  | 'on-notice'
  | 'approving'
  | 'approved'
  | 'rejected'
  | 'withdrawn'
  | 'lapsed'
  | 'done';

/** The life of every case, whatever it is about. Steps a tier does not ask for are passed over. */
export const caseMachine = machine('case', {
  resubmit: {
    from: ['returned', 'submitted', 'voting', 'on-notice', 'approving'],
    to: ['submitted', 'voting', 'on-notice', 'approving'],
  },
  review: { from: ['submitted'], to: ['voting', 'on-notice', 'approving', 'returned', 'rejected'] },
  vote: { from: ['voting'], to: ['voting', 'on-notice', 'approving', 'rejected'] },
  veto: { from: ['submitted', 'voting', 'on-notice', 'approving'], to: ['rejected'] },
  object: { from: ['on-notice'], to: ['returned'] },
  approve: { from: ['on-notice', 'approving'], to: ['approving', 'approved', 'done'] },
  reject: { from: ['on-notice', 'approving'], to: ['rejected'] },
  withdraw: { from: ['submitted', 'returned', 'voting', 'on-notice', 'approving'], to: ['withdrawn'] },
  lapse: { from: ['submitted', 'returned', 'voting', 'on-notice', 'approving', 'approved'], to: ['lapsed'] },
  carryOut: { from: ['approved'], to: ['done'] },
} satisfies Record<string, { from: CaseStatus[]; to: CaseStatus[] }>);

/** One member's vote, or the observer's veto with its ground. `by` is there when a delegate cast it. */
export interface Vote {
  readonly member: string;
  readonly choice: 'approve' | 'reject' | 'abstain' | 'recuse' | 'veto';
  readonly ground?: string;
  readonly by?: string;
}

/**
 * A case: who made it, what it binds (hash and revision of the proposal), and who has decided what. The content is the
 * proposal's; the case stays small because it is written at every step.
 */
export interface CaseState {
  readonly status: CaseStatus;
  readonly subject: Subject;
  readonly amountFen: bigint;
  readonly maker: string;
  /** Rises with every resubmission; earlier decisions are void. */
  readonly revision: number;
  /** Hash of the proposal the decisions are bound to. */
  readonly payloadHash: string;
  /** Charter version whose authority matrix decides; 0: the founding rule. */
  readonly charterVersion: number;
  /** Persons with an interest in the matter (关联关系), as the maker declared them: they have no part in deciding it. */
  readonly interested?: readonly string[];
  readonly reviewer?: string;
  readonly votes: readonly Vote[];
  readonly noticeEndsOn?: BusinessDate;
  readonly approvals: readonly { readonly by: string; readonly role: string }[];
  readonly submittedOn: BusinessDate;
  readonly expiresOn: BusinessDate;
}

/** What a case is about, bound by its hash. */
export type ProposalContent =
  | { readonly subject: 'loan'; readonly application: LoanApplication }
  | { readonly subject: 'extension'; readonly extension: ExtensionProposal }
  | { readonly subject: 'novation'; readonly novation: NovationProposal }
  | { readonly subject: 'write-off'; readonly writeOff: WriteOffProposal }
  | { readonly subject: 'charter'; readonly charter: Charter }
  | { readonly subject: 'public-equity'; readonly equity: PublicEquityProposal }
  | { readonly subject: 'conversion'; readonly conversion: ConversionProposal }
  | { readonly subject: 'refund'; readonly refund: RefundProposal }
  | { readonly subject: 'claim'; readonly claim: ClaimProposal }
  | { readonly subject: 'final-loss'; readonly finalLoss: FinalLossProposal }
  | { readonly subject: 'resume-bank'; readonly resume: ResumeProposal }
  | { readonly subject: 'exit'; readonly exit: ExitProposal }
  | { readonly subject: 'equity-write-off'; readonly writeOff: EquityWriteOffProposal }
  | { readonly subject: 'investment'; readonly investment: InvestmentProposal }
  | { readonly subject: 'commitment'; readonly commitment: CommitmentProposal }
  | { readonly subject: 'commitment-call'; readonly call: CommitmentCallProposal }
  | { readonly subject: 'resumption'; readonly resumption: ResumptionProposal }
  | { readonly subject: 'distribution'; readonly distribution: DistributionProposal }
  | { readonly subject: 'recognition'; readonly recognition: RecognitionProposal }
  | { readonly subject: 'management-fee'; readonly fee: FeePaymentProposal };

/** The content of one case at its current revision, with the answers of the checks made when it was submitted. */
export interface ProposalState {
  readonly revision: number;
  readonly content: ProposalContent;
  readonly checks: readonly { readonly label: string; readonly passed: boolean }[];
}
