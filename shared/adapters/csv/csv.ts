import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { FundError } from '#shared/errors/fund-error.ts';

/** Rows of one file at most. */
const ROWS_MAX = 20_000;

/** A row of a file: its fields by the names of the header. */
export type CsvRow = Readonly<Record<string, string>>;

const invalid = (reason: string, cause?: unknown): FundError =>
  new FundError('IMPORT_FILE_INVALID', { reason: reason.slice(0, 200) }, { cause });

/** UTF-8 with or without a byte order mark, or GB18030, which office programs in China still write. */
const decode = (bytes: Uint8Array): string => {
  for (const encoding of ['utf-8', 'gb18030'])
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch (error) {
      if (encoding === 'gb18030') throw invalid('neither UTF-8 nor GB18030', error);
    }
  throw invalid('no encoding');
};

/**
 * Reads a CSV file (RFC 4180, header first). Empty lines are passed over; every other line is a row.
 * @param columns names the header must have, in any order; others are kept
 * @throws IMPORT_FILE_INVALID
 */
export const parseCsv = (bytes: Uint8Array, columns: readonly string[]): readonly CsvRow[] => {
  const rows = read(decode(bytes));
  const [header, ...lines] = rows;
  if (header === undefined) throw invalid('empty');
  const names = header.map((name) => name.trim());
  const missing = columns.filter((name) => !names.includes(name));
  if (missing.length > 0) throw invalid(`missing columns: ${missing.join(', ')}`);
  if (new Set(names).size !== names.length) throw invalid('a column comes twice');
  if (lines.length > ROWS_MAX) throw invalid(`more than ${ROWS_MAX} rows`);
  return lines.map((fields) => Object.fromEntries(names.map((name, i) => [name, fields[i] ?? ''])));
};

const read = (text: string): string[][] => {
  try {
    return parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 100_000,
    });
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : 'unreadable', error);
  }
};

/**
 * Writes a CSV file a spreadsheet opens as it is meant: byte order mark, CRLF, and no text that would run as a formula.
 */
export const writeCsv = (columns: readonly string[], rows: readonly CsvRow[]): string =>
  stringify([...rows], {
    header: true,
    columns: [...columns],
    bom: true,
    record_delimiter: '\r\n',
    escape_formulas: true,
  });
