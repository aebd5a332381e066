import * as z from 'zod';
import { jobIdText, lineText, sha256Text } from '../scalars.ts';

const rowCount = z.int().min(0).max(1_000_000);

/** Files of many rows. */
export const importsPayloads = {
  'import.open': z.strictObject({
    jobId: jobIdText,
    kind: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
    fileName: lineText(120),
    fileKey: z.string().max(200),
    sha256: sha256Text,
    bytes: z.int().min(1),
  }),
  'import.advance': z.strictObject({
    jobId: jobIdText,
    fromRow: rowCount,
    toRow: rowCount,
    rows: rowCount,
    applied: rowCount,
    replayed: rowCount,
    refused: rowCount,
  }),
  'import.fail': z.strictObject({ jobId: jobIdText, reason: z.string().max(300) }),
} as const;
