import { ensure } from '#shared/errors/fund-error.ts';
import { readCase, requireRole, requireStranger } from '../approvals/guards.ts';
import type { CommandSpec } from '../book/decision.ts';
import { dimsOf } from '../book/dims.ts';
import { claimConverted } from '../book/templates-conversion.ts';
import { ref } from '../entities.ts';
import {
  type AcquisitionState,
  acquisitionDigest,
  acquisitionMachine,
  readAcquisition,
} from '../equity/acquisition.ts';
import { holdingDigest } from '../equity/holding.ts';
import { addLot } from '../equity/lot-of.ts';
import { moveStake } from '../equity/stake.ts';
import { readLoan } from '../lending/contract.ts';
import { loanDigest } from '../lending/digest.ts';
import { readEnterprise } from '../lending/hold.ts';
import { balancesOf, type LoanState, loanMachine } from '../lending/loan.ts';
import { requireEdge } from '../machine.ts';

export interface BookConversionPayload {
  readonly acquisitionId: string;
}

/**
 * The accountant books a registered conversion: one voucher takes principal, provision and unearned difference out and
 * brings the shares in at their appraised value; the rest is gained or lost in 6111 (CAS 12, revised 2019).
 * @throws ROLE_REQUIRED, ACQUISITION_NOT_FOUND, STATE_INVALID, NOT_A_CONVERSION, DUTIES_NOT_SEPARATE
 */
export const bookConversion: CommandSpec<BookConversionPayload> = {
  kind: 'conversion.book',
  primary: (p) => ref('acquisition', p.acquisitionId),
  prefetch: () => [ref('portfolio', 'all')],
  decide: (state, { payload: { acquisitionId: id }, actor }, _rules, today) => {
    requireRole(actor, 'accountant');
    const acquisition = readAcquisition(state, id);
    const { consideration, caseId, costFen, enterpriseId } = acquisition;
    ensure(consideration.kind === 'claim', 'NOT_A_CONVERSION', { acquisitionId: id });
    requireEdge(acquisitionMachine, 'book', acquisition.status);
    requireStranger(readCase(state, caseId), actor.id);
    const { loanId, penaltyFen } = consideration;
    const loan = readLoan(state, loanId);
    requireEdge(loanMachine, 'book', loan.status);
    const {
      id: holdingId,
      holding,
      lot,
    } = addLot(state, acquisition, {
      source: id,
      on: acquisition.registeredOn ?? today,
      registered: true,
    });
    const booked: AcquisitionState = { ...acquisition, status: 'done', lot };
    const converted = withoutClaim(loan);
    const enterprise = readEnterprise(state, enterpriseId);
    const left = { ...enterprise, exposureFen: enterprise.exposureFen - loan.principalFen };
    return {
      entries: [
        {
          type: 'loan.converted',
          businessDate: today,
          summary: `债转股 ${loan.contractNumber}`,
          lines: claimConverted(
            { ...balancesOf(loan), penaltyFen, valueFen: costFen },
            dimsOf(loanId, loan),
            dimsOf(holdingId, holding),
          ),
          links: { acquisition: id, case: caseId, loan: loanId, holding: holdingId, enterprise: enterpriseId },
          digests: [acquisitionDigest(id, booked), loanDigest(loanId, converted), holdingDigest(holdingId, holding)],
        },
      ],
      changes: [
        { type: 'acquisition', id, state: booked, priorStatuses: acquisitionMachine.edges.book.from },
        { type: 'loan', id: loanId, state: converted, priorStatuses: loanMachine.edges.book.from },
        { type: 'holding', id: holdingId, state: holding },
        ...moveStake(state, enterpriseId, { costFen }, left),
      ],
    };
  },
};

/** The loan owes nothing any more; its schedule stays as history. */
const withoutClaim = (loan: LoanState): LoanState => ({
  ...loan,
  status: 'converted',
  schedule: loan.schedule.map((i) => ({ ...i, paidFen: i.principalFen })),
  overdueFen: 0n,
  provisionFen: 0n,
  discountFen: 0n,
  penaltyUnits: 0n,
});
