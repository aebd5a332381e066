import { FundError } from '#shared/errors/fund-error.ts';
import type { Snapshot } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import type { SizeClass } from '../charter/compensation.ts';
import { idFrom } from '../ids.ts';
import type { Grade } from '../lending/classification.ts';
import { machine } from '../machine.ts';

export type FilingStatus =
  | 'applied'
  | 'confirmed'
  | 'exception'
  | 'claimed'
  | 'compensated'
  | 'settled'
  | 'refused'
  | 'withdrawn';

/**
 * The life of one loan under cover, after T/IPIF 0028-2024: 入库申请 applied, 入库确认 confirmed, 项目延续 (still confirmed),
 * 项目异常 exception, 补偿申请 claimed, 代偿 compensated, 结清 settled.
 */
export const filingMachine = machine('filing', {
  file: { from: ['refused', 'withdrawn'], to: ['applied', 'confirmed'] },
  confirm: { from: ['applied'], to: ['confirmed'] },
  refuse: { from: ['applied'], to: ['refused'] },
  withdraw: { from: ['applied', 'confirmed', 'exception'], to: ['withdrawn'] },
  report: { from: ['confirmed', 'exception', 'claimed'], to: ['confirmed', 'exception', 'claimed', 'settled'] },
  continue: { from: ['confirmed'], to: ['confirmed'] },
  age: { from: ['exception', 'claimed'], to: ['exception', 'claimed'] },
  claim: { from: ['exception'], to: ['claimed'] },
  giveUpClaim: { from: ['claimed'], to: ['exception'] },
  compensate: { from: ['claimed'], to: ['compensated'] },
} satisfies Record<string, { from: FilingStatus[]; to: FilingStatus[] }>);

export type FilingEdge = keyof typeof filingMachine.edges;

/** 异常类型. */
export const TROUBLES = ['overdue', 'operation', 'litigation', 'misuse', 'other'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** One loan of a cooperating bank, filed with the fund. The covered part X and the bank's own part 1 stand apart. */
export interface FilingState {
  readonly status: FilingStatus;
  readonly bankId: string;
  readonly enterpriseId: string;
  readonly contractNumber: string;
  readonly product: string;
  readonly district: string;
  readonly sizeClass: SizeClass;
  /** Sharing scheme of the charter version it was filed under. */
  readonly scheme: string;
  readonly guarantorId?: string;
  readonly charterVersion: number;
  /** Principal filed, covered and not. */
  readonly coveredFen: bigint;
  readonly uncoveredFen: bigint;
  /** Principal still owed, as the bank last reported it. */
  readonly outstandingFen: bigint;
  readonly uncoveredOutstandingFen: bigint;
  readonly annualRate: string;
  readonly feeRate: string;
  readonly drawnOn: BusinessDate;
  readonly maturesOn: BusinessDate;
  readonly filedOn: BusinessDate;
  readonly confirmedOn?: BusinessDate;
  /** Day of the balances last reported. */
  readonly asOf: BusinessDate;
  /** Due date of the oldest payment missed. */
  readonly overdueSince?: BusinessDate;
  readonly trouble?: Trouble;
  /** The day the fund was first told of the trouble. */
  readonly noticeOn?: BusinessDate;
  readonly grade: Grade;
  /** Expected loss of the fund's share, by grade. */
  readonly provisionFen: bigint;
  readonly continuations: number;
  readonly continuedOn?: BusinessDate;
  /** The day on which it moves to the next grade if nothing is paid. */
  readonly remindOn?: BusinessDate;
}

/** A contract number as it counts: width, case, spaces and punctuation do not. */
const contractKey = (contractNumber: string): string =>
  [...contractNumber.normalize('NFKC').toUpperCase()].filter((c) => /[\p{L}\p{N}]/u.test(c)).join('');

/** The filing of a bank's contract. Derived, so that one loan is filed once. */
export const filingIdOf = (bankId: string, contractNumber: string): string =>
  idFrom('FL', [bankId, contractKey(contractNumber)]);

/** @throws FILING_NOT_FOUND */
export const readFiling = (state: Snapshot, filingId: string): FilingState => {
  const found = state.read('filing', filingId);
  if (found === undefined) throw new FundError('FILING_NOT_FOUND', { filingId });
  return found;
};

/** A bank's own filing; another bank's looks like none at all. @throws FILING_NOT_FOUND */
export const readOwnFiling = (state: Snapshot, filingId: string, bankId: string): FilingState => {
  const found = readFiling(state, filingId);
  if (found.bankId !== bankId) throw new FundError('FILING_NOT_FOUND', { filingId });
  return found;
};

const TAKES_PLACE: readonly FilingStatus[] = ['applied', 'confirmed', 'exception', 'claimed'];
const COVERED: readonly FilingStatus[] = ['confirmed', 'exception', 'claimed'];

/** Principal that counts against the enterprise's limit, from the application on, in fen. */
export const placeFen = (filing: FilingState | undefined): bigint =>
  filing !== undefined && TAKES_PLACE.includes(filing.status) ? filing.outstandingFen : 0n;

/** Principal the fund now stands in for, in fen. */
export const coverFen = (filing: FilingState | undefined): bigint =>
  filing !== undefined && COVERED.includes(filing.status) ? filing.outstandingFen : 0n;
