import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Bucket as S3 } from '#shared/adapters/s3/bucket.ts';
import type { Answer, Bucket } from './bucket.ts';
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
  readonly s3: S3;
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
  return { dynamodb, sqs, s3: s3Of(cloud, network, container) };
};

/** Requests to the bucket; S3 says by status what the other services say by error. */
const s3Of =
  (cloud: Cloud, network: Network, container: Container): S3 =>
  async (method, key, { body, headers } = {}) => {
    const call: Call = { service: 's3', command: method, size: 1 };
    const { status, bytes } = await network
      .call(container, call, (): Answer => cloud.bucket.answer(method, key, body, headers?.['if-none-match']))
      .catch((error: unknown): Answer => {
        const status = error instanceof Error ? STATUS[error.name] : undefined;
        if (status === undefined) throw error;
        return { status };
      });
    return new Response(bytes === undefined ? null : Buffer.from(bytes), { status });
  };

const STATUS: Readonly<Record<string, number>> = {
  ConditionalRequestConflict: 409,
  ServiceUnavailable: 503,
  ThrottlingException: 503,
  ProvisionedThroughputExceededException: 503,
};

const outputOf = (answer: object) => ({ $metadata: {}, ...answer });

const sizeOf = (input: object): number => {
  const lists = Object.values(input).filter((value) => Array.isArray(value));
  return lists[0]?.length ?? 1;
};

const carryOut = (cloud: Cloud, { service, command }: Call, input: object): object => {
  if (service === 'dynamodb') return cloud.tables.answer(command, input);
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
