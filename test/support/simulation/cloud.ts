import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Bucket } from './bucket.ts';
import type { Call, Container, Network, Service } from './network.ts';
import type { SendEntry, SimulatedQueue } from './queue.ts';
import type { Tables } from './tables.ts';

/** What the functions share. */
export interface Cloud {
  readonly tables: Tables;
  /** By address. */
  readonly queues: Readonly<Record<string, SimulatedQueue>>;
  readonly bucket: Bucket;
  /** Whether a queue takes one more message of a batch. */
  readonly takesMessage: () => boolean;
}

/** The SDK's clients as a function has them. */
export interface Clients {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
}

const SURROUNDINGS = {
  region: 'simulation',
  credentials: { accessKeyId: 'simulation', secretAccessKey: 'simulation' },
};

/**
 * The SDK's own clients, whose calls go to the simulated cloud instead of out. So the adapters run as they are in
 * production, and faults come to them as the SDK's own errors.
 */
export const clientsOf = (cloud: Cloud, network: Network, container: Container): Clients => {
  const answer = async (service: Service, command: string | undefined, input: object): Promise<object> => {
    const call: Call = { service, command: command ?? '', size: sizeOf(input) };
    return await network.call(container, call, () => carryOut(cloud, call, input));
  };
  const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(SURROUNDINGS));
  const sqs = new SQSClient(SURROUNDINGS);
  const s3 = new S3Client(SURROUNDINGS);
  const first = { step: 'initialize', priority: 'high' } as const;
  dynamodb.middlewareStack.add(
    (_, { commandName }) =>
      async ({ input }) => ({ output: outputOf(await answer('dynamodb', commandName, input)), response: {} }),
    first,
  );
  sqs.middlewareStack.add(
    (_, { commandName }) =>
      async ({ input }) => ({ output: outputOf(await answer('sqs', commandName, input)), response: {} }),
    first,
  );
  s3.middlewareStack.add(
    (_, { commandName }) =>
      async ({ input }) => ({ output: outputOf(await answer('s3', commandName, input)), response: {} }),
    first,
  );
  return { dynamodb, sqs, s3 };
};

const outputOf = (answer: object) => ({ $metadata: {}, ...answer });

const sizeOf = (input: object): number => {
  const lists = Object.values(input).filter((value) => Array.isArray(value));
  return lists[0]?.length ?? 1;
};

const carryOut = (cloud: Cloud, { service, command }: Call, input: object): object => {
  if (service === 'dynamodb') return cloud.tables.answer(command, input);
  if (service === 's3') return cloud.bucket.answer(command, input);
  const { QueueUrl, Entries } = input as { QueueUrl: string; Entries: readonly SendEntry[] };
  const queue = cloud.queues[QueueUrl];
  if (queue === undefined || command !== 'SendMessageBatchCommand') throw new Error(`${command} to ${QueueUrl}`);
  const taken = Entries.filter(() => cloud.takesMessage());
  queue.send(taken);
  const refused = Entries.filter((entry) => !taken.includes(entry));
  return {
    Successful: taken.map(({ Id }) => ({ Id })),
    Failed: refused.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false, Message: 'not taken' })),
  };
};
