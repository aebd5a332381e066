import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What the local cloud itself must remember between runs: ports, stream positions, last schedule times, provider keys. */
export interface LocalState {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  delete(key: string): void;
  /** Keys that start with `prefix`, in order, with their values. */
  list(prefix: string): { readonly key: string; readonly value: string }[];
  close(): void;
}

/**
 * Opens `<directory>/<name>.db`, creating the directory if needed. Each `set` is in the write-ahead log when it returns,
 * so a killed process loses none of them; a power cut may take the last.
 */
export function openState(directory: string, name: string): LocalState {
  mkdirSync(directory, { recursive: true });
  const db = new DatabaseSync(join(directory, `${name}.db`), { timeout: 5_000 });
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`);
  const select = db.prepare('SELECT value FROM entry WHERE key = ?');
  const upsert = db.prepare('INSERT INTO entry VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  const remove = db.prepare('DELETE FROM entry WHERE key = ?');
  const range = db.prepare('SELECT key, value FROM entry WHERE key >= ? AND key < ? ORDER BY key');
  return {
    get: (key) => {
      const row = select.get(key);
      return row === undefined ? undefined : String(row['value']);
    },
    set: (key, value) => {
      upsert.run(key, value);
    },
    delete: (key) => {
      remove.run(key);
    },
    list: (prefix) =>
      range.all(prefix, `${prefix}\u{10ffff}`).map((row) => ({ key: String(row['key']), value: String(row['value']) })),
    close: () => db.close(),
  };
}

/** Whether a directory was begun with this value. What has not been begun is begun with it. */
export const begunWith = (state: LocalState, key: string, value: string): boolean => {
  const begun = state.get(key);
  if (begun === undefined) state.set(key, value);
  return begun === undefined || begun === value;
};

/**
 * Takes the directory for this process alone and returns the release. The lock is a lock of the operating system on a
 * file, so it ends with the process however the process ends. Throws when another process holds it.
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const db = new DatabaseSync(join(directory, 'lock.db'));
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    throw new Error(`another local cloud is running in ${directory}; stop it or choose another --directory`, { cause });
  }
  return () => db.close();
}
