import * as z from 'zod';
import { dateText, enterpriseIdText, lineText } from './scalars.ts';

/** A company or a team, as it introduces itself. */
export const applicant = z.strictObject({
  kind: z.enum(['company', 'team']),
  id: enterpriseIdText,
  name: lineText(70),
  establishedOn: dateText,
});
