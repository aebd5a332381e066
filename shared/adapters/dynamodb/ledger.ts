import { TransactionCanceledException, TransactionInProgressException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactGetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { CommitPlan, CommitResult, EntityWrite, Ledger, Loaded, StoredEntity } from '#shared/application/ports.ts';
import { TRANSACTION_ITEMS_MAX } from '#shared/application/ports.ts';
import { emptyHead } from '#shared/domain/book/head.ts';
import { type EntityRef, refKey } from '#shared/domain/entities.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import { encodeEntry } from '#shared/storage/codecs/entry.ts';
import { decodeEntity, decodeHead, encodeEntity, encodeHead } from '#shared/storage/codecs/items.ts';
import { entityKey, headKey } from '#shared/storage/keys.ts';
import { JOURNAL, STATE } from '#shared/storage/tables.ts';

export interface LedgerTables {
  readonly journalTable: string;
  readonly stateTable: string;
}

type WriteItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * The ledger on DynamoDB: one TransactGetItems to read, one TransactWriteItems to write, nothing else. The head's number
 * is the fence: whatever a decision read, somebody else's commit in between makes the condition on it fail.
 */
export const createDynamoLedger = (client: DynamoDBDocumentClient, tables: LedgerTables): Ledger => ({
  load: async (fundId, refs) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await loadOnce(client, tables, fundId, refs);
      } catch (error) {
        if (classify(error) === undefined) throw error;
        if (!isContention(error) || attempt >= LOAD_ATTEMPTS_MAX)
          throw new FundError('BOOK_BUSY', { fundId }, { cause: error });
      }
    }
  },
  commit: async (plan) => {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: writeItems(plan, tables) }));
      return 'committed';
    } catch (error) {
      const result = classify(error);
      if (result === undefined) throw error;
      return result;
    }
  },
});

/**
 * A read meets a conflict only while somebody's write is under way, which takes milliseconds. A store that throttles or is
 * silent was asked often enough by the client; asking on is for those who can wait.
 */
const LOAD_ATTEMPTS_MAX = 10;

const loadOnce = async (
  client: DynamoDBDocumentClient,
  tables: LedgerTables,
  fundId: string,
  asked: readonly EntityRef[],
): Promise<Loaded> => {
  // A transaction may name an item once; two commands of a batch may well be about the same entity.
  const refs = [...new Map(asked.map((r) => [refKey(r), r])).values()];
  const keys = [headKey(fundId), ...refs.map((r) => entityKey(fundId, r))];
  if (keys.length > TRANSACTION_ITEMS_MAX) throw new Error(`${keys.length} items are more than one read can take`);
  const answer = await client.send(
    new TransactGetCommand({
      TransactItems: keys.map((pk) => ({ Get: { TableName: tables.stateTable, Key: { [STATE.partitionKey]: pk } } })),
    }),
  );
  const [head, ...items] = answer.Responses ?? [];
  const entities = new Map<string, StoredEntity>();
  refs.forEach((r, i) => {
    const item = items[i]?.Item;
    if (item !== undefined) entities.set(refKey(r), decodeEntity(item));
  });
  return { head: head?.Item === undefined ? emptyHead(fundId) : decodeHead(head.Item), entities };
};

const writeItems = (plan: CommitPlan, tables: LedgerTables): WriteItem[] => [
  {
    Put: {
      TableName: tables.stateTable,
      Item: encodeHead(plan.head),
      ...(plan.expectedSeq === 0
        ? { ConditionExpression: `attribute_not_exists(${STATE.partitionKey})` }
        : { ConditionExpression: 'seq = :seq', ExpressionAttributeValues: { ':seq': plan.expectedSeq } }),
    },
  },
  ...plan.entries.map((entry) => ({
    Put: {
      TableName: tables.journalTable,
      Item: encodeEntry(entry),
      ConditionExpression: `attribute_not_exists(${JOURNAL.partitionKey})`,
    },
  })),
  ...plan.writes.map((write) => ({
    Put: { TableName: tables.stateTable, Item: encodeEntity(plan.fundId, write.entity), ...conditionOf(write) },
  })),
];

/** The entity is still as it was read, and in a state from which its machine allows the step. */
const conditionOf = ({ expectedVersion, priorStatuses }: EntityWrite) => {
  if (expectedVersion === 0) return { ConditionExpression: `attribute_not_exists(${STATE.partitionKey})` };
  const statuses = (priorStatuses ?? []).map((status, i) => [`:s${i}`, status] as const);
  return {
    ConditionExpression:
      statuses.length === 0
        ? '#version = :version'
        : `#version = :version AND #state.#status IN (${statuses.map(([name]) => name).join(', ')})`,
    ExpressionAttributeNames: {
      '#version': 'version',
      ...(statuses.length === 0 ? {} : { '#state': 'state', '#status': 'status' }),
    },
    ExpressionAttributeValues: { ':version': expectedVersion, ...Object.fromEntries(statuses) },
  };
};

/** Cancellation reasons that mean «somebody else, or too much at once»: nothing was stored, trying again may help. */
const CONTENTION = new Set([
  'None',
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

const isContention = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).every((reason) => CONTENTION.has(reason.Code ?? 'None'));

const THROTTLED = new Set(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded']);

/** Errors after which the transaction may yet have been stored: the answer was lost, not the request. */
const SILENT = new Set(['TimeoutError', 'InternalServerError', 'AbortError', 'NetworkingError']);
const SILENT_CODES = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT']);

const isServerFault = (error: Error): boolean => {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return false;
  const { httpStatusCode }: { httpStatusCode?: unknown } = error.$metadata;
  return typeof httpStatusCode === 'number' && httpStatusCode >= 500;
};

/**
 * What a failed write means. Every reason of a cancellation must be contention for the whole to be; one that is not (an
 * item too large, a malformed request) is a fault that no retry mends, and undefined.
 */
export const classify = (error: unknown): CommitResult | undefined => {
  if (isContention(error)) return 'contention';
  if (error instanceof TransactionInProgressException) return 'uncertain';
  if (!(error instanceof Error)) return undefined;
  if (THROTTLED.has(error.name)) return 'contention';
  if (SILENT.has(error.name) || isServerFault(error)) return 'uncertain';
  return 'code' in error && typeof error.code === 'string' && SILENT_CODES.has(error.code) ? 'uncertain' : undefined;
};
