import type { Digest } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import type { RecoveryRules } from '../charter/compensation.ts';
import { machine } from '../machine.ts';
import { minFen } from '../money.ts';
import { borneBy, type ClaimState } from './claim.ts';
import { type Shares, shareOut } from './sharing.ts';

export type RecoveryStatus = 'due' | 'received';

/** Money recovered: collected by the bank, which then owes the fund its part, or come to the fund directly. */
export const recoveryMachine = machine('recovery', {
  receive: { from: ['due'], to: ['due', 'received'] },
} satisfies Record<string, { from: RecoveryStatus[]; to: RecoveryStatus[] }>);

/** One sum recovered on a claim, and who gets what of it, in fen. The four parts add up to `grossFen`. */
export interface RecoveryState {
  readonly status: RecoveryStatus;
  readonly claimId: string;
  readonly bankId: string;
  readonly enterpriseId: string;
  readonly by: 'bank' | 'direct';
  readonly on: BusinessDate;
  readonly grossFen: bigint;
  readonly costFen: bigint;
  readonly fundFen: bigint;
  readonly guarantorFen: bigint;
  /** The bank's part of the loss, interest nobody covers, and whatever is left. */
  readonly bankFen: bigint;
  /** How much of the fund's part has come. */
  readonly receivedFen: bigint;
  /** The fund's part stands as a claim on the bank (1221) and no longer on the borrower; not so after a final loss. */
  readonly booked: boolean;
}

/** How a sum is spread. */
export interface Spread extends Shares {
  readonly costFen: bigint;
  /** The claim afterwards. */
  readonly claim: ClaimState;
}

/** What each has borne, the bank with its uncovered part where the charter lets that share in recoveries. */
const weights = (claim: ClaimState, rules: RecoveryRules): Shares => {
  const borne = borneBy(claim);
  return rules.uncovered === 'pro-rata' ? { ...borne, bankFen: borne.bankFen + claim.uncoveredFen } : borne;
};

const wholeOf = ({ fundFen, guarantorFen, bankFen }: Shares): bigint => fundFen + guarantorFen + bankFen;

/**
 * Spreads a sum recovered over the steps of the charter, usually costs first, then the loss by what each has borne, then interest;
 * what is left is the bank's. The loss is shared by the differences of what has been shared so far, so it does not matter in how
 * many pieces it comes back: in the end each has exactly what it bore.
 */
export const spread = (claim: ClaimState, grossFen: bigint, rules: RecoveryRules): Spread => {
  const borne = weights(claim, rules);
  let leftFen = grossFen;
  const take = (owedFen: bigint): bigint => {
    const takenFen = minFen(leftFen, owedFen);
    leftFen -= takenFen;
    return takenFen;
  };
  const taken = { cost: 0n, principal: 0n, interest: 0n };
  const owed = {
    cost: claim.costOpenFen,
    principal: wholeOf(borne) - claim.sharedFen,
    interest: claim.interestOwedFen - claim.interestPaidFen,
  };
  for (const step of rules.order) taken[step] = take(owed[step]);
  const sharedFen = claim.sharedFen + taken.principal;
  const before = shareOut(claim.sharedFen, borne);
  const after = shareOut(sharedFen, borne);
  const fundFen = after.fundFen - before.fundFen;
  return {
    costFen: taken.cost,
    fundFen,
    guarantorFen: after.guarantorFen - before.guarantorFen,
    bankFen: after.bankFen - before.bankFen + taken.interest + leftFen,
    claim: {
      ...claim,
      status: sharedFen === wholeOf(borne) && claim.status !== 'written-off' ? 'recovered' : claim.status,
      costOpenFen: claim.costOpenFen - taken.cost,
      sharedFen,
      interestPaidFen: claim.interestPaidFen + taken.interest,
      fundRecoveredFen: claim.fundRecoveredFen + fundFen,
    },
  };
};

/** A sum recovered on a claim, spread; `how` is what the spread does not say. */
export const newRecovery = (
  claimId: string,
  { bankId, enterpriseId }: ClaimState,
  { costFen, fundFen, guarantorFen, bankFen }: Spread,
  how: Pick<RecoveryState, 'status' | 'by' | 'on' | 'grossFen' | 'receivedFen' | 'booked'>,
): RecoveryState => ({ ...how, claimId, bankId, enterpriseId, costFen, fundFen, guarantorFen, bankFen });

/** What lists show of a recovery; its bank sees it, no other does. */
export const recoveryDigest = (id: string, recovery: RecoveryState): Digest => ({
  type: 'recovery',
  id,
  owner: recovery.bankId,
  fields: {
    status: recovery.status,
    claim: recovery.claimId,
    bank: recovery.bankId,
    by: recovery.by,
    on: recovery.on,
    grossFen: String(recovery.grossFen),
    costFen: String(recovery.costFen),
    fundFen: String(recovery.fundFen),
    receivedFen: String(recovery.receivedFen),
  },
});
