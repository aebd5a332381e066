import { DatabaseSync } from 'node:sqlite';

/** Tells readers of a database when it is worth looking again. */
export interface Changes {
  /** A mark of the present moment: take it before looking. */
  mark(): number;
  /** Resolves when something may have changed after the mark was taken, or when the signal is aborted. */
  since(mark: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

const LOOK_MILLISECONDS = 5;
const POLL_MILLISECONDS = 200;

/** Follows an SQLite file: its data version changes with every commit of another connection or process. */
export function changesOfFile(file: string): Changes {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  const version = db.prepare('PRAGMA data_version');
  return follow(
    () => Number(version.get()?.['data_version'] ?? 0),
    LOOK_MILLISECONDS,
    () => db.close(),
  );
}

/** For an engine that cannot be watched: readers look again a few times a second. */
export const changesByTime = (): Changes =>
  follow(
    () => Math.floor(performance.now() / POLL_MILLISECONDS),
    POLL_MILLISECONDS,
    () => undefined,
  );

function follow(version: () => number, lookMilliseconds: number, end: () => void): Changes {
  const waiting = new Map<() => void, number>();
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const now = version();
    for (const [wake, mark] of waiting) if (mark !== now) wake();
    timer = waiting.size > 0 ? setTimeout(look, lookMilliseconds) : undefined;
  };
  return {
    mark: version,
    since: (mark, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const wake = () => {
          signal.removeEventListener('abort', wake);
          waiting.delete(wake);
          resolve();
        };
        signal.addEventListener('abort', wake);
        waiting.set(wake, mark);
        timer ??= setTimeout(look, lookMilliseconds);
      }),
    close: () => {
      clearTimeout(timer);
      end();
    },
  };
}
