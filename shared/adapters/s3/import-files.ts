import { parseCsv, writeCsv } from '#shared/adapters/csv/csv.ts';
import type { Row } from '#shared/application/imports/kind.ts';
import type { ImportFiles } from '#shared/application/imports/step.ts';
import type { Objects } from './objects.ts';

/** Files whose rows a container keeps: a step deals with two hundred of them, and the next step is of the same file. */
const FILES_KEPT_MAX = 2;

/** Import files in the bank bucket. What is under a key stays as it is: the key is made of the file's content. */
export const createImportFiles = ({ get, put }: Pick<Objects, 'get' | 'put'>): ImportFiles => {
  const kept = new Map<string, readonly Row[]>();
  return {
    get,
    put,
    rows: async (key, columns) => {
      const rows = kept.get(key) ?? parseCsv(await get(key), columns);
      // The file asked for last is the last to go.
      kept.delete(key);
      kept.set(key, rows);
      for (const oldest of [...kept.keys()].slice(0, -FILES_KEPT_MAX)) kept.delete(oldest);
      return rows;
    },
    write: writeCsv,
  };
};
