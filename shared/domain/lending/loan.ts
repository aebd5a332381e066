import type { LoanBalances } from '../book/templates.ts';
import type { BusinessDate } from '../calendar.ts';
import { machine } from '../machine.ts';
import type { Grade } from './classification.ts';
import type { BankAccount } from './proposals.ts';
import type { Instalment } from './schedule.ts';

export type LoanStatus =
  | 'contracted'
  | 'instructed'
  | 'unknown'
  | 'active'
  | 'repaid'
  | 'payment-rejected'
  | 'written-off'
  | 'converting'
  | 'converted'
  | 'cancelled';

/** The life of a loan from its contract on. Before that it is a case. */
export const loanMachine = machine('loan', {
  instruct: { from: ['contracted'], to: ['instructed'] },
  doubt: { from: ['instructed', 'unknown'], to: ['unknown'] },
  settle: { from: ['instructed', 'unknown', 'payment-rejected'], to: ['active'] },
  bounce: { from: ['instructed', 'unknown'], to: ['payment-rejected'] },
  giveBack: { from: ['active'], to: ['payment-rejected'] },
  reinstruct: { from: ['payment-rejected'], to: ['contracted'] },
  cancel: { from: ['payment-rejected'], to: ['cancelled'] },
  repay: { from: ['active', 'repaid'], to: ['active', 'repaid'] },
  age: { from: ['active'], to: ['active'] },
  extend: { from: ['active'], to: ['active'] },
  novate: { from: ['active'], to: ['active'] },
  writeOff: { from: ['active'], to: ['written-off'] },
  recover: { from: ['written-off'], to: ['written-off'] },
  convert: { from: ['active'], to: ['converting'] },
  book: { from: ['converting'], to: ['converted'] },
} satisfies Record<string, { from: LoanStatus[]; to: LoanStatus[] }>);

/** The payment of the principal. `attempt` rises only after the bank has said no; each attempt has one id for ever. */
export interface LoanPayment {
  readonly attempt: number;
  readonly payee: BankAccount;
  readonly instructedOn?: BusinessDate;
  /** Number of the voucher entry, for a reversal to name. */
  readonly entrySeq?: number;
}

export interface LoanState {
  readonly status: LoanStatus;
  readonly caseId: string;
  readonly enterpriseId: string;
  readonly charterVersion: number;
  readonly contractNumber: string;
  readonly principalFen: bigint;
  readonly termMonths: number;
  readonly payment: LoanPayment;
  /** Empty until settled: the term runs from the day the money arrived. */
  readonly schedule: readonly Instalment[];
  /** How much of the principal stands in 1303.02 逾期 rather than 1303.01. */
  readonly overdueFen: bigint;
  readonly grade: Grade;
  readonly daysPastDue: number;
  readonly provisionFen: bigint;
  /** Penalty (罚息) run up and not paid, as fen × 10^scale of the charter's daily rate, so that nothing is rounded early. */
  readonly penaltyUnits: bigint;
  /** Unamortised part of the day-one difference (1303.03), in fen; 0 under nominal measurement. */
  readonly discountFen: bigint;
  readonly agedThrough?: BusinessDate;
  readonly extensions: number;
  readonly extendedOn?: BusinessDate;
  /** Owed when it was written off; its schedule then says what the off-balance register (账销案存) still claims. */
  readonly writtenOffFen: bigint;
  readonly recoveredFen: bigint;
  /** The team that first borrowed, when the loan has passed to a company. */
  readonly formerBorrower?: string;
}

/** Principal still owed, in fen. */
export const outstandingFen = (loan: LoanState): bigint =>
  loan.schedule.reduce((sum, i) => sum + i.principalFen - i.paidFen, 0n);

/** What the book has of a loan. */
export const balancesOf = (loan: LoanState): LoanBalances => ({
  normalFen: outstandingFen(loan) - loan.overdueFen,
  overdueFen: loan.overdueFen,
  discountFen: loan.discountFen,
  provisionFen: loan.provisionFen,
});

/** The loan a loan case leads to: `CS-…` becomes `LN-…`, so that looking is enough to know whether it is there. */
export const loanIdOf = (caseId: string): string => caseId.replace(/^CS-/, 'LN-');
