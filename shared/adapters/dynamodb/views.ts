import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { type ViewChanges, type ViewKey, viewKeys, viewsOf } from '#shared/application/projection.ts';
import type { Entry } from '#shared/domain/book/entry.ts';
import { decodeEntry } from '#shared/storage/codecs/items.ts';
import { bookKey, seqKey } from '#shared/storage/keys.ts';
import { JOURNAL, VIEWS } from '#shared/storage/tables.ts';

type WriteItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export interface ProjectorTables {
  readonly journalTable: string;
  readonly viewsTable: string;
}

/** Entries read from the Journal in one page. */
const PAGE = 50;

/**
 * Brings the views of one book up to date. Reads on from the watermark in the Journal itself, so a stream record is only a
 * nudge: lost, doubled or disordered ones do no harm. Each entry and the watermark are written in one transaction.
 * @returns the number of the last entry applied
 */
export const projectBook = async (
  client: DynamoDBDocumentClient,
  tables: ProjectorTables,
  fundId: string,
): Promise<number> => {
  let applied = await watermarkOf(client, tables.viewsTable, fundId);
  for (;;) {
    const entries = await entriesAfter(client, tables.journalTable, fundId, applied, PAGE);
    for (const entry of entries) {
      await applyEntry(client, tables.viewsTable, entry);
      applied = entry.seq;
    }
    if (entries.length < PAGE) return applied;
  }
};

/** Entries of a book after a number, in order, read consistently. */
export const entriesAfter = async (
  client: DynamoDBDocumentClient,
  journalTable: string,
  fundId: string,
  after: number,
  limit: number,
): Promise<readonly Entry[]> => {
  const answer = await client.send(
    new QueryCommand({
      TableName: journalTable,
      ConsistentRead: true,
      KeyConditionExpression: '#book = :book AND #seq > :after',
      ExpressionAttributeNames: { '#book': JOURNAL.partitionKey, '#seq': JOURNAL.sortKey },
      ExpressionAttributeValues: { ':book': bookKey(fundId), ':after': seqKey(after) },
      Limit: limit,
    }),
  );
  return (answer.Items ?? []).map(decodeEntry);
};

/** How far the views of a book have come; 0 when there are none. */
export const watermarkOf = async (
  client: DynamoDBDocumentClient,
  viewsTable: string,
  fundId: string,
): Promise<number> => {
  const answer = await client.send(
    new GetCommand({ TableName: viewsTable, Key: { ...viewKeys.watermark(fundId) }, ConsistentRead: true }),
  );
  return Number(answer.Item?.['seq'] ?? 0);
};

const applyEntry = async (client: DynamoDBDocumentClient, table: string, entry: Entry): Promise<void> => {
  try {
    await client.send(
      new TransactWriteCommand({ TransactItems: [watermarkItem(table, entry), ...changeItems(table, viewsOf(entry))] }),
    );
  } catch (error) {
    // Another projector was first: the entry is applied, which is all we wanted.
    if (!lostTheRace(error)) throw error;
  }
};

const lostTheRace = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'TransactionCanceledException' &&
  'CancellationReasons' in error &&
  Array.isArray(error.CancellationReasons) &&
  error.CancellationReasons[0]?.Code === 'ConditionalCheckFailed';

const watermarkItem = (table: string, entry: Entry): WriteItem => ({
  Put: {
    TableName: table,
    Item: { ...viewKeys.watermark(entry.fundId), seq: entry.seq },
    ...(entry.seq === 1
      ? { ConditionExpression: `attribute_not_exists(${VIEWS.partitionKey})` }
      : { ConditionExpression: 'seq = :before', ExpressionAttributeValues: { ':before': entry.seq - 1 } }),
  },
});

const changeItems = (table: string, { puts, adds }: ViewChanges): WriteItem[] => [
  ...puts.map(
    (put): WriteItem =>
      put.mode === 'put'
        ? { Put: { TableName: table, Item: { pk: put.pk, sk: put.sk, ...put.fields } } }
        : { Update: { TableName: table, ...setFields(put, put.fields) } },
  ),
  ...adds.map(
    ({ pk, sk, debitFen, creditFen }): WriteItem => ({
      Update: {
        TableName: table,
        Key: { pk, sk },
        UpdateExpression: 'ADD debitFen :debit, creditFen :credit',
        ExpressionAttributeValues: { ':debit': debitFen, ':credit': creditFen },
      },
    }),
  ),
];

const setFields = ({ pk, sk }: ViewKey, fields: Readonly<Record<string, string>>) => {
  const names = Object.entries(fields);
  return {
    Key: { pk, sk },
    UpdateExpression: `SET ${names.map((_, i) => `#f${i} = :f${i}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(names.map(([name], i) => [`#f${i}`, name])),
    ExpressionAttributeValues: Object.fromEntries(names.map(([, value], i) => [`:f${i}`, value])),
  };
};
