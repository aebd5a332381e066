import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { startDynamoDbEngine } from '#infra/local/engines/dynamodb-engine.ts';
import { createDocumentClient } from '#shared/adapters/dynamodb/client.ts';
import type { Item } from '#shared/storage/codecs/stored.ts';
import { JOURNAL, STATE, type TableDefinition, VIEWS } from '#shared/storage/tables.ts';
import { useLocalCredentials } from './credentials.ts';

export interface Tables {
  readonly journalTable: string;
  readonly stateTable: string;
  readonly viewsTable: string;
}

const DEFINITIONS: Readonly<Record<keyof Tables, TableDefinition>> = {
  journalTable: JOURNAL,
  stateTable: STATE,
  viewsTable: VIEWS,
};

/** A DynamoDB engine of a test file's own, and the client that functions use. */
export interface DynamoEngine {
  readonly client: DynamoDBDocumentClient;
  /** Makes the three tables anew, as `shared/storage` defines them; what earlier ones hold is out of the way. */
  readonly createTables: () => Promise<Tables>;
  /** Everything in one of the tables, by its keys joined with `/`. */
  readonly contents: (tables: Tables, role: keyof Tables) => Promise<ReadonlyMap<string, Item>>;
  readonly stop: () => Promise<void>;
}

/** Starts dynoxide in a directory that is removed with it. */
export const startDynamo = async (): Promise<DynamoEngine> => {
  useLocalCredentials();
  const directory = mkdtempSync(join(tmpdir(), 'jinqu-'));
  const engine = await startDynamoDbEngine(directory);
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = engine.endpoint;
  const client = createDocumentClient();
  let made = 0;
  return {
    client,
    createTables: async () => {
      made += 1;
      const tables = { journalTable: `Journal${made}`, stateTable: `State${made}`, viewsTable: `Views${made}` };
      await createTable(client, tables.journalTable, JOURNAL);
      await createTable(client, tables.stateTable, STATE);
      await createTable(client, tables.viewsTable, VIEWS);
      return tables;
    },
    contents: (tables, role) => scan(client, tables[role], DEFINITIONS[role]),
    stop: async () => {
      client.destroy();
      await engine.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

const createTable = async (
  client: DynamoDBDocumentClient,
  name: string,
  definition: TableDefinition,
): Promise<void> => {
  const { partitionKey, sortKey, index, stream } = definition;
  const keys = (partition: string, sort?: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' as const }]),
  ];
  const attributes = [partitionKey, sortKey, index?.partitionKey, index?.sortKey].filter((a) => a !== undefined);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keys(partitionKey, sortKey),
      AttributeDefinitions: attributes.map((a) => ({ AttributeName: a, AttributeType: 'S' })),
      ...(index === undefined
        ? {}
        : {
            GlobalSecondaryIndexes: [
              {
                IndexName: index.name,
                KeySchema: keys(index.partitionKey, index.sortKey),
                Projection: { ProjectionType: 'KEYS_ONLY' },
              },
            ],
          }),
      ...(stream === undefined ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType: stream } }),
    }),
  );
};

const scan = async (
  client: DynamoDBDocumentClient,
  table: string,
  { partitionKey, sortKey }: TableDefinition,
): Promise<ReadonlyMap<string, Item>> => {
  const found = new Map<string, Item>();
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
    );
    for (const item of page.Items ?? []) {
      const key = [partitionKey, sortKey].flatMap((name) => (name === undefined ? [] : [String(item[name])])).join('/');
      found.set(key, item);
    }
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return found;
};
