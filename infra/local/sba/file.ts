import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { type SbaRow, sbaRow } from './check.ts';

/**
 * The rows of a file of the SBA's columns, quoted fields and all.
 * @throws Error when the text is no CSV, or a column that is needed is not there
 */
export const readRows = (text: string): readonly SbaRow[] =>
  z.array(sbaRow).parse(parse(text, { columns: true, bom: true, skip_empty_lines: true }));

/** Rows as a file for the imports. */
export const csvOf = (rows: readonly Readonly<Record<string, string>>[]): string =>
  [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
    .map((cells) => cells.map(quoted).join(','))
    .join('\n');

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
