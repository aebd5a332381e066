import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Engine } from '#infra/local/engines/dynamodb-engine.ts';
import { startQueueEngine } from '#infra/local/engines/queue-engine.ts';
import { createBucket } from '#shared/adapters/s3/bucket.ts';
import { createObjects } from '#shared/adapters/s3/objects.ts';

const REGION = 'cn-north-1';
const BUCKET = 'bank';
const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'a secret', sessionToken: 'a session' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const directory = mkdtempSync(join(tmpdir(), 'jinqu-objects-'));
let engine: Engine;
let sdk: S3Client;
const objectsAt = (endpoint: string, bucket = BUCKET) =>
  createObjects(createBucket({ bucket, region: REGION, endpoint, credentials: async () => credentials }));

beforeAll(async () => {
  engine = await startQueueEngine(directory, REGION, 0);
  sdk = new S3Client({ region: REGION, endpoint: engine.endpoint, credentials, forcePathStyle: true });
  await sdk.send(new CreateBucketCommand({ Bucket: BUCKET }));
});

afterAll(async () => {
  sdk.destroy();
  await engine.stop();
  rmSync(directory, { recursive: true });
});

describe('the objects of a bucket', () => {
  test.each(['inbox/seed/对账单 2019-07.xml', "inbox/seed/a+b&c=d?e#f!'()*.xml", 'inbox/seed/a%2Fb.xml'])(
    'given the key %s, then the SDK and we mean the same object by it',
    async (key) => {
      const objects = objectsAt(engine.endpoint);
      await sdk.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: bytes(key) }));
      expect(await objects.get(key)).toEqual(bytes(key));
      await objects.putOnce(`${key}.copy`, bytes('copy'));
      const copy = await sdk.send(new GetObjectCommand({ Bucket: BUCKET, Key: `${key}.copy` }));
      expect(await copy.Body?.transformToString()).toBe('copy');
    },
  );

  test('given bytes stored once, when they are stored again with others, then the first stay', async () => {
    const objects = objectsAt(engine.endpoint);
    expect(await objects.putOnce('outbox/seed/P1.xml', bytes('first'))).toBe(true);
    expect(await objects.putOnce('outbox/seed/P1.xml', bytes('second'))).toBe(false);
    expect(await objects.get('outbox/seed/P1.xml')).toEqual(bytes('first'));
  });

  test('given an object, when other bytes are put in its place, then those are what is read', async () => {
    const objects = objectsAt(engine.endpoint);
    await objects.put('imports/seed/IM1.csv', bytes('first'));
    await objects.put('imports/seed/IM1.csv', bytes('second'));
    expect(await objects.get('imports/seed/IM1.csv')).toEqual(bytes('second'));
  });

  test('given no such key or bucket, then the answer’s code is in the error', async () => {
    await expect(objectsAt(engine.endpoint).get('inbox/seed/none.xml')).rejects.toThrow('404 NoSuchKey');
    const elsewhere = objectsAt(engine.endpoint, 'none');
    await expect(elsewhere.putOnce('a', bytes('a'))).rejects.toThrow('404 NoSuchBucket');
    await expect(elsewhere.put('a', bytes('a'))).rejects.toThrow('404 NoSuchBucket');
  });
});

/** A server that answers as it is told, for what the engine never does. */
const serving = async (listener: RequestListener, use: (endpoint: string) => Promise<void>): Promise<void> => {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    await use(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
};

describe('what goes over the wire', () => {
  test('given a request, then its signature is the one the secret makes of it, body and condition included', async () => {
    const seen: { url: string; headers: Record<string, string>; body: string }[] = [];
    await serving(
      (request, response) => {
        let body = '';
        request.on('data', (chunk) => (body += chunk));
        request.on('end', () => {
          seen.push({ url: request.url ?? '', headers: request.headers as Record<string, string>, body });
          response.end();
        });
      },
      async (endpoint) => void (await objectsAt(endpoint).putOnce('outbox/种子/P1.xml', bytes('pay'))),
    );
    const [{ url = '', headers = {}, body = '' } = {}] = seen;
    expect(headers).toMatchObject({ 'if-none-match': '*', 'x-amz-security-token': 'a session' });
    const signer = new SignatureV4({
      service: 's3',
      region: REGION,
      credentials,
      sha256: Sha256,
      uriEscapePath: false,
    });
    const [hostname = '', port] = (headers['host'] ?? '').split(':');
    const date = (headers['x-amz-date'] ?? '').replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5');
    const expected = await signer.sign(
      {
        method: 'PUT',
        protocol: 'http:',
        hostname,
        port: Number(port),
        path: url,
        headers: { 'if-none-match': '*', host: headers['host'] ?? '' },
        body,
      },
      { signingDate: new Date(date) },
    );
    expect(headers['authorization']).toBe(expected.headers['authorization']);
  });

  const puttingWhere = (status: number, code: string, check: (put: Promise<boolean>) => Promise<unknown>) =>
    serving(
      (_request, response) => response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`),
      async (endpoint) => {
        await check(objectsAt(endpoint).putOnce('a', bytes('a')));
      },
    );

  test('given the object is there, when it is put once more, then it counts as taken', async () => {
    await puttingWhere(412, 'PreconditionFailed', async (put) => expect(await put).toBe(false));
  });

  test('given another upload of the key under way, when it is put, then nobody may believe that it is there', async () => {
    await puttingWhere(409, 'ConditionalRequestConflict', (put) => expect(put).rejects.toThrow('409'));
  });

  test.each([
    ['eu-west-1', 'https://bank.s3.eu-west-1.amazonaws.com/inbox/a.xml'],
    ['cn-north-1', 'https://bank.s3.cn-north-1.amazonaws.com.cn/inbox/a.xml'],
  ])('given no endpoint, then in %s the bucket’s own host is asked', async (region, address) => {
    const fetch = vi.fn(async () => new Response('stored'));
    vi.stubGlobal('fetch', fetch);
    try {
      await createObjects(createBucket({ bucket: 'bank', region, credentials: async () => credentials })).get(
        'inbox/a.xml',
      );
      expect(fetch).toHaveBeenCalledWith(new URL(address), expect.objectContaining({ method: 'GET' }));
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test.each([500, 503, 429])('given %i twice, then the third answer counts', async (status) => {
    let answers = 0;
    await serving(
      (_request, response) => {
        answers += 1;
        response.writeHead(answers < 3 ? status : 200).end('stored');
      },
      async (endpoint) => expect(await objectsAt(endpoint).get('a')).toEqual(bytes('stored')),
    );
    expect(answers).toBe(3);
  });

  test('given a server that always fails, then it is asked three times and the reason is told', async () => {
    let answers = 0;
    await serving(
      (_request, response) => {
        answers += 1;
        response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
      },
      async (endpoint) => await expect(objectsAt(endpoint).get('a')).rejects.toThrow('503 SlowDown'),
    );
    expect(answers).toBe(3);
  });

  test('given a refusal, then it is not asked again', async () => {
    let answers = 0;
    await serving(
      (_request, response) => {
        answers += 1;
        response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
      },
      async (endpoint) => await expect(objectsAt(endpoint).get('a')).rejects.toThrow('403 AccessDenied'),
    );
    expect(answers).toBe(1);
  });

  test('given a connection that is dropped once, then the second one counts', async () => {
    let answers = 0;
    await serving(
      (request, response) => {
        answers += 1;
        if (answers === 1) request.socket.destroy();
        else response.end('stored');
      },
      async (endpoint) => expect(await objectsAt(endpoint).get('a')).toEqual(bytes('stored')),
    );
    expect(answers).toBe(2);
  });
});
