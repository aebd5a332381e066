import type { Fraction } from '../rate.ts';
import type { BookPolicy, CharterBase } from './base.ts';
import type { ClassificationRules, ProvisionMatrix } from './credit.ts';

/** One eligibility rule; `label` is shown to the applicant with the answer. */
export type EligibilityRule =
  | { readonly rule: 'max-age-years'; readonly years: number; readonly label: string }
  | { readonly rule: 'declared'; readonly key: string; readonly expected: boolean; readonly label: string };

export interface LendingRules {
  /**
   * Whether new loans are given; the rest holds for those that are out, and for advances, which are given wherever the
   * charter knows conversion by milestones.
   */
  readonly open: boolean;
  readonly maxPerEnterpriseFen: bigint;
  readonly minTermMonths: number;
  readonly maxTermMonths: number;
  readonly repayments: readonly ('bullet' | 'instalments')[];
  readonly borrowers: readonly ('company' | 'team')[];
  readonly extension: { readonly maxTimes: number; readonly maxMonths: number };
  /** 罚息: daily rate on overdue principal as an exact decimal, "0" for none. */
  readonly penaltyDailyRate: string;
  readonly repaymentOrder: 'penalty-first' | 'principal-first';
  readonly eligibility: readonly EligibilityRule[];
  /** Document types that must be attached, per kind of borrower. */
  readonly documents: { readonly company: readonly string[]; readonly team: readonly string[] };
}

/** How a seed fund's loans are measured and provided for. */
export interface LoanPolicy {
  /** Initial measurement of an interest-free loan: nominal, or present value at a yearly effective rate. */
  readonly measurement: { readonly kind: 'nominal' } | { readonly kind: 'present-value'; readonly annualRate: string };
  readonly provision: ProvisionMatrix;
}

/** Buyers of what the fund holds, in the order in which it is offered to them. */
export const BUYER_CLASSES = ['founders', 'shareholders', 'third-party'] as const;
export type BuyerClass = (typeof BUYER_CLASSES)[number];

/** The least a seed fund may sell for: what it paid, that with simple interest, or what an appraiser says. */
export type ExitPrice = 'cost' | 'cost-plus-interest' | 'appraisal';

/** 公益参股: a share taken for the public good, never in control, given up again at a price the rules set. */
export interface PublicEquityRules {
  readonly maxPerEnterpriseFen: bigint;
  /** 参股不控股: the most the fund may hold of an enterprise. */
  readonly maxShare: Fraction;
  /** Whether more may be bought of what is held already (存续期间不增资: false). */
  readonly furtherPurchases: boolean;
  /** 投资后不参与分红: years from the purchase during which the fund takes no dividend. */
  readonly noDividendYears: number;
  readonly eligibility: readonly EligibilityRule[];
  readonly documents: readonly string[];
  readonly exit: {
    /** Later classes need the waivers of all before them. */
    readonly order: readonly BuyerClass[];
    /** By full years since the purchase; the last step is open. */
    readonly steps: readonly { readonly withinYears: number | null; readonly price: ExitPrice }[];
    /** Yearly simple rate, ACT/365, of `cost-plus-interest`. */
    readonly annualRate: string;
    readonly appraisalMaxAgeMonths: number;
  };
}

/** 先投后股: a loan becomes a share because milestones are met. Where there are such rules, advances are given. */
export interface MilestoneRules {
  /** The most that may be agreed for one loan. */
  readonly max: number;
  /** Evidence that confirms one. */
  readonly documents: readonly string[];
}

/** 债转股: a loan becomes a share. */
export interface ConversionRules {
  readonly maxShare: Fraction;
  /** Old equity and what is converted, at cost; the committee may waive it with reasons. */
  readonly maxPerEnterpriseFen: bigint;
  readonly appraisalMaxAgeMonths: number;
  /** How far below the price of the last round the appraised price may lie, e.g. "0.2". */
  readonly floorDiscount: string;
  /** Whether penalty that has run up is converted, too. */
  readonly includePenalty: boolean;
  readonly documents: readonly string[];
  /** Absent where the charter does not know conversion by milestones. */
  readonly milestones?: MilestoneRules;
}

/** 创业投资种子基金: the rules of its instruments. */
export interface SeedCharter extends CharterBase {
  readonly kind: 'seed';
  /** 循环使用, or 按原出资渠道和比例退还: then nothing new is taken on, and what comes back goes to the contributors. */
  readonly recovered: 'revolve' | 'return';
  readonly lending: LendingRules;
  readonly equity: PublicEquityRules | null;
  readonly conversion: ConversionRules | null;
  readonly classification: ClassificationRules;
  readonly accounting: BookPolicy & LoanPolicy;
}
