import { createHash } from 'node:crypto';
import * as z from 'zod';
import { dateText, fenText, fundIdText, lineText } from '#shared/contracts/scalars.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { makeUscc } from '#shared/domain/identity.ts';

/* What several parts of a portfolio are written in. */

export const workday = dateText.refine((date) => chinaCalendar.isWorkingDay(date), 'nobody works on that day');
export const key = z.string().regex(/^[a-z0-9-]{2,20}$/);
/** `sourced`: fields that are not made up, and where they come from. */
export const provenance = { madeUp: z.literal(true), sourced: z.record(z.string(), z.string()) };

export const adoptedCharter = z.strictObject({
  key,
  /** The name of a charter's file. Version and date are this fund's own. */
  model: key,
  version: z.int().min(1),
  effectiveFrom: dateText,
  proposedOn: workday,
  approvedOn: workday,
  /** What this version says otherwise than the model: a JSON merge patch (RFC 7396). */
  otherwise: z.record(z.string(), z.json()),
  /** The charter in wire form, as the fund adopts it; whoever reads the portfolio puts it here. */
  document: z.json(),
});
export type AdoptedCharter = z.output<typeof adoptedCharter>;

/** A fund with its charters and the capital it called. */
export const foundedFund = z.strictObject({
  fundId: fundIdText,
  ...provenance,
  charters: z.tuple([adoptedCharter], adoptedCharter),
  calls: z.array(
    z.strictObject({
      key,
      calledOn: workday,
      dueOn: dateText,
      amountFen: fenText,
      documentNumber: lineText(60),
      budgetDocumentNumber: lineText(60).exactOptional(),
      receipts: z.array(
        z.strictObject({
          contributor: z.string(),
          on: workday,
          amountFen: fenText,
          payer: lineText(60),
          payerAccount: z.string(),
        }),
      ),
    }),
  ),
});
export type FoundedFund = z.output<typeof foundedFund>;

/** What made-up codes begin with: department, kind, district, and four characters of the firm's own. */
export const codesBegin = z.string().regex(/^[0-9A-Z]{12}$/);

/** A 统一社会信用代码 that no other data uses. @param n at most five digits */
export const madeUpCode = (begin: string, n: number): string => makeUscc(`${begin}${String(n).padStart(5, '0')}`);

/** Hash and length of a made-up file. */
export const fileOf = (content: string): { readonly sha256: string; readonly bytes: number } => ({
  sha256: createHash('sha256').update(content).digest('hex'),
  bytes: Buffer.byteLength(content),
});
