import type { BusinessDate } from '../calendar.ts';
import type { TransactionFee } from '../equity/acquisition.ts';
import type { Quantity } from '../equity/quantity.ts';
import type { Applicant, BankAccount, DocumentRef } from '../lending/proposals.ts';
import type { Fen } from '../money.ts';

/** What somebody promises the fund beside its share in what is earned and lost. */
export type Promised = 'principal' | 'minimum-return';

/** The terms of a deal as far as they tell ownership from a loan in disguise (明股实债). */
export interface DealTerms {
  /** A return is fixed whatever the enterprise earns. */
  readonly fixedReturn: boolean;
  readonly buyBack: 'none' | 'market-price' | 'fixed-price';
  /** Somebody must buy back, on a date and not only when something goes wrong. */
  readonly buyBackMandatory: boolean;
  /** The fund bears losses with the other owners. */
  readonly bearsLosses: boolean;
  readonly promises: readonly Promised[];
}

/** 补充协议: an agreement beside the main one. */
export interface SideLetter {
  readonly party: string;
  readonly sha256: string;
  readonly promises: readonly Promised[];
}

/** What every proposal to invest has. */
interface Deal {
  /** `equity` or `sub-fund`; another may be proposed, and is refused with its clause. */
  readonly instrument: string;
  /** Enterprise or sub-fund. */
  readonly investee: Applicant;
  /** A sector of the mandate, or any other name for what lies outside it. */
  readonly sector: string;
  readonly payee: BankAccount;
  readonly terms: DealTerms;
  readonly sideLetters: readonly SideLetter[];
  /** Persons with an interest in the investee (关联关系), by the id of their token. */
  readonly interested: readonly string[];
  readonly declarations: Readonly<Record<string, boolean>>;
  readonly documents: readonly DocumentRef[];
}

/** 直接投资: shares of an enterprise for money. */
export interface InvestmentProposal extends Deal {
  readonly amountFen: Fen;
  readonly fees: readonly TransactionFee[];
  readonly shareClass: string;
  readonly quantity: Quantity;
  /** All shares of the enterprise after the deal, fully diluted. */
  readonly totalQuantity: Quantity;
}

/** 子基金出资承诺: a commitment to a fund that will call for it. */
export interface CommitmentProposal extends Deal {
  readonly amountFen: Fen;
  /** What all partners of the sub-fund commit together, this commitment included. */
  readonly sizeFen: Fen;
  /** Its manager (GP). */
  readonly manager: string;
}

/** A capital call of a sub-fund, to be paid out of a commitment. */
export interface CommitmentCallProposal {
  readonly commitmentId: string;
  readonly amountFen: Fen;
  readonly dueOn: BusinessDate;
  /** The sub-fund's own number of its notice. */
  readonly noticeNumber: string;
  /** 预算指标文号 out of which it is paid. */
  readonly budgetDocumentNumber: string;
  readonly documents: readonly DocumentRef[];
}

/** Either way to invest. */
export type AnyDeal = InvestmentProposal | CommitmentProposal;
