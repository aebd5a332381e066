import * as z from 'zod';
import { contributorIdText, lineText } from './scalars.ts';

/** Bank account, with the CNAPS code of its bank. */
export const bankAccount = z.strictObject({
  name: lineText(70),
  number: z.string().regex(/^[0-9A-Z-]{6,34}$/),
  bankCode: z.string().regex(/^\d{12}$/),
});

/** An account of each contributor. */
export const payees = z.array(z.strictObject({ contributor: contributorIdText, account: bankAccount })).max(20);
