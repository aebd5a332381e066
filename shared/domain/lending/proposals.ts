import type { BusinessDate } from '../calendar.ts';

/** A file the applicant handed in; we keep its hash, the file itself stays in the document store. */
export interface DocumentRef {
  readonly type: string;
  readonly name: string;
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Bank account, with the CNAPS code (12 digits) of its bank. */
export interface BankAccount {
  readonly name: string;
  readonly number: string;
  readonly bankCode: string;
}

/** How principal comes back: at once at the end, or in equal parts. */
export type RepaymentPlan =
  | { readonly kind: 'bullet' }
  | { readonly kind: 'instalments'; readonly count: number; readonly everyMonths: number };

/** Who asks: a company by its 统一社会信用代码, or a team (TEAM-…) that may later become one. */
export interface Applicant {
  readonly kind: 'company' | 'team';
  readonly id: string;
  readonly name: string;
  /** Registration of the company, or forming of the team. */
  readonly establishedOn: BusinessDate;
}

/** 先投后股: what must be reached by when, for the loan to become a share at a value agreed beforehand. */
export interface Advance {
  /** Value of the whole enterprise before the conversion, in fen. */
  readonly preMoneyFen: bigint;
  readonly milestones: readonly { readonly id: string; readonly what: string; readonly dueOn: BusinessDate }[];
}

/** An application for an interest-free loan (免息信用贷款). The payee is part of it, so that decisions bind it too. */
export interface LoanApplication {
  readonly applicant: Applicant;
  readonly amountFen: bigint;
  readonly termMonths: number;
  readonly repayment: RepaymentPlan;
  readonly purpose: string;
  readonly payee: BankAccount;
  readonly declarations: Readonly<Record<string, boolean>>;
  readonly documents: readonly DocumentRef[];
  readonly advance?: Advance;
}

/** 展期 of a loan by whole months. */
export interface ExtensionProposal {
  readonly loanId: string;
  readonly months: number;
  readonly reason: string;
}

/** A team has become a company; the loan passes to it. */
export interface NovationProposal {
  readonly loanId: string;
  readonly company: Applicant;
  readonly documents: readonly DocumentRef[];
}

/** 核销 of what is still owed. */
export interface WriteOffProposal {
  readonly loanId: string;
  readonly reason: string;
  readonly documents: readonly DocumentRef[];
}
