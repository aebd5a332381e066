import type { BusinessDate } from '../calendar.ts';
import type { Fraction } from '../rate.ts';
import type { Subject } from './subjects.ts';

/** Final approvals a tier asks for: `count` different persons holding `role`. */
export interface ApprovalRule {
  readonly role: string;
  readonly count: number;
}

/** Who must agree to a case of one subject up to an amount. Tiers of a subject are ordered by amount; the last is open. */
export interface AuthorityTier {
  readonly subject: Subject;
  /** The tier holds for amounts up to and including this, in fen; null: for all. */
  readonly upToFen: bigint | null;
  readonly review: boolean;
  readonly committee: boolean;
  /** Public notice (公示) in working days; 0: none. */
  readonly noticeWorkingDays: number;
  /** At least one. */
  readonly finalApprovals: readonly ApprovalRule[];
  /** Calendar days from submission until an undecided case lapses. */
  readonly expiresAfterDays: number;
}

/** Who watches over compliance in the committee, and the grounds on which a case may be stopped. */
export interface Observer {
  readonly id: string;
  readonly name: string;
  readonly grounds: readonly { readonly id: string; readonly label: string }[];
}

/** 投决会: members by subject id of their token. */
export interface CommitteeRules {
  readonly members: readonly { readonly id: string; readonly name: string }[];
  /** The government's observer (政府观察员): has no vote, but a veto on grounds of compliance, never of merit. */
  readonly observer?: Observer;
  /** Part of all members that must have voted; who recused themselves is not present. */
  readonly quorum: Fraction;
  /** Part of the members entitled to vote on the case that must approve. */
  readonly pass: Fraction;
}

export interface Contributor {
  readonly id: string;
  readonly name: string;
  /** Relative share, e.g. 40 and 60. */
  readonly weight: number;
}

/** Choices every book makes. */
export interface BookPolicy {
  readonly equityAccount: '2711' | '4001';
  readonly voucherTypes: 'single' | 'receipt-payment-transfer';
}

/**
 * What every kind of fund has in one version of its rules. A version never changes; an amendment is a new version with a
 * later `effectiveFrom`, approved as a case. What was decided under a version stays under it.
 */
export interface CharterBase {
  readonly version: number;
  readonly fundId: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** 文号 of the rule text this version carries out. */
  readonly documentNumber: string;
  readonly effectiveFrom: BusinessDate;
  readonly capital: {
    readonly totalFen: bigint;
    readonly contributors: readonly Contributor[];
    /** Contributor that takes the odd fen of a split. */
    readonly remainderTo: string;
  };
  /** The fund's own account at its bank. */
  readonly account: { readonly name: string; readonly number: string; readonly bankCode: string };
  readonly payments: {
    /** Days without the bank's answer after which a payment's outcome counts as unknown and is enquired. */
    readonly doubtAfterDays: number;
  };
  readonly committee: CommitteeRules;
  readonly authority: readonly AuthorityTier[];
  readonly accounting: BookPolicy;
}
