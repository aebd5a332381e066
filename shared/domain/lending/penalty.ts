import { type Fen, maxFen } from '../money.ts';
import { parseRate } from '../rate.ts';

/*
 * 罚息 is kept in units of fen / 10^scale of the daily rate, so that three days at a rate of 0.0005 are exactly that and
 * nothing is rounded before somebody pays.
 */

/** What `days` of overdue principal add, in penalty units. */
export const accruePenalty = (overdueFen: Fen, days: number, dailyRate: string): bigint =>
  overdueFen * BigInt(days) * parseRate(dailyRate).units;

const unit = (dailyRate: string): bigint => 10n ** BigInt(parseRate(dailyRate).scale);

/** Penalty that can be asked for now: whole fen, the rest stays. Nothing where more was paid than ran up. */
export const penaltyDueFen = (units: bigint, dailyRate: string): Fen => maxFen(0n, units) / unit(dailyRate);

/** The units that a payment of penalty takes away. */
export const penaltyUnitsOf = (penaltyFen: Fen, dailyRate: string): bigint => penaltyFen * unit(dailyRate);
