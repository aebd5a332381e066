import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { startQueueEngine } from '#infra/local/engines/queue-engine.ts';
import { createBucket } from '#shared/adapters/s3/bucket.ts';
import { createObjects, type Objects } from '#shared/adapters/s3/objects.ts';
import { sqsRecord } from '../lambda-events.ts';
import { LOCAL_CREDENTIALS, useLocalCredentials } from './credentials.ts';

/** An SQS and S3 engine of a test file's own. */
export interface QueuesAndFiles {
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  /** Makes a FIFO queue and gives its address. */
  readonly createQueue: (name: string) => Promise<string>;
  readonly createBucket: (name: string) => Promise<string>;
  /** The objects of a bucket, as functions reach them. */
  readonly objectsIn: (bucket: string) => Objects;
  /** Takes everything that is visible off a queue, in the order in which it is given out. */
  readonly drain: (queueUrl: string) => Promise<readonly SQSRecord[]>;
  readonly stop: () => Promise<void>;
}

const REGION = 'local';

/** Starts fauxqs in this process, in a directory that is removed with it. */
export const startQueues = async (): Promise<QueuesAndFiles> => {
  useLocalCredentials();
  const directory = mkdtempSync(join(tmpdir(), 'jinqu-'));
  const engine = await startQueueEngine(directory, REGION, 0);
  const sqs = new SQSClient({ endpoint: engine.endpoint });
  const s3 = new S3Client({ endpoint: engine.endpoint, forcePathStyle: true });
  return {
    sqs,
    s3,
    createQueue: async (name) => {
      const Attributes = { FifoQueue: 'true', VisibilityTimeout: '30' };
      const answer = await sqs.send(new CreateQueueCommand({ QueueName: `${name}.fifo`, Attributes }));
      return answer.QueueUrl ?? '';
    },
    createBucket: async (name) => {
      await s3.send(new CreateBucketCommand({ Bucket: name }));
      return name;
    },
    objectsIn: (bucket) =>
      createObjects(
        createBucket({ bucket, region: REGION, endpoint: engine.endpoint, credentials: async () => LOCAL_CREDENTIALS }),
      ),
    drain: (queueUrl) => drain(sqs, queueUrl),
    stop: async () => {
      sqs.destroy();
      s3.destroy();
      await engine.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

const drain = async (sqs: SQSClient, QueueUrl: string): Promise<readonly SQSRecord[]> => {
  const taken: SQSRecord[] = [];
  for (;;) {
    const answer = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['MessageGroupId', 'ApproximateReceiveCount'],
      }),
    );
    if (answer.Messages === undefined || answer.Messages.length === 0) return taken;
    for (const message of answer.Messages) {
      taken.push(sqsRecord(message.MessageId ?? '', message.Body ?? '', message.Attributes?.MessageGroupId));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    }
  }
};
