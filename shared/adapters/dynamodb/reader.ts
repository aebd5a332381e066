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
}

/** Above every sort key there is. */
const TOP = '\uffff';

/** Readers of the views. Every item is parsed: a view that is not as it should be is rebuilt, not guessed at. */
export const createReader = (client: DynamoDBDocumentClient, tables: ProjectorTables): Reader => {
  const query = async (
    pk: string,
    { from = ' ', after, upTo, limit }: Range,
  ): Promise<{ items: unknown[]; more: boolean }> => {
    const answer = await client.send(
      new QueryCommand({
        TableName: tables.viewsTable,
        KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#pk': VIEWS.partitionKey, '#sk': VIEWS.sortKey },
        // BETWEEN includes its bounds; nothing sorts between a key and the same key with a zero character.
        ExpressionAttributeValues: {
          ':pk': pk,
          ':from': after === undefined ? from : `${after}\u0000`,
          ':to': upTo ?? TOP,
        },
        ...(limit === undefined ? {} : { Limit: limit }),
      }),
    );
    return { items: answer.Items ?? [], more: answer.LastEvaluatedKey !== undefined };
  };

  const page = async <T extends { readonly sk: string }>(
    pk: string,
    { limit, after }: PageRequest,
    parse: (item: unknown) => T,
  ): Promise<Page<T>> => {
    const { items, more } = await query(pk, { limit, ...(after === undefined ? {} : { after }) });
    const parsed = items.map(parse);
    const last = parsed.at(-1)?.sk;
    return { items: parsed, ...(more && last !== undefined ? { next: last } : {}) };
  };

  const rows = async (pk: string, request: PageRequest, key: string): Promise<Page<Row>> => {
    const found = await page(pk, request, (item) => {
      const { pk: _pk, sk = '', ...fields } = row.parse(item);
      return { sk, fields };
    });
    return { ...found, items: found.items.map(({ sk, fields }) => ({ [key]: sk, ...fields })) };
  };

  return {
    watermark: (fundId) => watermarkOf(client, tables.viewsTable, fundId),
    list: (fundId, type, request) => rows(viewKeys.list(fundId, type), request, 'id'),
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
        const { items, more } = await query(viewKeys.days(fundId), {
          upTo: `${asOf}#${TOP}`,
          ...(after === undefined ? {} : { after }),
        });
        for (const { sk, debitFen, creditFen } of items.map((item) => sums.parse(item))) {
          const account = sk.slice(sk.indexOf('#') + 1);
          const total = totals.get(account) ?? { account, debitFen: 0n, creditFen: 0n };
          totals.set(account, { account, debitFen: total.debitFen + debitFen, creditFen: total.creditFen + creditFen });
          after = sk;
        }
        if (!more) return [...totals.values()].sort(byAccount);
      }
    },
    entries: (fundId, after, limit) => entriesAfter(client, tables.journalTable, fundId, after, limit),
  };
};

const byAccount = (a: AccountBalance, b: AccountBalance): number => (a.account < b.account ? -1 : 1);
