import { UsageError, valuesOf } from '../start/options.ts';

/** How a file is to be put through the fund. */
export interface SbaOptions {
  readonly file: string;
  /** So many rows from the beginning; undefined for all. */
  readonly rows: number | undefined;
  readonly directory: string;
}

/**
 * Reads the command line.
 * @throws UsageError for options there are not, values they do not take, and no file
 */
export const readSbaOptions = (args: readonly string[]): SbaOptions => {
  const { file, rows, directory } = valuesOf({
    args: [...args],
    options: {
      file: { type: 'string' },
      rows: { type: 'string' },
      directory: { type: 'string', default: '.local-sba' },
    },
  });
  if (file === undefined) throw new UsageError('--file PATH of a CSV of the SBA’s columns is needed');
  if (rows !== undefined && !/^[1-9]\d{0,6}$/.test(rows)) throw new UsageError(`--rows ${rows}: a number from 1 on`);
  return { file, rows: rows === undefined ? undefined : Number(rows), directory };
};
