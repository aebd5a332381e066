import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalCloud } from '#infra/local/cloud.ts';
import { eventIn, startSmallCloud, temporaryDirectory } from './support/cloud.ts';

const directory = temporaryDirectory();
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startSmallCloud(directory.path);
});
afterAll(async () => {
  await cloud.stop();
  directory.remove();
});

const ask = (path: string, init?: RequestInit) => fetch(`${cloud.apiUrl}${path}`, init);
const eventOf = async (path: string, init?: RequestInit) => await eventIn(await ask(path, init));

/** For what fetch would not send. */
const statusOf = (path: string, headers: Record<string, string> = {}) =>
  new Promise((resolve, reject) => {
    request(`${cloud.apiUrl}${path}`, { headers }, (response) => resolve(response.statusCode))
      .on('error', reject)
      .end();
  });

describe('an event', () => {
  it('is of payload format 2.0, its path decoded and its query joined', async () => {
    const event = await eventOf('/open/%E9%87%91%20%E6%B8%A0?a=1&a=2&b=%26', { headers: { cookie: 'x=1; y=2' } });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /open/{thing}',
      rawPath: '/open/金 渠',
      rawQueryString: 'a=1&a=2&b=%26',
      cookies: ['x=1', 'y=2'],
      queryStringParameters: { a: '1,2', b: '&' },
      pathParameters: { thing: '金 渠' },
      requestContext: { http: { method: 'GET', path: '/open/金 渠', sourceIp: '127.0.0.1' }, stage: '$default' },
      isBase64Encoded: false,
    });
    expect(event.headers?.['cookie']).toBeUndefined();
    expect(event.requestContext?.authorizer).toBeUndefined();
  });

  it.each([
    ['application/json; charset=utf-8', '{"名":1}', false],
    ['text/csv', 'a,b', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['application/octet-stream', 'bytes', true],
  ])('carries a body of %s as text or in base64, as API Gateway does', async (type, body, isBase64Encoded) => {
    const event = await eventOf('/open/a/b', { method: 'PUT', body, headers: { 'content-type': type } });
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString()).toBe(body);
  });
});

describe('an answer', () => {
  it('carries status, headers and cookies of the function', async () => {
    const response = await ask('/open/thing?do=cookie');
    expect(response.status).toBe(204);
    expect(response.headers.get('x-thing')).toBe('yes');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('apigw-requestid')).not.toBeNull();
  });
});

describe('API Gateway itself answers', () => {
  it.each([
    ['GET', '/nowhere'],
    ['DELETE', '/closed'],
    ['POST', '/open'],
  ])('404 to %s %s, which has no route', async (method, path) => {
    const response = await ask(path, { method });
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
  });

  it('400 to a path that cannot be decoded', async () => {
    expect(await statusOf('/open/%E0%A4%A')).toBe(400);
  });

  it('413 to a body of more than ten megabytes, and takes one of ten', async () => {
    const put = (bytes: number) =>
      ask('/open/a/b', { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'x'.repeat(bytes) });
    const tooLarge = await put(10 * 1024 * 1024 + 1);
    expect([tooLarge.status, await tooLarge.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    // The function hands all of it back, which is more than Lambda lets it answer.
    expect((await put(10 * 1024 * 1024)).status).toBe(500);
  });
});

describe('a request to another name than this machine has', () => {
  it('is not answered, so that no page of the web can pass for one of this machine', async () => {
    expect(await statusOf('/open/thing', { host: 'evil.example:80' })).toBe(421);
    expect(await statusOf('/open/thing', { host: 'localhost' })).toBe(200);
  });
});

describe('another origin', () => {
  const preflight = (origin: string) =>
    ask('/closed', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } });

  it('that is allowed is told so, also when it is refused for want of a token', async () => {
    const response = await preflight('http://127.0.0.1:5173');
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:5173');
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization');
    const refused = await ask('/closed', { headers: { origin: 'http://127.0.0.1:5173' } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([
      401,
      'http://127.0.0.1:5173',
    ]);
  });

  it('that is not allowed is told nothing', async () => {
    const response = await preflight('http://evil.example');
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, null]);
  });
});
