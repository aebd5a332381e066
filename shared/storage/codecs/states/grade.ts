import * as z from 'zod';
import { count, date, facts, fen } from '../scalars.ts';

/** An enterprise's grade, kept with the enterprise. */
export const gradeState = z.strictObject({
  charterVersion: count,
  facts,
  factsOn: date,
  firstOn: date,
  gradedOn: date,
  expiresOn: date,
  hundredths: count,
  grade: z.string().nullable(),
  limitFen: fen,
});
