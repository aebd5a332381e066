import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildApp } from 'fauxqs';
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
  const endpoint = await app.listen({ port, host: '127.0.0.1' });
  return { endpoint, databaseFile, stop: () => app.close() };
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
