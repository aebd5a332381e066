import type { BusinessDate } from '../calendar.ts';

/** What a case decides about; every subject has its own tiers in the authority matrix. */
export const SUBJECTS = ['loan', 'extension', 'novation', 'write-off', 'charter'] as const;
export type Subject = (typeof SUBJECTS)[number];

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

/** An exact fraction, e.g. 2/3. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/** 投决会: members by subject id of their token. */
export interface CommitteeRules {
  readonly members: readonly { readonly id: string; readonly name: string }[];
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

/** One eligibility rule; `label` is shown to the applicant with the answer. */
export type EligibilityRule =
  | { readonly rule: 'max-age-years'; readonly years: number; readonly label: string }
  | { readonly rule: 'declared'; readonly key: string; readonly expected: boolean; readonly label: string };

export interface LendingRules {
  readonly maxPerEnterpriseFen: bigint;
  readonly minTermMonths: number;
  readonly maxTermMonths: number;
  readonly repayments: readonly ('bullet' | 'instalments')[];
  readonly borrowers: readonly ('company' | 'team')[];
  readonly extension: { readonly maxTimes: number; readonly maxMonths: number };
  /** 罚息: daily rate on overdue principal as an exact decimal, "0" for none. */
  readonly penaltyDailyRate: string;
  readonly repaymentOrder: 'penalty-first' | 'principal-first';
  /** Days without the bank's answer after which a payment's outcome counts as unknown and is enquired. */
  readonly paymentDoubtAfterDays: number;
  readonly eligibility: readonly EligibilityRule[];
  /** Document types that must be attached, per kind of borrower. */
  readonly documents: { readonly company: readonly string[]; readonly team: readonly string[] };
}

/** Days past due above which a grade begins, and the floor for extended loans. */
export interface ClassificationRules {
  readonly specialMentionOverDays: number;
  readonly substandardOverDays: number;
  readonly doubtfulOverDays: number;
  readonly lossOverDays: number;
  /** Months after an extension during which the loan stays at special mention at least. */
  readonly observationMonths: number;
}

export interface AccountingPolicy {
  readonly equityAccount: '2711' | '4001';
  readonly voucherTypes: 'single' | 'receipt-payment-transfer';
  /** Initial measurement of an interest-free loan: nominal, or present value at a yearly effective rate. */
  readonly measurement: { readonly kind: 'nominal' } | { readonly kind: 'present-value'; readonly annualRate: string };
  /** Provision by five-grade class, exact decimals. */
  readonly provision: {
    readonly normal: string;
    readonly specialMention: string;
    readonly substandard: string;
    readonly doubtful: string;
    readonly loss: string;
  };
}

/**
 * One version of a fund's rules. Never changes; an amendment is a new version with a later `effectiveFrom`, approved as
 * a case. What was decided under a version stays under it.
 */
export interface Charter {
  readonly version: number;
  readonly fundId: string;
  readonly kind: 'seed';
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
  readonly committee: CommitteeRules;
  readonly authority: readonly AuthorityTier[];
  readonly lending: LendingRules;
  readonly classification: ClassificationRules;
  readonly accounting: AccountingPolicy;
}
