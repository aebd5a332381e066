import { parseCsv, writeCsv } from '#shared/adapters/csv/csv.ts';
import type { ImportFiles } from '#shared/application/imports/step.ts';
import type { Objects } from './objects.ts';

/** Import files in the bank bucket. */
export const createImportFiles = ({ get, put }: Objects): ImportFiles => ({
  get,
  put,
  parse: parseCsv,
  write: writeCsv,
});
