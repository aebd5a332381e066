import type { BusinessDate } from '#shared/domain/calendar.ts';
import { loanRules } from '#shared/domain/charter/charter.ts';
import { type Dues, duesOf } from '#shared/domain/lending/dues.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import type { Ledger } from './ports.ts';
import { charterOf, readOne } from './read.ts';

/**
 * What a loan owes on a day, under the charter it was decided under.
 * @throws LOAN_NOT_FOUND
 */
export const readDues = async (ledger: Ledger, fundId: string, loanId: string, on: BusinessDate): Promise<Dues> => {
  const loan = await readOne(ledger, fundId, 'loan', loanId);
  if (loan === undefined) throw new FundError('LOAN_NOT_FOUND', { loanId });
  const { lending } = loanRules(await charterOf(ledger, fundId, loan.charterVersion));
  return duesOf(loan, lending.penaltyDailyRate, on);
};
