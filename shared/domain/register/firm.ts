import type { BusinessDate } from '../calendar.ts';
import { machine } from '../machine.ts';

/** The book of the zone's register of enterprises: it has no money, so it needs no charter. */
export const REGISTER_BOOK = 'zone';

export type FirmStatus = 'registered' | 'incubating' | 'graduated' | 'left';

/** 注册 → 孵化 → 毕业. What funds do for a firm, and its listing, stand beside this, not in it. */
export const firmMachine = machine('firm', {
  incubate: { from: ['registered'], to: ['incubating'] },
  graduate: { from: ['incubating'], to: ['graduated'] },
  leave: { from: ['registered', 'incubating', 'graduated'], to: ['left'] },
} satisfies Record<string, { from: FirmStatus[]; to: FirmStatus[] }>);

/** A market on which shares were admitted, e.g. 重庆股份转让中心科创板 (OTC). */
export interface Listing {
  readonly market: string;
  readonly code: string;
  readonly on: BusinessDate;
}

/** A financing round as the firm reported it, in fen. */
export interface Round {
  readonly on: BusinessDate;
  readonly investor: string;
  readonly raisedFen: bigint;
  /** Value of the whole firm after the round. */
  readonly postMoneyFen: bigint;
}

/** One enterprise of the zone, by its 统一社会信用代码. */
export interface FirmState {
  readonly status: FirmStatus;
  readonly name: string;
  readonly registeredOn: BusinessDate;
  readonly industry: string;
  /** In the city's register of technology enterprises (科技型企业入库). */
  readonly technology: boolean;
  readonly incubator?: string;
  readonly listings: readonly Listing[];
  readonly rounds: readonly Round[];
}

/** Listings and rounds kept on a firm; far more than any has. */
export const FIRM_RECORDS_MAX = 20;
