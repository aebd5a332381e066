import { viewKeys, viewsOf } from '#shared/application/projection.ts';
import type { Entry } from '#shared/domain/book/entry.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { toWire } from '#shared/domain/wire.ts';
import type { Item } from '#shared/storage/codecs/stored.ts';
import { demand } from './rules.ts';

type Row = Record<string, unknown>;

/** The views of a book, folded from its entries one after the other. */
const fold = (entries: readonly Entry[]): ReadonlyMap<string, Row> => {
  const rows = new Map<string, Row>();
  const rowAt = ({ pk, sk }: { pk: string; sk: string }): Row => rows.get(`${pk}/${sk}`) ?? { pk, sk };
  const keep = (row: Row): unknown => rows.set(`${row['pk']}/${row['sk']}`, row);
  for (const entry of entries) {
    const { puts, adds } = viewsOf([entry]);
    for (const { pk, sk, mode, fields } of puts)
      keep({ ...(mode === 'put' ? { pk, sk } : rowAt({ pk, sk })), ...fields });
    for (const { pk, sk, debitFen, creditFen } of adds) {
      const row = rowAt({ pk, sk });
      const plus = (name: string, fen: bigint): bigint => BigInt(String(row[name] ?? 0)) + fen;
      keep({ ...row, debitFen: plus('debitFen', debitFen), creditFen: plus('creditFen', creditFen) });
    }
    keep({ ...viewKeys.watermark(entry.fundId), seq: entry.seq });
  }
  return rows;
};

/** How far the views have come. */
export const watermarkOf = (views: ReadonlyMap<string, Item>, fundId: string): number => {
  const { pk, sk } = viewKeys.watermark(fundId);
  return Number(views.get(`${pk}/${sk}`)?.['seq'] ?? 0);
};

/** The views are what the Journal comes to at their watermark, however they got there. */
export const viewsEqualJournal = (
  entries: readonly Entry[],
  views: ReadonlyMap<string, Item>,
  fundId: string,
): void => {
  const watermark = watermarkOf(views, fundId);
  const expected = fold(entries.slice(0, watermark));
  demand(views.size === expected.size, `${views.size} view items at ${watermark}, expected ${expected.size}`);
  for (const [key, row] of expected) {
    const [found, wanted] = [views.get(key), row].map((item) => canonicalJson(toWire(item ?? {})));
    demand(found === wanted, `view ${key} at ${watermark}: ${found}, expected ${wanted}`);
  }
};
