import { type BusinessDate, parseDate } from '#shared/domain/calendar.ts';
import { ALPHABET, makeUscc } from '#shared/domain/identity.ts';
import { type Fen, parseYuan } from '#shared/domain/money.ts';
import { isFundError } from '#shared/errors/fund-error.ts';

/** The answer, or undefined where the domain refuses the text. */
const unlessRefused = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (!isFundError(error)) throw error;
    return undefined;
  }
};

/** `60000`, `60000.5` or `$60,000.00` → cents, which are taken as fen; undefined when it is no amount. */
export const amountOf = (text: string): Fen | undefined =>
  unlessRefused(() => parseYuan(text.replaceAll(/[$,\s]/g, '')));

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Two-digit years from here on are of the last century, as POSIX has it; the SBA's files begin in the sixties. */
const LAST_CENTURY_FROM = 69;

/** `2/28/1997` or `24-Jun-91` → a date; undefined when it is neither, no day of the calendar, or before 1990. */
export const dateOf = (text: string): BusinessDate | undefined => {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
  if (american !== null) return built(american[3], american[1], american[2]);
  const short = /^(\d{1,2})-([a-z]{3})-(\d{2})$/i.exec(text.trim());
  if (short === null) return undefined;
  const year = (Number(short[3]) >= LAST_CENTURY_FROM ? 1900 : 2000) + Number(short[3]);
  return built(String(year), String(MONTHS.indexOf(short[2]?.toLowerCase() ?? '') + 1), short[1]);
};

const built = (year = '', month = '', day = ''): BusinessDate | undefined =>
  unlessRefused(() => parseDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`));

/** A business, by a registration office of a region there is not, so that no code can be a real enterprise's. */
const OFFICE = '91990000';
const BODY_LENGTH = 8;
const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/**
 * A made-up 统一社会信用代码 for the borrower of a loan: the loan's number to base 31 is the body of the organisation code
 * (GB 11714, with its own check character), so that no two loans have one code.
 * @param loanNumber ten digits
 */
export const codeOf = (loanNumber: string): string => {
  const body = [...Array(BODY_LENGTH).keys()]
    .map((place) => ALPHABET[Math.floor(Number(loanNumber) / ALPHABET.length ** place) % ALPHABET.length])
    .toReversed()
    .join('');
  // Letters count 10 to 35 there, those that GB 32100 leaves out included.
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number.parseInt(body[i] ?? '', 36), 0);
  return makeUscc(`${OFFICE}${body}${'0123456789X'[(11 - (sum % 11)) % 11]}`);
};
