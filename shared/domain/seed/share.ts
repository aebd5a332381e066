import { ensure } from '#shared/errors/fund-error.ts';
import { formatQuantity, type Quantity } from '../equity/quantity.ts';
import { type Fraction, partOf } from '../rate.ts';

/**
 * 参股不控股: what is held after a deal is at most a part of all shares.
 * @throws SHARE_TOO_LARGE
 */
export const requireMinority = (held: Quantity, total: Quantity, max: Fraction): void =>
  ensure(held <= partOf(total, max), 'SHARE_TOO_LARGE', {
    held: formatQuantity(held),
    total: formatQuantity(total),
    maxShare: `${max.numerator}/${max.denominator}`,
  });
