import * as z from 'zod';
import { bankIdText, dateText, fenText, firmIdText, lineText } from '../scalars.ts';

/** The zone's register of enterprises and demonstration banks. */
export const registerPayloads = {
  'register.enrol': z.strictObject({
    firmId: firmIdText,
    name: lineText(70),
    registeredOn: dateText,
    industry: lineText(40),
    technology: z.boolean(),
  }),
  'register.move': z.strictObject({
    firmId: firmIdText,
    step: z.enum(['incubate', 'graduate', 'leave']),
    on: dateText,
    note: lineText(100),
  }),
  'register.list': z.strictObject({ firmId: firmIdText, market: lineText(40), code: lineText(20), on: dateText }),
  'register.round': z.strictObject({
    firmId: firmIdText,
    investor: lineText(70),
    raisedFen: fenText,
    postMoneyFen: fenText,
    on: dateText,
  }),
  'register.recognise-bank': z.strictObject({
    bankId: bankIdText,
    name: lineText(70),
    products: z.array(lineText(20)).min(1).max(20),
    documentNumber: lineText(60),
    since: dateText,
  }),
  'register.end-bank': z.strictObject({ bankId: bankIdText, on: dateText, reason: lineText(200) }),
} as const;
