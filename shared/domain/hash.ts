import { createHash } from 'node:crypto';

/**
 * Canonical JSON in the manner of RFC 8785: members sorted, no spaces, so that equal values have equal text. Numbers must be
 * safe whole numbers; everything finer is a string by the time it is hashed.
 */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`)
      .join(',')}}`;
  throw new TypeError(`a ${typeof value} has no canonical form`);
};

/** SHA-256 of the canonical JSON, base64url, 43 characters. */
export const payloadHash = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('base64url');
