import { parseYuan } from '#shared/domain/money.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import type { Row } from './kind.ts';

/*
 * How fields of a file become members of a payload. A file has texts only: money in yuan with at most two decimals, dates as
 * yyyy-mm-dd, and an empty field for what is not there.
 */

/** Yuan, as a text of whole fen. @throws AMOUNT_INVALID */
export const fenOf = (text: string | undefined): string => parseYuan(text ?? '').toString();

/** The named fields that are not empty. */
export const given = (row: Row, ...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (row[name] ? [[name, row[name]]] : [])));

/** A whole number; anything else is left for the schema to refuse. */
export const wholeOf = (text: string | undefined): number | string | undefined =>
  text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : text;

const DOCUMENT = /^([^|]+)\|([^|]+)\|([0-9a-f]{64})\|(\d{1,9})$/;

/**
 * `type|name|sha256|bytes;type|name|sha256|bytes` as a list of documents.
 * @throws IMPORT_ROW_INVALID
 */
export const documentsOf = (text: string | undefined): readonly Readonly<Record<string, unknown>>[] =>
  (text ?? '')
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const [, type, name, sha256, bytes] = DOCUMENT.exec(one) ?? [];
      if (type === undefined)
        throw new FundError('IMPORT_ROW_INVALID', { document: one.slice(0, 80), form: 'type|name|sha256|bytes' });
      return { type, name, sha256, bytes: Number(bytes) };
    });
