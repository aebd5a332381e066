import { payloadHash } from '#shared/domain/hash.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import { SEQ_DIGITS } from './projection.ts';
import type { Page, PageRequest, Reader, Row } from './reading.ts';

/**
 * What the register and the funds say about an enterprise, in time order: each book keeps its own order, and among the next
 * entries of the books the earliest business date comes first. One page of each book is read at most.
 * @param books those of the caller's token, the register among them where it may be seen
 * @throws CURSOR_INVALID when the caller's books are others than those the cursor was made for
 */
export const enterpriseTimeline = async (
  reader: Reader,
  enterpriseId: string,
  books: readonly string[],
  { limit, after }: PageRequest,
): Promise<Page<Row>> => {
  const names = [...new Set(books)].sort();
  const places = placesOf(names, after);
  const pages = await Promise.all(
    names.map((book, i) => {
      const place = places[i];
      return reader.about(book, 'enterprise', enterpriseId, {
        limit,
        ...(place === '' || place === undefined ? {} : { after: place }),
      });
    }),
  );
  const taken = names.map(() => 0);
  const items: Row[] = [];
  while (items.length < limit) {
    const next = earliest(pages.map((page, i) => page.items[taken[i] ?? 0]));
    if (next === undefined) break;
    const { key = '', ...row } = next.row;
    items.push({ book: names[next.at] ?? '', ...row });
    places[next.at] = key;
    taken[next.at] = (taken[next.at] ?? 0) + 1;
  }
  const more = pages.some((page, i) => page.next !== undefined || (taken[i] ?? 0) < page.items.length);
  return { items, ...(more ? { next: placeText(names, places) } : {}) };
};

const earliest = (rows: readonly (Row | undefined)[]): { readonly row: Row; readonly at: number } | undefined => {
  let found: { readonly row: Row; readonly at: number } | undefined;
  for (const [at, row] of rows.entries())
    if (row !== undefined && (found === undefined || when(row) < when(found.row))) found = { row, at };
  return found;
};

const when = (row: Row): string => `${row['businessDate'] ?? ''}#${row['recordedAt'] ?? ''}`;

const mark = (books: readonly string[]): string => payloadHash(books).slice(0, 8);

/** Places without their leading zeros, so that many books fit into a cursor. */
const placeText = (books: readonly string[], places: readonly string[]): string =>
  [mark(books), ...places.map((place) => place.replace(/^0+/, ''))].join(',');

const placesOf = (books: readonly string[], after: string | undefined): string[] => {
  if (after === undefined) return books.map(() => '');
  const [given, ...places] = after.split(',');
  if (given !== mark(books) || places.length !== books.length) throw new FundError('CURSOR_INVALID');
  return places.map((place) => (place === '' ? '' : place.padStart(SEQ_DIGITS, '0')));
};
