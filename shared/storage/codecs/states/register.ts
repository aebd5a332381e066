import * as z from 'zod';
import { date, fen } from '../scalars.ts';

export const registerStates = {
  firm: z.strictObject({
    status: z.enum(['registered', 'incubating', 'graduated', 'left']),
    name: z.string(),
    registeredOn: date,
    industry: z.string(),
    technology: z.boolean(),
    incubator: z.string().exactOptional(),
    listings: z.array(z.strictObject({ market: z.string(), code: z.string(), on: date })),
    rounds: z.array(z.strictObject({ on: date, investor: z.string(), raisedFen: fen, postMoneyFen: fen })),
  }),
  bank: z.strictObject({
    status: z.enum(['recognised', 'ended']),
    name: z.string(),
    products: z.array(z.string()),
    documentNumber: z.string(),
    since: date,
    endedOn: date.exactOptional(),
  }),
} as const;
