import { Decimal } from 'decimal.js';

/** Decimals for powers of rates, where whole numbers do not reach. Forty digits leave no doubt about the last fen. */
export const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });
