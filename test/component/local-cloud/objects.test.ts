import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '#infra/local/engines/dynamodb-engine.ts';
import { startQueueEngine } from '#infra/local/engines/queue-engine.ts';
import { freePort } from '#infra/local/ports.ts';
import { temporaryDirectory } from './support/cloud.ts';

let directory: ReturnType<typeof temporaryDirectory>;
let engine: Engine;
let client: S3Client;

beforeEach(async () => {
  directory = temporaryDirectory();
  engine = await startQueueEngine(directory.path, 'us-east-1', await freePort());
  client = new S3Client({
    endpoint: engine.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await client.send(new CreateBucketCommand({ Bucket: 'files' }));
});
afterEach(async () => {
  client.destroy();
  await engine.stop();
  directory.remove();
});

const put = (Key: string, Body: string, onlyIfNew = false) =>
  client.send(new PutObjectCommand({ Bucket: 'files', Key, Body, ...(onlyIfNew ? { IfNoneMatch: '*' } : {}) }));
const textOf = async (Key: string) =>
  await (await client.send(new GetObjectCommand({ Bucket: 'files', Key }))).Body?.transformToString();

describe('an object that must be the first of its key', () => {
  it('is stored when it is, whatever its name', async () => {
    await put('in/对账单 1%.xml', 'first', true);
    expect(await textOf('in/对账单 1%.xml')).toBe('first');
  });

  it('is refused when it is not, and what was there stays', async () => {
    await put('in/对账单 1%.xml', 'first');
    await expect(put('in/对账单 1%.xml', 'second', true)).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(await textOf('in/对账单 1%.xml')).toBe('first');
    await put('in/对账单 1%.xml', 'third');
    expect(await textOf('in/对账单 1%.xml')).toBe('third');
  });
});
