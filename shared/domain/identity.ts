import { ensure, FundError } from '#shared/errors/fund-error.ts';

/** Digits of 统一社会信用代码: no I, O, S, V, Z (GB 32100-2015). */
export const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const LENGTH = 18;

/** Check character of the first 17, GB 32100-2015: weights 3^i modulo 31. */
const checkCharacter = (first17: string): string => {
  let weight = 1;
  let sum = 0;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31] ?? '';
};

/**
 * Checks a 统一社会信用代码.
 * @throws USCC_INVALID saying whether length, alphabet or check character is wrong
 */
export const checkUscc = (text: string): string => {
  ensure(text.length === LENGTH, 'USCC_INVALID', { reason: 'length', expected: String(LENGTH) });
  ensure(
    [...text].every((c) => ALPHABET.includes(c)),
    'USCC_INVALID',
    { reason: 'alphabet' },
  );
  const expected = checkCharacter(text.slice(0, -1));
  ensure(text.at(-1) === expected, 'USCC_INVALID', { reason: 'check character', expected });
  return text;
};

/** Completes 17 characters with their check character; for data that is made up. */
export const makeUscc = (first17: string): string => checkUscc(first17 + checkCharacter(first17));

/**
 * Characters no name and no line of text needs, as the inside of a character class: control, invisible, direction, private
 * and unassigned ones, line breaks, and the mark of a character that was lost on the way.
 */
export const UNSEEN = String.raw`\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\uFFFD`;

/**
 * A name in its normal form: NFKC, no spaces at the ends, single spaces inside.
 * @throws NAME_INVALID for characters that cannot be seen
 */
export const normaliseName = (name: string): string => {
  const normal = name.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  if (normal === '' || new RegExp(`[${UNSEEN}]`, 'u').test(name))
    throw new FundError('NAME_INVALID', { name: normal.slice(0, 40) });
  return normal;
};

/** Letters of other scripts that look like Latin ones, after case folding (the common part of UTS 39). */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  һ: 'h',
  і: 'i',
  ј: 'j',
  к: 'k',
  ӏ: 'l',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  ѕ: 's',
  т: 't',
  у: 'y',
  х: 'x',
  α: 'a',
  β: 'b',
  ε: 'e',
  η: 'h',
  ι: 'i',
  κ: 'k',
  μ: 'm',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'y',
  χ: 'x',
  '0': 'o',
  '1': 'l',
  ı: 'i',
};

/**
 * What a name looks like: two names with the same skeleton cannot be told apart by eye. Case, width, spaces, punctuation
 * and look-alike letters do not count.
 */
export const nameSkeleton = (name: string): string =>
  [...name.normalize('NFKD').toLowerCase()]
    .filter((character) => /[\p{L}\p{N}]/u.test(character))
    .map((character) => LOOK_ALIKES[character] ?? character)
    .join('');
