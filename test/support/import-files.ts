import { createImportFiles } from '#shared/adapters/s3/import-files.ts';
import type { ImportFiles } from '#shared/application/imports/step.ts';

/** Import files in memory. */
export const createMemoryFiles = (): ImportFiles & { readonly kept: Map<string, Uint8Array> } => {
  const kept = new Map<string, Uint8Array>();
  const files = createImportFiles({
    get: async (key) => {
      const bytes = kept.get(key);
      if (bytes === undefined) throw new Error(`no file ${key}`);
      return bytes;
    },
    put: async (key, bytes) => {
      kept.set(key, bytes);
    },
  });
  return { ...files, kept };
};
