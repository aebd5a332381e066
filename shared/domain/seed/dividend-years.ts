import { ensure } from '#shared/errors/fund-error.ts';
import { addMonths, type BusinessDate } from '../calendar.ts';
import type { Charter } from '../charter/charter.ts';
import type { Lot } from '../equity/lots.ts';
import type { Fen } from '../money.ts';

/**
 * A seed fund takes no dividend in the first years (投资后不参与分红); capital given back is another matter.
 * @param declaredOn the day of the investee's resolution
 * @throws DIVIDEND_WAIVED when no lot is held long enough
 */
export const requireDividendYears = (
  charter: Charter,
  lots: readonly Lot[],
  incomeFen: Fen,
  declaredOn: BusinessDate,
): void => {
  if (charter.kind !== 'seed' || charter.equity === null || incomeFen === 0n) return;
  const months = charter.equity.noDividendYears * 12;
  ensure(
    lots.some((lot) => addMonths(lot.acquiredOn, months) <= declaredOn),
    'DIVIDEND_WAIVED',
    { noDividendYears: String(charter.equity.noDividendYears) },
  );
};
