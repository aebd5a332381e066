import { ensure } from '#shared/errors/fund-error.ts';
import { addMonths, type BusinessDate } from '../calendar.ts';
import type { ConversionRules } from '../charter/seed.ts';
import { positiveQuantity, type Quantity } from '../equity/quantity.ts';
import { type Fen, positiveFen } from '../money.ts';
import { parseRate } from '../rate.ts';
import { requireMinority } from './share.ts';

/** What an appraiser says the whole enterprise is worth before the conversion (投前估值). */
export interface Appraisal {
  readonly reportNumber: string;
  readonly appraisedOn: BusinessDate;
  readonly preMoneyFen: Fen;
}

/** A price somebody paid before: value of the whole after the round, over all shares then. */
export interface LastRound {
  readonly postMoneyFen: Fen;
  readonly totalQuantity: Quantity;
}

/** What a claim is worth in shares. */
export interface ConversionTerms {
  readonly quantity: Quantity;
  /** Value of those shares at the appraised price: at most the claim, because shares are not divided further. */
  readonly valueFen: Fen;
}

/**
 * Shares for a claim: claim ÷ (pre-money ÷ fully diluted shares), rounded down to a millionth; their value at that price,
 * rounded down to a fen. Exact whole-number arithmetic. (公司法 2023 第四十八条: a claim may be contributed once appraised.)
 * @param claimFen what is converted
 * @param fullyDiluted all shares before the conversion
 * @throws AMOUNT_INVALID, QUANTITY_INVALID
 */
export const conversionTerms = (claimFen: Fen, preMoneyFen: Fen, fullyDiluted: Quantity): ConversionTerms => {
  positiveFen(claimFen);
  positiveFen(preMoneyFen);
  const quantity = positiveQuantity((claimFen * positiveQuantity(fullyDiluted)) / preMoneyFen);
  return { quantity, valueFen: (quantity * preMoneyFen) / fullyDiluted };
};

/**
 * Holds a conversion against the charter: the appraisal is fresh, the price not too far below the last round's, and the
 * fund stays in the minority.
 * @param held what the fund holds of the enterprise already
 * @throws APPRAISAL_TOO_OLD, PRICE_BELOW_FLOOR, SHARE_TOO_LARGE
 */
export const checkConversion = (
  rules: ConversionRules,
  { reportNumber, appraisedOn, preMoneyFen }: Appraisal,
  fullyDiluted: Quantity,
  { quantity }: ConversionTerms,
  held: Quantity,
  lastRound: LastRound | undefined,
  today: BusinessDate,
): void => {
  const validUntil = addMonths(appraisedOn, rules.appraisalMaxAgeMonths);
  ensure(appraisedOn <= today && today <= validUntil, 'APPRAISAL_TOO_OLD', { reportNumber, appraisedOn, validUntil });
  if (lastRound !== undefined) requireFloor(rules.floorDiscount, preMoneyFen, fullyDiluted, lastRound);
  requireMinority(held + quantity, fullyDiluted + quantity, rules.maxShare);
};

/** price ≥ last price × (1 − discount), all multiplied out. */
const requireFloor = (discount: string, preMoneyFen: Fen, fullyDiluted: Quantity, last: LastRound): void => {
  const rate = parseRate(discount);
  const one = 10n ** BigInt(rate.scale);
  const price = preMoneyFen * positiveQuantity(last.totalQuantity) * one;
  const floor = positiveFen(last.postMoneyFen) * fullyDiluted * (one - rate.units);
  ensure(price >= floor, 'PRICE_BELOW_FLOOR', { preMoneyFen: String(preMoneyFen), floorDiscount: discount });
};
