import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HttpApi, type RouteTarget } from '#infra/local/http/api.ts';

/** The status and body of a GET of /thing, whose route leads to the given function. */
async function answerOf(target: RouteTarget['target'], timeoutMilliseconds = 1_000): Promise<[number, string]> {
  const api = new HttpApi({
    apiId: 'api',
    accountId: '000000000000',
    cors: undefined,
    stageVariables: {},
    routes: [{ routeKey: 'GET /thing', target: { target, authorizer: undefined, scopes: [], timeoutMilliseconds } }],
  });
  const request = { id: 'r1', method: 'GET', path: '/thing', query: '', headers: {}, body: Buffer.alloc(0) };
  const response = await api.answer({ ...request, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' });
  return [response.status, response.body.toString()];
}

const unavailable = [503, '{"message":"Service Unavailable"}'];

describe('the API', () => {
  it('answers 503 while the reserved concurrency of the function is used up, and does not call it', async () => {
    const target = { throttled: true, invoke: async () => expect.fail('called') };
    expect(await answerOf(target)).toEqual(unavailable);
  });

  it('answers 503 when the function takes longer than the integration lets it', async () => {
    const target = {
      throttled: false,
      invoke: async () => {
        await delay(200);
        return { ok: true, payload: 'late' } as const;
      },
    };
    expect(await answerOf(target, 20)).toEqual(unavailable);
  });

  it('answers 500 to what is longer than Lambda may answer', async () => {
    const invoke = async (body: string) => ({ ok: true, payload: { statusCode: 200, body } }) as const;
    const of = (bytes: number) => answerOf({ throttled: false, invoke: () => invoke('x'.repeat(bytes)) });
    expect((await of(6 * 1024 * 1024))[0]).toBe(200);
    expect(await of(6 * 1024 * 1024 + 1)).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it('takes a result without a status for the JSON body of a 200', async () => {
    const target = { throttled: false, invoke: async () => ({ ok: true, payload: { 金: 1 } }) as const };
    expect(await answerOf(target)).toEqual([200, '{"金":1}']);
  });
});
