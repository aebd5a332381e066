import * as z from 'zod';
import { gradingRow } from '../guarantee.ts';
import { firmIdText } from '../scalars.ts';

/** Grades, filings, claims and recoveries of risk-compensation funds. */
export const guaranteePayloads = {
  'grade.assess': gradingRow,
  'grade.renew': z.strictObject({ enterpriseId: firmIdText, charterVersion: z.int().min(1).max(10_000) }),
} as const;
