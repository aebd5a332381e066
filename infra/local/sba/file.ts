import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { textOf } from '../error-text.ts';
import { UsageError } from '../start/options.ts';
import { type SbaRow, sbaRow } from './check.ts';

/**
 * The rows of a file of the SBA's columns, quoted fields and all.
 * @throws UsageError when the text is no CSV, or a column that is needed is not there
 */
export const readRows = (text: string): readonly SbaRow[] => {
  const rows = read(text);
  const missing = Object.keys(sbaRow.shape).filter((column) => rows[0]?.[column] === undefined);
  if (missing.length > 0) throw new UsageError(`no row with the columns ${missing.join(', ')}`);
  return rows.map((row) => sbaRow.parse(row));
};

const read = (text: string): readonly Readonly<Record<string, string>>[] => {
  try {
    return parse(text, { columns: true, bom: true, skip_empty_lines: true });
  } catch (error) {
    throw new UsageError(`no CSV file: ${textOf(error)}`, { cause: error });
  }
};

/** Rows as a file for the imports. */
export const csvOf = (rows: readonly Readonly<Record<string, string>>[]): string =>
  stringify([...rows], { header: true });
