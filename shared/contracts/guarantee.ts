import * as z from 'zod';
import { dateText, factText, firmIdText, lineText, sha256Text } from './scalars.ts';

/*
 * The rows in which a risk-compensation fund is told things in bulk. They are what the API's routes take, one or twenty at a
 * time, and what a file of thousands holds, one row a line. Strict: a member that is not named here is refused.
 */

/** A raw fact: a plain decimal; 0 or 1 for yes and no; amounts in 万元. */
const fact = z.string().regex(/^(0|[1-9]\d{0,5})(\.\d{1,6})?$/);

/** One enterprise to be graded: who it is, the facts of the model in force, the day they are of, and where they come from. */
export const gradingRow = z
  .strictObject({
    enterpriseId: firmIdText,
    enterpriseName: lineText(70),
    factsOn: dateText,
    facts: z.record(factText, fact).refine((all) => Object.keys(all).length <= 40, 'too many facts'),
    sourceSha256: sha256Text,
  })
  .meta({ id: 'GradingRow' });
