import type { SharedFiles } from '#infra/local/bank/files.ts';

/** The place that bank and fund office share, in memory. */
export interface MemoryFiles extends SharedFiles {
  readonly contents: ReadonlyMap<string, string>;
}

export const memoryFiles = (): MemoryFiles => {
  const contents = new Map<string, string>();
  return {
    contents,
    list: async (prefix) => [...contents.keys()].filter((key) => key.startsWith(prefix)).sort(),
    get: async (key) => Buffer.from(contents.get(key) ?? ''),
    put: async (key, text) => {
      contents.set(key, text);
    },
  };
};
