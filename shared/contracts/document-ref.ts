import * as z from 'zod';
import { documentTypeText, lineText, sha256Text } from './scalars.ts';

/** A file that was handed in; we keep its hash, the file itself stays in the document store. */
export const documentRef = z.strictObject({
  type: documentTypeText,
  name: lineText(120),
  sha256: sha256Text,
  bytes: z.int().min(1).max(100_000_000),
});

/** The files of a proposal. */
export const documentRefs = z.array(documentRef).max(40);
