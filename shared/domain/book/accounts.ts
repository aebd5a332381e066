/** Auxiliary dimensions (辅助核算) a line may carry. */
export const DIMENSIONS = ['enterprise', 'contributor', 'instrument', 'bank'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export interface Account {
  readonly zh: string;
  readonly en: string;
  readonly class: 'asset' | 'liability' | 'equity' | 'income' | 'expense';
  readonly normalSide: 'debit' | 'credit';
  /** Dimensions every line on the account must carry. */
  readonly requires: readonly Dimension[];
}

const asset = (zh: string, en: string, requires: readonly Dimension[] = []): Account => ({
  zh,
  en,
  class: 'asset',
  normalSide: 'debit',
  requires,
});
/** An account that reduces an asset. */
const contra = (zh: string, en: string, requires: readonly Dimension[] = []): Account => ({
  ...asset(zh, en, requires),
  normalSide: 'credit',
});
const liability = (zh: string, en: string, requires: readonly Dimension[] = []): Account => ({
  zh,
  en,
  class: 'liability',
  normalSide: 'credit',
  requires,
});
const equity = (zh: string, en: string, requires: readonly Dimension[] = []): Account => ({
  ...liability(zh, en, requires),
  class: 'equity',
});
const income = (zh: string, en: string): Account => ({ zh, en, class: 'income', normalSide: 'credit', requires: [] });
const expense = (zh: string, en: string): Account => ({ zh, en, class: 'expense', normalSide: 'debit', requires: [] });

const INSTRUMENT: readonly Dimension[] = ['enterprise', 'instrument'];

/** The chart of accounts: 企业会计准则 numbering, with the sub-accounts the funds use. */
export const CHART_OF_ACCOUNTS = {
  '1002': asset('银行存款', 'Cash at bank'),
  '1101.01': asset('交易性金融资产—成本', 'Equity at cost', INSTRUMENT),
  '1131': asset('应收股利', 'Dividends receivable', INSTRUMENT),
  '1221': asset('其他应收款', 'Other receivables', ['instrument']),
  '1221.01': asset('应收代偿款', 'Compensation to be recovered', INSTRUMENT),
  '1231': contra('坏账准备', 'Allowance for bad debts', INSTRUMENT),
  '1303.01': asset('贷款—正常', 'Loans, not overdue', INSTRUMENT),
  '1303.02': asset('贷款—逾期', 'Loans, overdue', INSTRUMENT),
  '1303.03': contra('贷款—利息调整', 'Loans, unamortised difference', INSTRUMENT),
  '1304': contra('贷款损失准备', 'Loan loss provision', INSTRUMENT),
  '2232': liability('应付利润', 'Distributions payable', ['contributor']),
  '2241': liability('其他应付款', 'Other payables', ['instrument']),
  '2711': equity('专项应付款', 'Special-purpose fund capital', ['contributor']),
  '2801': liability('预计负债', 'Provision for covered loans', ['bank']),
  '4001': equity('实收资本', 'Paid-in capital', ['contributor']),
  '4104': equity('利润分配', 'Profit distributed', ['contributor']),
  '6011': income('利息收入', 'Interest income'),
  '6111': income('投资收益', 'Investment income'),
  '6602': expense('管理费用', 'Management expenses'),
  '6702': expense('信用减值损失', 'Credit impairment loss'),
  '6711': expense('营业外支出', 'Policy cost of interest-free lending'),
} as const satisfies Readonly<Record<string, Account>>;

export type AccountCode = keyof typeof CHART_OF_ACCOUNTS;

/** What contributors have paid in stands here; the head keeps count of it. */
export const CAPITAL_ACCOUNTS = ['2711', '4001'] as const satisfies readonly AccountCode[];

export const isAccount = (code: string): code is AccountCode => Object.hasOwn(CHART_OF_ACCOUNTS, code);
