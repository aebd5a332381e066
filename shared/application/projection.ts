import { ABOUT, type Entry } from '#shared/domain/book/entry.ts';
import type { Line } from '#shared/domain/book/voucher.ts';

/** Where a view item lies. */
export interface ViewKey {
  readonly pk: string;
  readonly sk: string;
}

/** A view item to be written whole, or merged field by field into what is there. */
export interface ViewPut extends ViewKey {
  readonly mode: 'put' | 'merge';
  readonly fields: Readonly<Record<string, string>>;
}

/** Amounts to be added to a view item, in fen; a red line counts below zero. */
export interface ViewAdd extends ViewKey {
  readonly debitFen: bigint;
  readonly creditFen: bigint;
}

/** What entries do to the views. Depends on the entries alone, so views can be rebuilt and come out the same. */
export interface ViewChanges {
  readonly puts: readonly ViewPut[];
  readonly adds: readonly ViewAdd[];
}

/** The partitions of the views, one per question a reader asks. */
export const viewKeys = {
  watermark: (fundId: string): ViewKey => ({ pk: `${fundId}#watermark`, sk: '-' }),
  /** Turnover per business date and account: trial balance as of any date. */
  days: (fundId: string): string => `${fundId}#days`,
  /** Turnover per account and value of one dimension: sub-ledgers. */
  dimension: (fundId: string, account: string, dimension: string): string => `${fundId}#dims#${account}#${dimension}`,
  /** Lines of one account in book order: 明细账. */
  lines: (fundId: string, account: string): string => `${fundId}#lines#${account}`,
  /** Latest digest of every entity of one type. */
  list: (fundId: string, type: string): string => `${fundId}#list#${type}`,
  /** The same, of one owner's only, by the name of this list. */
  own: (type: string, owner: string): string => `${type}@${owner}`,
  /** Entries about one thing, in book order: its timeline. */
  about: (fundId: string, type: string, id: string): string => `${fundId}#about#${type}#${id}`,
} as const;

/** Digits of an entry's number in a view's sort key. */
export const SEQ_DIGITS = 12;
const order = (seq: number): string => String(seq).padStart(SEQ_DIGITS, '0');

/** What some entries, in book order, do to the views together: every item is touched once, as a transaction asks. */
export const viewsOf = (entries: readonly Entry[]): ViewChanges => ({
  puts: merge(
    entries.flatMap((entry) => [...lineViews(entry), ...listViews(entry), ...timelineViews(entry)]),
    (before, after) => (after.mode === 'put' ? after : { ...after, fields: { ...before.fields, ...after.fields } }),
  ),
  adds: merge(
    entries.flatMap((entry) => (entry.lines ?? []).flatMap((line) => lineAdds(entry, line))),
    (before, after) => ({
      ...after,
      debitFen: before.debitFen + after.debitFen,
      creditFen: before.creditFen + after.creditFen,
    }),
  ),
});

const signed = (line: Line): bigint => (line.red === true ? -line.amountFen : line.amountFen);

const amounts = (line: Line): { debitFen: bigint; creditFen: bigint } =>
  line.side === 'debit' ? { debitFen: signed(line), creditFen: 0n } : { debitFen: 0n, creditFen: signed(line) };

const lineAdds = (entry: Entry, line: Line): readonly ViewAdd[] => [
  { pk: viewKeys.days(entry.fundId), sk: `${entry.businessDate}#${line.account}`, ...amounts(line) },
  ...Object.entries(line.dims ?? {}).map(([dimension, of]) => ({
    pk: viewKeys.dimension(entry.fundId, line.account, dimension),
    sk: of,
    ...amounts(line),
  })),
];

/** The text by which an item is known among the items of one transaction. */
export const viewKeyText = ({ pk, sk }: ViewKey): string => `${pk}\n${sk}`;

const merge = <Change extends ViewKey>(
  changes: readonly Change[],
  join: (before: Change, after: Change) => Change,
): readonly Change[] => {
  const merged = new Map<string, Change>();
  for (const change of changes) {
    const before = merged.get(viewKeyText(change));
    merged.set(viewKeyText(change), before === undefined ? change : join(before, change));
  }
  return [...merged.values()];
};

const head = (entry: Entry): Readonly<Record<string, string>> => ({
  seq: String(entry.seq),
  type: entry.type,
  businessDate: entry.businessDate,
  recordedAt: entry.recordedAt,
  summary: entry.summary,
  ...(entry.voucher === undefined
    ? {}
    : { voucher: `${entry.voucher.period} ${entry.voucher.type}-${entry.voucher.number}` }),
});

const lineViews = (entry: Entry): readonly ViewPut[] =>
  (entry.lines ?? []).map((line, i) => ({
    pk: viewKeys.lines(entry.fundId, line.account),
    sk: `${order(entry.seq)}#${String(i).padStart(2, '0')}`,
    mode: 'put',
    fields: { ...head(entry), side: line.side, amountFen: String(signed(line)), ...line.dims },
  }));

const listViews = (entry: Entry): readonly ViewPut[] =>
  (entry.digests ?? []).flatMap(({ type, id, owner, fields }) =>
    [type, ...(owner === undefined ? [] : [viewKeys.own(type, owner)])].map((list) => ({
      pk: viewKeys.list(entry.fundId, list),
      sk: id,
      mode: 'merge' as const,
      fields: { ...fields, lastSeq: String(entry.seq), changedOn: entry.businessDate },
    })),
  );

const timelineViews = (entry: Entry): readonly ViewPut[] =>
  ABOUT.flatMap((type) => {
    const id = entry.links[type];
    if (id === undefined) return [];
    const fields = { ...head(entry), actor: entry.actor.name ?? entry.actor.id };
    return [{ pk: viewKeys.about(entry.fundId, type, id), sk: order(entry.seq), mode: 'put' as const, fields }];
  });
