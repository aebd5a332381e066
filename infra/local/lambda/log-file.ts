import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Half of the room one function's log may take; at this size a file becomes `<name>.1` in place of the one before. */
const FILE_BYTES_MAX = 4 * 1024 * 1024;
const FLUSH_MILLISECONDS = 200;

/** A function's log: what its threads print, kept to the newest few megabytes. */
export interface LogFile {
  write(text: string | Uint8Array): void;
  /** Writes what is still in memory. */
  close(): void;
}

/** Opens (and goes on with) the log at `file`. */
export function openLogFile(file: string): LogFile {
  mkdirSync(dirname(file), { recursive: true });
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let waiting: Uint8Array[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    timer = undefined;
    const bytes = Buffer.concat(waiting);
    waiting = [];
    if (bytes.length === 0) return;
    if (size > 0 && size + bytes.length > FILE_BYTES_MAX) {
      renameSync(file, `${file}.1`);
      size = 0;
    }
    appendFileSync(file, bytes);
    size += bytes.length;
  };
  return {
    write: (text) => {
      waiting.push(typeof text === 'string' ? Buffer.from(text) : text);
      timer ??= setTimeout(flush, FLUSH_MILLISECONDS).unref();
    },
    close: () => {
      clearTimeout(timer);
      flush();
    },
  };
}
