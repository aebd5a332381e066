/** An item as the document client takes and gives it. */
export type Item = Readonly<Record<string, unknown>>;

/**
 * Reads what we wrote ourselves. When it is not as it was written, that is our fault and no caller's: the schema's error, which
 * the API would answer as a bad request, stays within.
 */
export const stored = <Read>(key: unknown, read: () => Read): Read => {
  try {
    return read();
  } catch (cause) {
    throw new Error(`the stored item ${String(key)} cannot be read`, { cause });
  }
};
