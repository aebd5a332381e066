import { ensure } from '#shared/errors/fund-error.ts';
import type { Snapshot } from '../book/decision.ts';
import type { Consideration } from '../equity/acquisition.ts';
import { readLoan } from '../lending/contract.ts';
import { loanDigest } from '../lending/digest.ts';
import { type LoanState, loanMachine, outstandingFen } from '../lending/loan.ts';
import { requireEdge } from '../machine.ts';
import type { Consequence } from '../payments/purpose.ts';

/**
 * The register shows the fund as owner: the loan owes nothing more, and what still comes for it waits for a person. Until
 * now it could be repaid; then the shares were for another claim than was decided on.
 * @throws STATE_INVALID, CLAIM_CHANGED
 */
export const lockClaim = (state: Snapshot, consideration: Consideration): Consequence => {
  if (consideration.kind !== 'claim') return {};
  const { loanId, principalFen } = consideration;
  const loan = readLoan(state, loanId);
  requireEdge(loanMachine, 'convert', loan.status);
  const owed = outstandingFen(loan);
  ensure(owed === principalFen, 'CLAIM_CHANGED', { principalFen: String(owed) });
  const after: LoanState = { ...loan, status: 'converting' };
  return {
    changes: [{ type: 'loan', id: loanId, state: after, priorStatuses: loanMachine.edges.convert.from }],
    digests: [loanDigest(loanId, after)],
  };
};
