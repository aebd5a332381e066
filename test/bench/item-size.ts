import type { Item } from '#shared/storage/codecs/stored.ts';

const utf8Bytes = (text: string): number => Buffer.byteLength(text);

/** Two digits to a byte, one byte for sign and exponent: what DynamoDB charges for a number without trailing zeros. */
const numberBytes = (value: number | bigint): number => {
  const digits = String(value).replace('-', '').replace(/0+$/, '');
  return 1 + Math.ceil(Math.max(digits.length, 1) / 2) + (value < 0 ? 1 : 0);
};

const CONTAINER_BYTES = 3;

const valueBytes = (value: unknown): number => {
  if (typeof value === 'string') return utf8Bytes(value);
  if (typeof value === 'number' || typeof value === 'bigint') return numberBytes(value);
  if (typeof value === 'boolean' || value === null) return 1;
  if (Array.isArray(value)) return CONTAINER_BYTES + value.reduce((sum: number, one) => sum + 1 + valueBytes(one), 0);
  if (typeof value === 'object')
    return (
      CONTAINER_BYTES +
      Object.entries(value).reduce((sum, [name, one]) => sum + 1 + utf8Bytes(name) + valueBytes(one), 0)
    );
  throw new TypeError(`a ${typeof value} is not stored`);
};

/** Bytes of an item as DynamoDB counts them for its capacity units: names and values, and the frames of lists and maps. */
export const itemBytes = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + utf8Bytes(name) + valueBytes(value), 0);
