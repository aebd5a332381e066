import type { MemoryLedger } from '#shared/adapters/memory/ledger.ts';
import { type ViewKey, viewKeys, viewsOf } from '#shared/application/projection.ts';
import type { AccountBalance, Page, PageRequest, Reader, Row } from '#shared/application/reading.ts';
import type { Entry } from '#shared/domain/book/entry.ts';
import { decodeEntry } from '#shared/storage/codecs/entry.ts';

interface Sums {
  readonly debitFen: bigint;
  readonly creditFen: bigint;
}

/** Views by partition and sort key, as the projector would have written them. */
interface Views {
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, Row>>;
  readonly sums: ReadonlyMap<string, ReadonlyMap<string, Sums>>;
}

const entriesOf = (ledger: MemoryLedger): readonly Entry[] =>
  [...ledger.journal].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => decodeEntry(item));

const put = <T>(map: Map<string, Map<string, T>>, { pk, sk }: ViewKey, value: T): void => {
  const partition = map.get(pk) ?? new Map<string, T>();
  map.set(pk, partition.set(sk, value));
};

const fold = (entries: readonly Entry[]): Views => {
  const rows = new Map<string, Map<string, Row>>();
  const sums = new Map<string, Map<string, Sums>>();
  const { puts, adds } = viewsOf(entries);
  for (const { fields, ...key } of puts) put(rows, key, fields);
  for (const { debitFen, creditFen, ...key } of adds) put(sums, key, { debitFen, creditFen });
  return { rows, sums };
};

const page = <T, Out>(
  partition: ReadonlyMap<string, T> | undefined,
  { limit, after }: PageRequest,
  show: (sk: string, value: T) => Out,
): Page<Out> => {
  const rest = [...(partition ?? [])]
    .filter(([sk]) => after === undefined || sk > after)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const some = rest.slice(0, limit);
  const last = some.at(-1)?.[0];
  return {
    items: some.map(([sk, value]) => show(sk, value)),
    ...(rest.length > limit && last !== undefined ? { next: last } : {}),
  };
};

/** The readers of a book in memory: its views are folded anew from the Journal at every question. */
export const createMemoryReader = (ledger: MemoryLedger): Reader => {
  const views = (): Views => fold(entriesOf(ledger));
  const list = (pk: string, request: PageRequest, key: string): Page<Row> =>
    page(views().rows.get(pk), request, (sk, fields) => ({ [key]: sk, ...fields }));
  return {
    watermark: async (fundId) => entriesOf(ledger).filter((e) => e.fundId === fundId).length,
    list: async (fundId, type, { status, ...request }) => {
      const rows = [...(views().rows.get(viewKeys.list(fundId, type)) ?? [])];
      const wanted = rows.filter(([, row]) => status === undefined || row['status'] === status);
      return page(new Map(wanted), request, (id, row) => ({ id, ...row }));
    },
    about: async (fundId, type, id, request) => list(viewKeys.about(fundId, type, id), request, 'key'),
    lines: async (fundId, account, request) => list(viewKeys.lines(fundId, account), request, 'key'),
    byDimension: async (fundId, account, dimension, request) =>
      page(views().sums.get(viewKeys.dimension(fundId, account, dimension)), request, (value, sums) => ({
        account,
        value,
        ...sums,
      })),
    balanceOf: async (fundId, account, dimension, value) => ({
      account,
      ...(views()
        .sums.get(viewKeys.dimension(fundId, account, dimension))
        ?.get(value) ?? { debitFen: 0n, creditFen: 0n }),
    }),
    trialBalance: async (fundId, asOf) => {
      const totals = new Map<string, AccountBalance>();
      for (const [sk, { debitFen, creditFen }] of views().sums.get(viewKeys.days(fundId)) ?? []) {
        const [date, account = ''] = sk.split('#');
        if (date === undefined || date > asOf) continue;
        const total = totals.get(account) ?? { account, debitFen: 0n, creditFen: 0n };
        totals.set(account, { account, debitFen: total.debitFen + debitFen, creditFen: total.creditFen + creditFen });
      }
      return [...totals.values()].sort((a, b) => (a.account < b.account ? -1 : 1));
    },
    entries: async (fundId, after, limit) =>
      entriesOf(ledger)
        .filter((e) => e.fundId === fundId && e.seq > after)
        .slice(0, limit),
  };
};
