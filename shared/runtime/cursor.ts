import * as z from 'zod';
import type { PageRequest } from '#shared/application/reading.ts';
import { payloadHash } from '#shared/domain/hash.ts';
import { FundError } from '#shared/errors/fund-error.ts';

/** Query parameters of every list. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/)
    .default('20')
    .transform(Number)
    .meta({ description: 'Rows of one page, 1 to 100' }),
  cursor: z.string().max(500).optional(),
};

const content = z.strictObject({ v: z.literal(1), q: z.string(), k: z.string().min(1).max(300) });

/** A cursor is good for the list it came from only. */
const listOf = (list: readonly string[]): string => payloadHash(list).slice(0, 16);

/** @throws CURSOR_INVALID for anything but a cursor this list gave out */
export const pageOf = (query: { limit: number; cursor?: string | undefined }, list: readonly string[]): PageRequest => {
  if (query.cursor === undefined) return { limit: query.limit };
  const found = content.safeParse(parse(query.cursor));
  if (!found.success || found.data.q !== listOf(list)) throw new FundError('CURSOR_INVALID');
  return { limit: query.limit, after: found.data.k };
};

const parse = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    throw new FundError('CURSOR_INVALID', {}, { cause: error });
  }
};

/** The cursor of the next page, if there is one. */
export const cursorOf = (next: string | undefined, list: readonly string[]): { readonly cursor?: string } =>
  next === undefined
    ? {}
    : { cursor: Buffer.from(JSON.stringify({ v: 1, q: listOf(list), k: next })).toString('base64url') };
