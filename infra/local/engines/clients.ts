import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';

/** Where the three services answer. */
export interface Endpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly s3: string;
}

/** What a process presents as AWS credentials. The embedded engines accept any. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The cloud's own clients. */
export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  close(): void;
}

/** Clients for the given endpoints. */
export function createClients(endpoints: Endpoints, region: string, credentials: Credentials): Clients {
  const base = { region, credentials };
  const dynamodb = new DynamoDBClient({ ...base, endpoint: endpoints.dynamodb });
  const streams = new DynamoDBStreamsClient({ ...base, endpoint: streamsEndpoint(endpoints.dynamodb) });
  const sqs = new SQSClient({ ...base, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false });
  const s3 = new S3Client({ ...base, endpoint: endpoints.s3, forcePathStyle: true });
  const all = [dynamodb, streams, sqs, s3];
  const close = () => {
    for (const client of all) client.destroy();
  };
  return { dynamodb, streams, sqs, s3, close };
}

/** AWS serves streams at a host of their own; emulators serve them where they serve tables. */
const streamsEndpoint = (dynamodb: string): string => dynamodb.replace('://dynamodb.', '://streams.dynamodb.');
