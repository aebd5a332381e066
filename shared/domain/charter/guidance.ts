import type { BusinessDate } from '../calendar.ts';
import type { BankAccount } from '../lending/proposals.ts';
import type { Fraction } from '../rate.ts';
import type { BookPolicy, CharterBase } from './base.ts';

/** What a guidance fund may hold: shares of an enterprise, and interests in funds that hold them. */
export const GUIDANCE_INSTRUMENTS = ['equity', 'sub-fund'] as const;
export type GuidanceInstrument = (typeof GUIDANCE_INSTRUMENTS)[number];

export interface Instruments {
  readonly allowed: readonly GuidanceInstrument[];
  /** By name, with the clause that forbids it. What is neither here nor allowed is refused with the charter's own number. */
  readonly forbidden: readonly { readonly instrument: string; readonly clause: string }[];
  /**
   * 明股实债: signs are a fixed return, a mandatory buy-back at a fixed price, and no share in losses. So many of them are
   * refused; so many need a compliance opinion among the documents.
   */
  readonly disguisedDebt: { readonly refusedFrom: number; readonly opinionFrom: number };
}

/** Sectors the fund is for (投向), each with its part of the base at most; null: no limit of its own. */
export interface Mandate {
  readonly sectors: readonly { readonly id: string; readonly name: string; readonly max: Fraction | null }[];
  /** The part of the base that must stay open for the sectors; what lies outside them has the rest at most. */
  readonly minInSectors: Fraction;
}

export interface InvestmentLimits {
  /** What the parts are parts of: the size of the fund, or its total assets at cost (cash and what is held). */
  readonly base: 'size' | 'total-assets';
  readonly singleInvestee: Fraction;
  /** Largest share of one enterprise, fully diluted. */
  readonly shareOfInvestee: Fraction;
  /** Largest share of one sub-fund. */
  readonly shareOfSubFund: Fraction;
}

/** What the applicant has to declare, and the documents that must be attached. */
export interface InvestmentFile {
  readonly declarations: readonly { readonly key: string; readonly expected: boolean; readonly label: string }[];
  readonly documents: { readonly equity: readonly string[]; readonly 'sub-fund': readonly string[] };
}

/** 让利: a part of the government's gain above the hurdle goes to others when every policy target is met. */
export interface Concession {
  readonly fraction: string;
  readonly to: readonly { readonly contributor: string; readonly weight: number }[];
  /** `return-investment` is checked against the recognitions; any other is evidenced by a document of that type. */
  readonly targets: readonly string[];
}

/** Distribution by the European waterfall. Rates are exact decimals. */
export interface WaterfallTerms {
  readonly hurdle: {
    readonly annualRate: string;
    readonly compounding: 'annual-30e/360' | 'annual-actual/365' | 'daily-actual/365';
  };
  readonly carry: string;
  /** Part of the catch-up tier that is the manager's; "0" for no catch-up. */
  readonly catchUp: string;
  /** Part of the manager's carry that stays in the fund until the end. */
  readonly escrow: string;
  readonly clawback: boolean;
  readonly concession: Concession | null;
}

/** 返投: what must be invested in the zone, and how what is there counts. */
export interface ReturnInvestmentTerms {
  /** Multiple of the base that is required; "0" for none. */
  readonly ratio: string;
  readonly base: 'government-paid-in' | 'government-committed' | 'size';
  readonly kinds: readonly {
    readonly id: string;
    readonly label: string;
    readonly multiplier: string;
    /** Types of document that prove it. */
    readonly evidence: readonly string[];
  }[];
  /** A recognition falls away when the firm moves out within these years. */
  readonly clawBackYears: number;
}

export const TIMERS = ['set-up', 'first-investment'] as const;
export type TimerName = (typeof TIMERS)[number];

/** A time limit of the rules; alerts are raised on these days after it began, the last is the limit itself. */
export interface TimerRule {
  readonly timer: TimerName;
  readonly clause: string;
  readonly alertDays: readonly number[];
}

/** 产业引导基金: the rules of its instruments. */
export interface GuidanceCharter extends CharterBase {
  readonly kind: 'guidance';
  readonly parties: {
    /** Contributor that manages the fund and earns the carry. */
    readonly manager: string;
    readonly government: readonly string[];
    /** The treasury's account, where the government's part of distributions must go; null when it may roll (滚动使用). */
    readonly treasury: BankAccount | null;
  };
  readonly term: {
    readonly planConfirmedOn: BusinessDate;
    readonly beginsOn: BusinessDate;
    readonly fundYears: number;
    readonly investmentYears: number;
  };
  readonly mandate: Mandate;
  readonly limits: InvestmentLimits;
  readonly instruments: Instruments;
  readonly file: InvestmentFile;
  /** Whose leaving suspends new investment. */
  readonly keyPersons: readonly { readonly id: string; readonly name: string }[];
  readonly timers: readonly TimerRule[];
  readonly waterfall: WaterfallTerms;
  readonly returnInvestment: ReturnInvestmentTerms;
  readonly managementFee: { readonly base: 'paid-in' | 'invested'; readonly annualRate: string };
  readonly accounting: BookPolicy;
}
