import * as z from 'zod';
import { dateText, enterpriseIdText, lineText } from './scalars.ts';

/** Who asks a fund for something. */
export const applicant = z.strictObject({
  kind: z.enum(['company', 'team']),
  id: enterpriseIdText,
  name: lineText(70),
  establishedOn: dateText,
});
