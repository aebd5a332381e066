import type { Snapshot } from '../book/decision.ts';
import type { Consequence, Purpose } from '../payments/purpose.ts';
import { type ClaimState, claimDigest, claimMachine, readClaim } from './claim.ts';

const moved = (claimId: string, edge: 'pay' | 'giveBack', after: ClaimState): Consequence => ({
  changes: [{ type: 'claim', id: claimId, state: after, priorStatuses: claimMachine.edges[edge].from }],
  digests: [claimDigest(claimId, after)],
});

/** Money for a claim has come back, or never left. Once all is recovered or lost, a person must look at what comes back. */
const notPaid = (state: Snapshot, claimId: string): Consequence | undefined => {
  const { paidOn, ...claim } = readClaim(state, claimId);
  if (paidOn === undefined) return {};
  return claim.status === 'paid' ? moved(claimId, 'giveBack', { ...claim, status: 'approved' }) : undefined;
};

/** What becomes of a claim when its payment ends. Giving the payment up leaves the bank's money owed (2241), to be paid anew. */
export const claimPurpose: Purpose = {
  settled: (state, _payId, { purpose }, paidOn) => {
    const claim = readClaim(state, purpose.id);
    // What was recovered before the bank had its money is shared already.
    return claim.status === 'approved' ? moved(purpose.id, 'pay', { ...claim, status: 'paid', paidOn }) : {};
  },
  rejected: (state, _payId, { purpose }) => notPaid(state, purpose.id),
  cancelled: () => ({}),
};

/** A party's share of a recovery is owed to it whatever becomes of its payment. */
export const recoveryPurpose: Purpose = {
  settled: () => ({}),
  rejected: () => ({}),
  cancelled: () => ({}),
};
