import type { BusinessDate } from '../calendar.ts';
import type { BankAccount } from '../lending/proposals.ts';
import type { BookPolicy, CharterBase } from './base.ts';
import type { ClassificationRules, ProvisionMatrix } from './credit.ts';
import type { GradingModel } from './grading.ts';

/** A bank that lends under the fund's cover. Its id is what its machine's token says. */
export interface PartnerBank {
  readonly id: string;
  readonly name: string;
  /** Products it may file, by id. */
  readonly products: readonly string[];
  /** Where compensation and its share of recoveries are paid. */
  readonly account: BankAccount;
}

/** A guarantee company that stands beside fund and bank. */
export interface Guarantor {
  readonly id: string;
  readonly name: string;
  readonly account: BankAccount;
}

/** 企业划型. */
export const SIZE_CLASSES = ['micro', 'small', 'medium'] as const;
export type SizeClass = (typeof SIZE_CLASSES)[number];

/** Evidence a filing may have to bring. */
export const FILING_DOCUMENTS = ['loan-contract', 'drawdown-voucher'] as const;
export type FilingDocument = (typeof FILING_DOCUMENTS)[number];

/** What a bank may file (备案), and until when. */
export interface FilingRules {
  /** Size classes admitted, with the most that may be covered per enterprise, and paid for it over all its loans. */
  readonly sizes: readonly {
    readonly sizeClass: SizeClass;
    readonly perEnterpriseFen: bigint;
    /** Cumulative compensation per enterprise; null: no such cap. */
    readonly compensationCapFen: bigint | null;
  }[];
  readonly maxTermMonths: number;
  /** Yearly rate a loan may bear: `multiple` × benchmark + `plus`; null: any. */
  readonly rateCeiling: { readonly multiple: string; readonly plus: string } | null;
  /** Yearly guarantee fee a borrower may be charged; null: any. */
  readonly feeCeiling: string | null;
  /** A loan is filed at most so many days before its drawdown, or so many working days after it; null: at any time. */
  readonly window: { readonly aheadDays: number; readonly workingDays: number } | null;
  /** 延续: how often and by how much maturity may move. */
  readonly continuation: { readonly maxTimes: number; readonly maxMonths: number };
  /** Filings up to this covered amount are confirmed by the rules alone, larger ones by a reviewer; null: all by a reviewer. */
  readonly automaticUpToFen: bigint | null;
  readonly documents: readonly FilingDocument[];
  /** Two enterprises may not have names that look alike. */
  readonly uniqueNames: boolean;
}

/**
 * How a loss on the covered part is shared, as relative weights. The fund rounds down, then the guarantor; the bank bears the odd
 * fen. The bank's weight may be 0 where its own part of the loan is what it risks.
 */
export interface SharingScheme {
  readonly id: string;
  /** Banks it holds for; null: every bank. The first scheme that fits is taken. */
  readonly banks: readonly string[] | null;
  readonly guaranteed: boolean;
  readonly fund: number;
  readonly guarantor: number;
  readonly bank: number;
}

/** When and how a bank may claim (补偿申请). */
export interface ClaimRules {
  /** Beside principal: normal interest of at most so many days; null: principal only. Never 复利, 罚息 or 违约金. */
  readonly interest: { readonly maxDays: number } | null;
  /** Days past due from which a claim may come. */
  readonly overdueDays: number;
  /** Days that must have passed since the bank gave notice of the trouble. */
  readonly noticeDays: number;
  /** A court must have accepted the bank's suit. */
  readonly lawsuit: boolean;
  readonly documents: readonly string[];
  /** Working days from the claim for the first review (初审) and for the decision. */
  readonly firstReviewWorkingDays: number;
  readonly decisionWorkingDays: number;
  /** All public layers together bear at most this part of the loss. */
  readonly publicSupportCeiling: string;
}

/** Steps in which recovered money is spread. */
export const RECOVERY_STEPS = ['cost', 'principal', 'interest'] as const;
export type RecoveryStep = (typeof RECOVERY_STEPS)[number];

/** How recovered money is shared, and who bears what never comes back. */
export interface RecoveryRules {
  readonly order: readonly RecoveryStep[];
  /** The bank's own, uncovered part of the loan takes part in recoveries beside the covered part, or after it. */
  readonly uncovered: 'pro-rata' | 'last';
  /** Days from compensation before what is missing may be confirmed as a loss (追偿期). */
  readonly windowDays: number;
  readonly finalLoss: {
    readonly shares: readonly { readonly contributor: string; readonly weight: number }[];
    /** Contributor that takes the odd fen; null: the largest remainders. */
    readonly oddFenTo: string | null;
  };
}

/**
 * What a breaker (熔断) measures. `non-performing`: covered principal at substandard or worse, out of covered principal
 * outstanding. `compensation`: compensated so far, out of covered principal ever confirmed. `pool-use`: compensated and not
 * recovered, out of paid-in capital.
 */
export const BREAKER_MEASURES = ['non-performing', 'compensation', 'pool-use'] as const;
export type BreakerMeasure = (typeof BREAKER_MEASURES)[number];

/** Whom a breaker watches. */
export const BREAKER_SCOPES = ['fund', 'bank', 'district'] as const;
export type BreakerScope = (typeof BREAKER_SCOPES)[number];

/** One breaker: ratios at which it warns, stops new filings, or ends them for good. Loans filed stay covered. */
export interface BreakerRule {
  readonly scope: BreakerScope;
  readonly measure: BreakerMeasure;
  readonly warn: string;
  readonly stop: string | null;
  readonly terminate: string | null;
  /** A stop ends by itself below this ratio; null: by decision only. A termination ends by decision only. */
  readonly resumeBelow: string | null;
  /** The ratio is judged once its denominator has reached this. */
  readonly fromFen: bigint;
}

/** What coverage is held against capital. */
export const COVERAGE_MEASURES = ['covered', 'liability', 'expected-loss'] as const;
export type CoverageMeasure = (typeof COVERAGE_MEASURES)[number];

/** 放大倍数 and the like: `measure` may be at most `max` times the capital; beyond it a filing raises an alert or is refused. */
export interface CoverageLimit {
  readonly measure: CoverageMeasure;
  readonly against: 'paid-in' | 'committed';
  readonly max: string;
  readonly action: 'alert' | 'block';
}

/** How a risk-compensation fund provides for what it covers. */
export interface CompensationPolicy {
  /** Whether the expected loss is booked (2801), or only reported. */
  readonly bookProvision: boolean;
  /** Of the fund's share of covered principal, by grade. */
  readonly provision: ProvisionMatrix;
}

/** 风险补偿基金: it lends nothing itself, it bears part of the losses of banks that do. */
export interface CompensationCharter extends CharterBase {
  readonly kind: 'risk-compensation';
  readonly banks: readonly PartnerBank[];
  readonly guarantors: readonly Guarantor[];
  readonly products: readonly { readonly id: string; readonly name: string }[];
  readonly districts: readonly { readonly id: string; readonly name: string }[];
  /** Published one-year loan rate (LPR) by the day from which it holds. */
  readonly benchmarks: readonly { readonly from: BusinessDate; readonly annualRate: string }[];
  readonly filing: FilingRules;
  readonly sharing: readonly SharingScheme[];
  readonly claims: ClaimRules;
  readonly recovery: RecoveryRules;
  readonly breakers: readonly BreakerRule[];
  readonly limits: readonly CoverageLimit[];
  /** Present where enterprises are graded before any loan; a grade is then a limit, too. */
  readonly grading: GradingModel | null;
  readonly classification: ClassificationRules;
  readonly accounting: BookPolicy & CompensationPolicy;
}
