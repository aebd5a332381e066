import { ensure } from '#shared/errors/fund-error.ts';

/** Shares of a company, yuan of its registered capital, or units of a partnership: millionths, so always exact. */
export type Quantity = bigint;

const PLACES = 6;
const UNIT = 10n ** BigInt(PLACES);

/**
 * `"1000000.5"` → millionths.
 * @throws QUANTITY_INVALID unless it is a plain non-negative decimal with at most 6 places
 */
export const parseQuantity = (text: string): Quantity => {
  const match = /^(0|[1-9]\d{0,14})(?:\.(\d{1,6}))?$/.exec(text);
  ensure(match !== null, 'QUANTITY_INVALID', { quantity: text.slice(0, 40) });
  return BigInt(match[1] ?? '0') * UNIT + BigInt((match[2] ?? '').padEnd(PLACES, '0'));
};

/** Millionths → the shortest text that {@link parseQuantity} reads back. */
export const formatQuantity = (quantity: Quantity): string => {
  const decimals = String(quantity % UNIT)
    .padStart(PLACES, '0')
    .replace(/0+$/, '');
  return decimals === '' ? String(quantity / UNIT) : `${quantity / UNIT}.${decimals}`;
};

/** @throws QUANTITY_INVALID when there is none of it */
export const positiveQuantity = (quantity: Quantity): Quantity => {
  ensure(quantity > 0n, 'QUANTITY_INVALID', { quantity: formatQuantity(quantity) });
  return quantity;
};
