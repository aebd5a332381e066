import { payloadHash } from './hash.ts';

/** The plain JSON form of a domain value: bigint as decimal strings, absent fields left out. */
export const toWire = (value: unknown): unknown => {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(toWire);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .map(([k, v]) => [k, toWire(v)]),
  );
};

/** Hash of a domain value's wire form: what decisions are bound to and commands are compared by. */
export const hashOf = (value: unknown): string => payloadHash(toWire(value));
