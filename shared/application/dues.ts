import type { BusinessDate } from '#shared/domain/calendar.ts';
import { loanRules } from '#shared/domain/charter/charter.ts';
import { ref, refKey } from '#shared/domain/entities.ts';
import { type Dues, duesOf } from '#shared/domain/lending/dues.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import type { Ledger } from './ports.ts';

/**
 * What a loan owes on a day, under the charter it was decided under.
 * @throws LOAN_NOT_FOUND
 */
export const readDues = async (ledger: Ledger, fundId: string, loanId: string, on: BusinessDate): Promise<Dues> => {
  const loan = (await ledger.load(fundId, [ref('loan', loanId)])).entities.get(refKey(ref('loan', loanId)));
  if (loan?.type !== 'loan') throw new FundError('LOAN_NOT_FOUND', { loanId });
  const version = ref('charter', String(loan.state.charterVersion));
  const charter = (await ledger.load(fundId, [version])).entities.get(refKey(version));
  if (charter?.type !== 'charter') throw new FundError('CHARTER_NOT_FOUND', { version: version.id });
  return duesOf(loan.state, loanRules(charter.state).lending.penaltyDailyRate, on);
};
