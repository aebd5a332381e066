import * as z from 'zod';
import { dateText, fenText } from '../scalars.ts';

/** One line of a bank statement. Text from the bank is taken as it comes, shortened to what an entry can bear. */
export const bankLine = z.strictObject({
  side: z.enum(['credit', 'debit']),
  amountFen: fenText,
  bookedOn: dateText,
  reference: z.string().min(1).max(64),
  payer: z.string().max(140),
  payerAccount: z.string().max(40),
  remittance: z.string().max(140),
});
