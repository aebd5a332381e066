import * as z from 'zod';
import { count, date } from '../scalars.ts';

export const importsStates = {
  job: z.strictObject({
    status: z.enum(['open', 'done', 'failed']),
    kind: z.string(),
    owner: z.strictObject({
      kind: z.enum(['person', 'system', 'bank']),
      id: z.string(),
      name: z.string().exactOptional(),
      roles: z.array(z.string()),
      bank: z.string().exactOptional(),
    }),
    fileName: z.string(),
    fileKey: z.string(),
    sha256: z.string(),
    bytes: count,
    openedOn: date,
    rows: count,
    nextRow: count,
    applied: count,
    replayed: count,
    refused: count,
    failure: z.string().exactOptional(),
  }),
} as const;
