import * as z from 'zod';
import { type BusinessDate, parseDate } from '#shared/domain/calendar.ts';

/** Whole fen, either sign, as a decimal string: DynamoDB's number type would pass through a float on the way. */
export const fen = z.codec(z.string().regex(/^(0|-?[1-9]\d{0,37})$/), z.bigint(), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});

export const date: z.ZodType<BusinessDate, string> = z.codec(z.string(), z.custom<BusinessDate>(), {
  decode: (text) => parseDate(text),
  encode: (value) => value,
});

/** 五级分类. */
export const grade = z.enum(['normal', 'special-mention', 'substandard', 'doubtful', 'loss']);

export const count = z.int().min(0);
export const facts = z.record(z.string(), z.string());

/** A bank account as an entity keeps it. */
export const account = z.strictObject({ name: z.string(), number: z.string(), bankCode: z.string() });

/** What is paid to several contributors together, and what has become of each payment. */
export const paidParts = z.array(
  z.strictObject({
    contributor: z.string(),
    amountFen: fen,
    payId: z.string(),
    outcome: z.enum(['open', 'paid', 'cancelled']),
  }),
);
