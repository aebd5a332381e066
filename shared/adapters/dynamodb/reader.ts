import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { viewKeys } from '#shared/application/projection.ts';
import type { AccountBalance, Page, PageRequest, Reader, Row } from '#shared/application/reading.ts';
import { VIEWS } from '#shared/storage/tables.ts';
import { entriesAfter, type ProjectorTables, watermarkOf } from './views.ts';

const row = z.record(z.string(), z.string());
const sums = z.object({ sk: z.string(), debitFen: z.coerce.bigint(), creditFen: z.coerce.bigint() });

interface Range {
  /** The first sort key wanted; not with `after`. */
  readonly from?: string;
  readonly after?: string;
  readonly upTo?: string;
  readonly limit?: number;
  /** Only items of this status; `limit` counts the others, too. */
  readonly status?: string;
}

/** Rows that one query for those of one status looks at, and queries of one page at most. */
const LOOKED_AT = 250;
const QUERIES_MAX = 8;

/** Above every sort key there is. */
const TOP = '\uffff';

/** Readers of the views. Every item is parsed: a view that is not as it should be is rebuilt, not guessed at. */
export const createReader = (client: DynamoDBDocumentClient, tables: ProjectorTables): Reader => {
  const query = async (
    pk: string,
    { from: first = ' ', after, upTo, limit, status }: Range,
  ): Promise<{ items: unknown[]; reached?: string }> => {
    const answer = await client.send(
      new QueryCommand({
        TableName: tables.viewsTable,
        KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
        ...(status === undefined ? {} : { FilterExpression: '#status = :status' }),
        ExpressionAttributeNames: {
          '#pk': VIEWS.partitionKey,
          '#sk': VIEWS.sortKey,
          ...(status === undefined ? {} : { '#status': 'status' }),
        },
        // BETWEEN includes its bounds; nothing sorts between a key and the same key with a zero character.
        ExpressionAttributeValues: {
          ':pk': pk,
          ':from': after === undefined ? first : `${after}\u0000`,
          ':to': upTo ?? TOP,
          ...(status === undefined ? {} : { ':status': status }),
        },
        ...(limit === undefined ? {} : { Limit: limit }),
      }),
    );
    const reached = answer.LastEvaluatedKey?.[VIEWS.sortKey];
    return { items: answer.Items ?? [], ...(reached === undefined ? {} : { reached: String(reached) }) };
  };

  const page = async <T>(pk: string, { limit, after }: PageRequest, parse: (item: unknown) => T): Promise<Page<T>> => {
    const { items, reached } = await query(pk, { limit, ...beyond(after) });
    return { items: items.map(parse), ...nextOf(reached) };
  };

  const rows = (pk: string, request: PageRequest, key: string): Promise<Page<Row>> => page(pk, request, rowOf(key));

  /** Rows of one status. Looks on until the page is full, though not without end: the next page begins where it stopped. */
  const rowsOf = async (pk: string, status: string, { limit, after }: PageRequest): Promise<Page<Row>> => {
    const found: Row[] = [];
    let reached = after;
    for (let asked = 0; asked < QUERIES_MAX; asked += 1) {
      const answer = await query(pk, { status, limit: LOOKED_AT, ...beyond(reached) });
      found.push(...answer.items.map(rowOf('id')));
      if (found.length > limit) return { items: found.slice(0, limit), ...nextOf(found[limit - 1]?.['id']) };
      ({ reached } = answer);
      if (reached === undefined) break;
    }
    return { items: found, ...nextOf(reached) };
  };

  return {
    watermark: (fundId) => watermarkOf(client, tables.viewsTable, fundId),
    list: (fundId, type, { status, ...request }) => {
      const pk = viewKeys.list(fundId, type);
      return status === undefined ? rows(pk, request, 'id') : rowsOf(pk, status, request);
    },
    about: (fundId, type, id, request) => rows(viewKeys.about(fundId, type, id), request, 'key'),
    lines: (fundId, account, request) => rows(viewKeys.lines(fundId, account), request, 'key'),
    byDimension: async (fundId, account, dimension, request) => {
      const found = await page(viewKeys.dimension(fundId, account, dimension), request, (item) => sums.parse(item));
      return { ...found, items: found.items.map(({ sk, ...amounts }) => ({ account, value: sk, ...amounts })) };
    },
    balanceOf: async (fundId, account, dimension, value) => {
      const { items } = await query(viewKeys.dimension(fundId, account, dimension), { from: value, upTo: value });
      const { debitFen, creditFen } = items.length === 0 ? { debitFen: 0n, creditFen: 0n } : sums.parse(items[0]);
      return { account, debitFen, creditFen };
    },
    trialBalance: async (fundId, asOf) => {
      const totals = new Map<string, { account: string; debitFen: bigint; creditFen: bigint }>();
      let after: string | undefined;
      for (;;) {
        const { items, reached } = await query(viewKeys.days(fundId), { upTo: `${asOf}#${TOP}`, ...beyond(after) });
        for (const { sk, debitFen, creditFen } of items.map((item) => sums.parse(item))) {
          const account = sk.slice(sk.indexOf('#') + 1);
          const total = totals.get(account) ?? { account, debitFen: 0n, creditFen: 0n };
          totals.set(account, { account, debitFen: total.debitFen + debitFen, creditFen: total.creditFen + creditFen });
        }
        after = reached;
        if (after === undefined) return [...totals.values()].sort(byAccount);
      }
    },
    entries: (fundId, after, limit) => entriesAfter(client, tables.journalTable, fundId, after, limit),
  };
};

const beyond = (after: string | undefined): Pick<Range, 'after'> => (after === undefined ? {} : { after });

const nextOf = (next: string | undefined): Pick<Page<never>, 'next'> => (next === undefined ? {} : { next });

/** An item as readers get it, its sort key under the name it has for them. */
const rowOf =
  (key: string) =>
  (item: unknown): Row => {
    const { pk: _pk, sk = '', ...fields } = row.parse(item);
    return { [key]: sk, ...fields };
  };

const byAccount = (a: AccountBalance, b: AccountBalance): number => (a.account < b.account ? -1 : 1);
