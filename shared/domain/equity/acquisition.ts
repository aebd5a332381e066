import { FundError } from '#shared/errors/fund-error.ts';
import type { Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import type { BankAccount } from '../lending/proposals.ts';
import { machine } from '../machine.ts';
import type { Fen } from '../money.ts';
import { formatQuantity, type Quantity } from './quantity.ts';

export type AcquisitionStatus = 'approved' | 'contracted' | 'paid' | 'registered' | 'done' | 'cancelled';

/**
 * The way into a holding. Bought with money: contracted, then paid and registered (工商变更) in either order. Against a
 * claim of the fund (债转股): contracted, registered, then booked by one voucher; until registered it can be given up.
 */
export const acquisitionMachine = machine('acquisition', {
  contract: { from: ['approved'], to: ['contracted'] },
  pay: { from: ['contracted', 'registered'], to: ['paid', 'done'] },
  giveBack: { from: ['paid', 'done'], to: ['contracted', 'registered'] },
  register: { from: ['contracted', 'paid'], to: ['registered', 'done'] },
  book: { from: ['registered'], to: ['done'] },
  cancel: { from: ['approved', 'contracted'], to: ['cancelled'] },
} satisfies Record<string, { from: AcquisitionStatus[]; to: AcquisitionStatus[] }>);

/** A cost of the transaction beside the price (交易费用), paid to somebody else. */
export interface TransactionFee {
  readonly what: string;
  readonly amountFen: Fen;
  readonly payee: BankAccount;
}

/** What a holding is acquired for. */
export type Consideration =
  /** Money to `payee`, who is the enterprise or the seller. */
  | { readonly kind: 'money'; readonly payee: BankAccount; readonly fees: readonly TransactionFee[] }
  /** A claim of the fund that ends with it: a loan, with its principal and the penalty converted with it. */
  | { readonly kind: 'claim'; readonly loanId: string; readonly principalFen: Fen; readonly penaltyFen: Fen };

/** One approved acquisition of equity. Its id is its case's with AC-. */
export interface AcquisitionState {
  readonly status: AcquisitionStatus;
  readonly caseId: string;
  readonly charterVersion: number;
  readonly enterpriseId: string;
  readonly shareClass: string;
  readonly quantity: Quantity;
  readonly costFen: Fen;
  readonly consideration: Consideration;
  readonly contractNumber?: string;
  /** The payment of the price; fees are paid apart. */
  readonly payId?: string;
  readonly registeredOn?: BusinessDate;
  /** The lot it became. */
  readonly lot?: number;
}

/** The acquisition a case leads to. */
export const acquisitionIdOf = (caseId: string): string => caseId.replace(/^CS-/, 'AC-');

/** @throws ACQUISITION_NOT_FOUND */
export const readAcquisition = (state: Snapshot, acquisitionId: string): AcquisitionState => {
  const found = state.read('acquisition', acquisitionId);
  if (found === undefined) throw new FundError('ACQUISITION_NOT_FOUND', { acquisitionId });
  return found;
};

/** Price and fees: what the acquisition takes out of the fund, in fen. */
export const outlayFen = ({ costFen, consideration }: Pick<AcquisitionState, 'costFen' | 'consideration'>): Fen =>
  consideration.kind === 'claim' ? 0n : consideration.fees.reduce((sum, fee) => sum + fee.amountFen, costFen);

/** What lists show of an acquisition. `name` only where it is new. */
export const acquisitionDigest = (id: string, acquisition: AcquisitionState, name?: string): Digest => ({
  type: 'acquisition',
  id,
  fields: {
    status: acquisition.status,
    enterprise: acquisition.enterpriseId,
    costFen: String(acquisition.costFen),
    ...(name === undefined
      ? {}
      : { name, shareClass: acquisition.shareClass, quantity: formatQuantity(acquisition.quantity) }),
    ...(acquisition.contractNumber === undefined ? {} : { contract: acquisition.contractNumber }),
    ...(acquisition.registeredOn === undefined ? {} : { registeredOn: acquisition.registeredOn }),
  },
});
