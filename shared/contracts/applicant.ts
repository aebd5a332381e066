import * as z from 'zod';
import { dateText, enterpriseIdText, lineText, nameText } from './scalars.ts';

/** Who asks a fund for something. */
export const applicant = z.strictObject({
  kind: z.enum(['company', 'team']),
  id: enterpriseIdText,
  name: lineText(70),
  establishedOn: dateText,
});

/** What is declared of an applicant: to be so, or not. */
export const declarations = z
  .record(nameText, z.boolean())
  .refine((all) => Object.keys(all).length <= 40, 'more than 40');
