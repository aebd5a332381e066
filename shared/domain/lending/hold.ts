import { FundError } from '#shared/errors/fund-error.ts';
import type { Effect } from '../approvals/effect.ts';
import type { EntityChange, Snapshot } from '../book/decision.ts';
import type { EnterpriseState } from './enterprise.ts';
import type { LoanApplication } from './proposals.ts';

/** Final approval of a loan holds its money; FUNDS_INSUFFICIENT follows from the head when there is not enough. */
export const holdForLoan = (application: LoanApplication): Effect => ({ head: { heldFen: application.amountFen } });

/** @throws ENTERPRISE_NOT_FOUND */
export const readEnterprise = (state: Snapshot, id: string): EnterpriseState => {
  const found = state.read('enterprise', id);
  if (found === undefined) throw new FundError('ENTERPRISE_NOT_FOUND', { enterpriseId: id });
  return found;
};

/** Gives an enterprise its place under the limit back, `amountFen` of it. */
export const releaseExposure = (state: Snapshot, id: string, amountFen: bigint): EntityChange => {
  const enterprise = readEnterprise(state, id);
  return { type: 'enterprise', id, state: { ...enterprise, exposureFen: enterprise.exposureFen - amountFen } };
};
