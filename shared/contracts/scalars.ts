import * as z from 'zod';
import { type BusinessDate, parseDate } from '#shared/domain/calendar.ts';
import { formatQuantity, parseQuantity } from '#shared/domain/equity/quantity.ts';
import { UNSEEN } from '#shared/domain/identity.ts';
import { DESTINATION_PREFIXES } from '#shared/domain/payments/destinations.ts';
import { isFundError } from '#shared/errors/fund-error.ts';

/** Amount in whole fen as a decimal string, 0 to 10^15. */
export const fenText = z
  .codec(z.string().regex(/^(0|[1-9]\d{0,14}|10{15})$/), z.bigint(), {
    decode: (text) => BigInt(text),
    encode: (value) => value.toString(),
  })
  .meta({ id: 'Fen', description: 'Whole fen (1/100 yuan) as a decimal string', examples: ['30000000'] });

/** Whole fen, either sign, as a decimal string. */
export const signedFenText = z.codec(z.string().regex(/^(0|-?[1-9]\d{0,14}|10{15})$/), z.bigint(), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});

/** Calendar date, yyyy-mm-dd. */
export const dateText = z
  .codec(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), z.custom<BusinessDate>(), {
    decode: (text, context) => {
      try {
        return parseDate(text);
      } catch (error) {
        if (!isFundError(error)) throw error;
        context.issues.push({ code: 'custom', message: 'no such calendar date', input: text });
        return z.NEVER;
      }
    },
    encode: (value) => value,
  })
  .meta({ id: 'Date', description: 'Calendar date', examples: ['2019-07-31'] });

/** SHA-256 of a file, hex. */
export const sha256Text = z.string().regex(/^[0-9a-f]{64}$/);

/** Shares, or units of another kind, as an exact decimal with at most six places. */
export const quantityText = z
  .codec(z.string().max(22), z.bigint(), {
    decode: (text, context) => {
      try {
        return parseQuantity(text);
      } catch (error) {
        if (!isFundError(error)) throw error;
        context.issues.push({ code: 'custom', message: 'not an exact quantity', input: text });
        return z.NEVER;
      }
    },
    encode: formatQuantity,
  })
  .meta({ id: 'Quantity', description: 'Units as an exact decimal', examples: ['1000000.5'] });

/** Exact decimal between 0 and 1. */
export const rateText = z.string().regex(/^(0|1|0\.\d{1,12})$/);

/** Exact decimal of at most six digits before the point. */
export const decimalText = z.string().regex(/^(0|[1-9]\d{0,5})(\.\d{1,12})?$/);

/** Short name by which a charter calls something: a product, a district, a scheme. */
export const slugText = z.string().regex(/^[a-z][a-z0-9-]{0,15}$/);

/** Name of a fact about an enterprise. */
export const factText = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);

/** One line a person wrote: every character of it can be seen, and none of its ends is a space. */
export const lineText = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(new RegExp(`^[^${UNSEEN}]+$`, 'u'))
    .refine((text) => text.trim() === text, 'spaces at the ends');

export const fundIdText = z.string().regex(/^[a-z][a-z0-9-]{1,15}$/);
/** Id of a contributor within one fund. */
export const contributorIdText = z.string().regex(/^[a-z][a-z0-9-]{0,15}$/);
export const caseIdText = z.string().regex(/^CS-[0-9A-Z]{12}$/);
export const loanIdText = z.string().regex(/^LN-[0-9A-Z]{12}$/);
export const callIdText = z.string().regex(/^CC-[0-9A-Z]{12}$/);
export const firmIdText = z.string().regex(/^[0-9A-Z]{18}$/);
export const bankIdText = z.string().regex(/^[a-z][a-z0-9-]{1,15}$/);
export const filingIdText = z.string().regex(/^FL-[0-9A-Z]{12}$/);
export const claimIdText = z.string().regex(/^CL-[0-9A-Z]{12}$/);
export const recoveryIdText = z.string().regex(/^RV-[0-9A-Z]{12}$/);
export const jobIdText = z.string().regex(/^IM-[0-9A-Z]{12}$/);
/** A class of shares: ordinary, preferred-a, interest. */
export const shareClassText = z.string().regex(/^[a-z][a-z0-9-]{0,29}$/);
export const receiptIdText = z.string().regex(/^RC-[0-9A-Z]{12}$/);
export const paymentIdText = z.string().regex(/^(LN|PY)-[0-9A-Z]{12}-P[1-9]\d?$/);
export const payIdText = z.string().regex(/^PY-[0-9A-Z]{12}$/);
export const holdingIdText = z.string().regex(/^HD-[0-9A-Z]{12}$/);
export const acquisitionIdText = z.string().regex(/^AC-[0-9A-Z]{12}$/);
export const exitIdText = z.string().regex(/^EX-[0-9A-Z]{12}$/);
export const dividendIdText = z.string().regex(/^DV-[0-9A-Z]{12}$/);
export const commitmentIdText = z.string().regex(/^CM-[0-9A-Z]{12}$/);
export const recognitionIdText = z.string().regex(/^RI-[0-9A-Z]{12}$/);
export const distributionIdText = z.string().regex(/^DS-[0-9A-Z]{12}$/);
export const monthText = z.string().regex(/^(199\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])$/);
/** Number of anything that money may come for. */
export const targetIdText = z.string().regex(new RegExp(`^(${DESTINATION_PREFIXES.join('|')})-[0-9A-Z]{12}$`));
/** Subject of a token, as providers make them: visible ASCII, but no spaces, and no `#`, which parts keys. */
export const personIdText = z.string().regex(/^[!"$-~]{1,64}$/);
export const hashText = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** GB 32100 code or team number; the check character is the domain's business. */
export const enterpriseIdText = z.string().regex(/^([0-9A-Z]{18}|TEAM-[0-9A-Z]{8,20})$/);
/** Name of a kind of document, as charters ask for them and applications bring them. */
export const documentTypeText = z.string().regex(/^[a-z0-9-]{1,40}$/);
/** Longer name of something charters and proposals speak of: an instrument, a sector, something that is declared. */
export const nameText = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
