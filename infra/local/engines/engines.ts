import { type Ending, startParts } from '../ending.ts';
import { type Changes, changesByTime, changesOfFile } from '../events/changes.ts';
import { stablePort } from '../ports.ts';
import type { LocalState } from '../state.ts';
import type { Environment } from '../template/resolver.ts';
import { type Clients, type Credentials, createClients, type Endpoints } from './clients.ts';
import { startDynamoDbEngine } from './dynamodb-engine.ts';
import { startQueueEngine } from './queue-engine.ts';

/** The services the application runs on, and how to reach them. */
export interface Engines {
  readonly endpoints: Endpoints;
  readonly environment: Environment;
  readonly credentials: Credentials;
  readonly clients: Clients;
  /** Changes in the tables. */
  readonly tableChanges: Changes;
  /** The file of the queue engine, which holds the objects. */
  readonly objectFile: string;
  stop(): Promise<void>;
}

const LOCAL: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const REGION = 'us-east-1';

/**
 * Starts the embedded engines, or reaches for those that `JINQU_DYNAMODB_ENDPOINT` and `JINQU_SQS_ENDPOINT` name, with
 * the region and credentials of the usual AWS variables then. Objects are always kept on this machine.
 */
export const startEngines = (directory: string, state: LocalState): Promise<Engines> =>
  startParts('the engines', (ending) => start(directory, state, ending));

async function start(directory: string, state: LocalState, ending: Ending): Promise<Engines> {
  const [dynamodbElsewhere, sqsElsewhere] = ['JINQU_DYNAMODB_ENDPOINT', 'JINQU_SQS_ENDPOINT'].map((name) =>
    process.env[name]?.replace(/\/$/, ''),
  );
  const isElsewhere = dynamodbElsewhere !== undefined || sqsElsewhere !== undefined;
  const environment = environmentOf(isElsewhere ? (process.env['AWS_REGION'] ?? REGION) : REGION);
  const credentials = isElsewhere ? credentialsOfProcess() : LOCAL;
  const queues = await startQueueEngine(directory, environment.region, await stablePort(state, 'port/queues'));
  ending.add(() => queues.stop());
  const tables = dynamodbElsewhere === undefined ? await startDynamoDbEngine(directory) : undefined;
  ending.add(() => tables?.stop());
  const endpoints = {
    dynamodb: tables?.endpoint ?? dynamodbElsewhere ?? '',
    sqs: sqsElsewhere ?? queues.endpoint,
    s3: queues.endpoint,
  };
  const clients = createClients(endpoints, environment.region, credentials);
  ending.add(() => clients.close());
  const tableChanges = tables === undefined ? changesByTime() : changesOfFile(tables.databaseFile);
  ending.add(() => tableChanges.close());
  return {
    endpoints,
    environment,
    credentials,
    clients,
    tableChanges,
    objectFile: queues.databaseFile,
    stop: () => ending.run(),
  };
}

const environmentOf = (region: string): Environment => ({
  region,
  accountId: '000000000000',
  partition: region.startsWith('cn-') ? 'aws-cn' : 'aws',
});

function credentialsOfProcess(): Credentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  const sessionToken = process.env['AWS_SESSION_TOKEN'];
  if (accessKeyId === undefined || secretAccessKey === undefined) return LOCAL;
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
