import type { BookPolicy, CharterBase } from './base.ts';
import type { ClassificationRules, ProvisionMatrix } from './credit.ts';

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

/** 创业投资种子基金: the rules of its instruments. */
export interface SeedCharter extends CharterBase {
  readonly kind: 'seed';
  readonly lending: LendingRules;
  readonly classification: ClassificationRules;
  readonly accounting: BookPolicy & LoanPolicy;
}
