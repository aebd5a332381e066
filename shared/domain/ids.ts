import { hashOf } from './wire.ts';

/** Crockford's digits: none is mistaken for another when an id is read out. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An id of ours from something unique: prefix and twelve characters of Crockford's alphabet out of a hash. */
export const idFrom = (
  prefix: 'CS' | 'LN' | 'CC' | 'RC' | 'PY' | 'IM' | 'HD' | 'DV' | 'FL' | 'RV',
  unique: unknown,
): string => {
  const bytes = Buffer.from(hashOf(unique), 'base64url');
  return `${prefix}-${Array.from(bytes.subarray(0, 12), (b) => ALPHABET[b % ALPHABET.length]).join('')}`;
};
