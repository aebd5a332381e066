import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { TRANSACTION_ITEMS_MAX } from '#shared/application/ports.ts';
import { type ViewChanges, type ViewKey, viewKeys, viewKeyText, viewsOf } from '#shared/application/projection.ts';
import type { Entry } from '#shared/domain/book/entry.ts';
import { decodeEntry } from '#shared/storage/codecs/entry.ts';
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
 * nudge: lost, doubled or disordered ones do no harm. As many entries as fit, and the watermark, are written in one
 * transaction.
 * @returns the number of the last entry applied
 */
export const projectBook = async (
  client: DynamoDBDocumentClient,
  tables: ProjectorTables,
  fundId: string,
): Promise<number> => {
  for (;;) {
    const applied = await watermarkOf(client, tables.viewsTable, fundId);
    const entries = await entriesAfter(client, tables.journalTable, fundId, applied, PAGE);
    const alone = await applyAll(client, tables.viewsTable, entries);
    if (alone && entries.length < PAGE) return entries.at(-1)?.seq ?? applied;
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

/** Applies entries in order. False when another projector was first: where it came to must be asked anew. */
const applyAll = async (client: DynamoDBDocumentClient, table: string, entries: readonly Entry[]): Promise<boolean> => {
  for (const some of transactionsOf(entries)) {
    const items = [watermarkItem(table, some), ...changeItems(table, viewsOf(some))];
    try {
      await client.send(new TransactWriteCommand({ TransactItems: items }));
    } catch (error) {
      if (!lostTheRace(error)) throw error;
      return false;
    }
  }
  return true;
};

/** Entries in the largest groups of which each touches no more items than one transaction may, the watermark included. */
const transactionsOf = (entries: readonly Entry[]): readonly (readonly Entry[])[] => {
  const groups: Entry[][] = [];
  let touched = new Set<string>();
  for (const entry of entries) {
    const { puts, adds } = viewsOf([entry]);
    const keys = [...puts, ...adds].map(viewKeyText);
    const together = new Set([...touched, ...keys]);
    const group = groups.at(-1);
    const fits = group !== undefined && together.size < TRANSACTION_ITEMS_MAX;
    if (fits) group.push(entry);
    else groups.push([entry]);
    touched = fits ? together : new Set(keys);
  }
  return groups;
};

const lostTheRace = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'TransactionCanceledException' &&
  'CancellationReasons' in error &&
  Array.isArray(error.CancellationReasons) &&
  error.CancellationReasons[0]?.Code === 'ConditionalCheckFailed';

/** The watermark moves from before the first entry of a group to its last. */
const watermarkItem = (table: string, group: readonly Entry[]): WriteItem => {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) throw new Error('no entries to apply');
  return {
    Put: {
      TableName: table,
      Item: { ...viewKeys.watermark(last.fundId), seq: last.seq },
      ...(first.seq === 1
        ? { ConditionExpression: `attribute_not_exists(${VIEWS.partitionKey})` }
        : { ConditionExpression: 'seq = :before', ExpressionAttributeValues: { ':before': first.seq - 1 } }),
    },
  };
};

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
