import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Engine, startDynamoDbEngine } from '#infra/local/engines/dynamodb-engine.ts';
import { startQueueEngine } from '#infra/local/engines/queue-engine.ts';
import { freePort } from '#infra/local/ports.ts';
import { listOf, startSmallCloud, temporaryDirectory, writeEntry } from './support/cloud.ts';

let directory: ReturnType<typeof temporaryDirectory>;
let engines: readonly Engine[];

beforeEach(async () => {
  directory = temporaryDirectory();
  const elsewhere = join(directory.path, 'elsewhere');
  const tables = await startDynamoDbEngine(elsewhere);
  const queues = await startQueueEngine(elsewhere, 'us-east-1', await freePort());
  engines = [tables, queues];
  process.env['JINQU_DYNAMODB_ENDPOINT'] = tables.endpoint;
  process.env['JINQU_SQS_ENDPOINT'] = queues.endpoint;
});
afterEach(async () => {
  delete process.env['JINQU_DYNAMODB_ENDPOINT'];
  delete process.env['JINQU_SQS_ENDPOINT'];
  await Promise.all(engines.map((engine) => engine.stop()));
  directory.remove();
});

it('engines named in the environment take the place of the embedded ones, and outlive the cloud', async () => {
  const first = await startSmallCloud(directory.path);
  await writeEntry(first, 'far', '1');
  await first.idle();
  await first.stop();
  const second = await startSmallCloud(directory.path);
  await writeEntry(second, 'far', '2');
  await second.idle();
  expect(await listOf(second, 'heard far')).toEqual(['1', '2']);
  expect(await listOf(second, 'done far')).toEqual(['1', '2']);
  await second.stop();
  expect(existsSync(join(directory.path, 'cloud', 'dynamodb.db'))).toBe(false);
});
