import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildApp } from 'fauxqs';
import { S3Error } from '../../../node_modules/fauxqs/dist/common/errors.js';
import { S3Store } from '../../../node_modules/fauxqs/dist/s3/s3Store.js';
import { SnsStore } from '../../../node_modules/fauxqs/dist/sns/snsStore.js';
import type { Engine } from './dynamodb-engine.ts';
import { CorrectedQueues, DurableMessages } from './fauxqs-corrections.ts';

/**
 * Starts fauxqs in this process on a loopback port, with queues, messages and objects in `<directory>/fauxqs.db`.
 * Messages that were being worked on when the last run ended are visible again at once, for nobody else can hold them, and
 * that receipt does not count: killing the cloud again and again must not send them to the dead-letter queue.
 * Assembled from the parts of the package because its own start function listens on every interface of the machine.
 */
export async function startQueueEngine(directory: string, region: string, port: number): Promise<Engine> {
  mkdirSync(directory, { recursive: true });
  const databaseFile = join(directory, 'fauxqs.db');
  const messages = new DurableMessages(directory);
  releaseMessages(databaseFile);
  const stores = { sqsStore: new CorrectedQueues(), snsStore: new SnsStore(), s3Store: new S3Store() };
  messages.load(stores.sqsStore, stores.snsStore, stores.s3Store);
  stores.sqsStore.persistence = messages;
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = messages;
  stores.s3Store.persistence = messages;
  // An empty host makes queue URLs carry the address the request came to; `sqs.<region>.localhost` needs a resolver.
  stores.sqsStore.host = '';
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  app.addHook('onClose', () => messages.close());
  app.addHook('preHandler', (request, reply, next) => {
    if (!isTaken(stores.s3Store, request.method, request.url, request.headers['if-none-match'])) return next();
    const error = '<Error><Code>PreconditionFailed</Code><Message>the key is taken</Message></Error>';
    reply.status(412).header('content-type', 'application/xml').send(error);
  });
  const endpoint = await app.listen({ port, host: '127.0.0.1' });
  return { endpoint, databaseFile, stop: () => app.close() };
}

/** Whether a PUT asks to be the first of its key and is not. fauxqs 2.4.1 would let it overwrite what is there. */
function isTaken(store: S3Store, method: string, url: string, ifNoneMatch: string | undefined): boolean {
  if (method !== 'PUT' || ifNoneMatch !== '*') return false;
  const [bucket = '', ...key] = decodeURIComponent(new URL(url, 'http://engine').pathname.slice(1)).split('/');
  return store.hasBucket(bucket) && hasObject(store, bucket, key.join('/'));
}

function hasObject(store: S3Store, bucket: string, key: string): boolean {
  try {
    store.headObject(bucket, key);
    return true;
  } catch (error) {
    if (error instanceof S3Error) return false;
    throw error;
  }
}

function releaseMessages(databaseFile: string): void {
  const db = new DatabaseSync(databaseFile);
  try {
    db.prepare(`UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL,
        approximate_receive_count = approximate_receive_count - (visibility_deadline > ?)
      WHERE receipt_handle IS NOT NULL`).run(Date.now());
  } finally {
    db.close();
  }
}
