import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import * as z from 'zod';
import { createHttpHandler } from '#shared/runtime/http.ts';
import type { Route } from '#shared/runtime/route.ts';
import { type Api, type ApiAnswer, type ApiRequest, bytesOf, type Caller, headersOf } from './client.ts';

/** The API's handler fed with the events API Gateway would make, claims of a verified token included. */
export const createInProcessApi = (routes: readonly Route[]): Api => {
  const handler = createHttpHandler(routes, { roles: 'roles', funds: 'funds', bank: 'bank' });
  return {
    send: async (request) => {
      const { statusCode, headers, body } = await handler(eventOf(request), context);
      return answerOf(statusCode ?? 0, headers ?? {}, body ?? '');
    },
  };
};

const answerOf = (status: number, headers: object, body: string): ApiAnswer => ({
  status,
  headers: z.record(z.string(), z.coerce.string()).parse(headers),
  body: z.record(z.string(), z.unknown()).parse(JSON.parse(body)),
});

/** API Gateway hands lists over as `[a b]`. */
const claimsOf = ({ subject, name, roles, funds, bank }: Caller) => ({
  sub: subject,
  ...(name === undefined ? {} : { name }),
  roles: `[${roles.join(' ')}]`,
  funds: `[${funds.join(' ')}]`,
  ...(bank === undefined ? {} : { bank }),
});

/** Values of a parameter that comes more than once are joined with commas. */
const queryOf = (query: string): Record<string, string> => {
  const given = new URLSearchParams(query);
  return Object.fromEntries([...given.keys()].map((name) => [name, given.getAll(name).join(',')]));
};

/** Text that is UTF-8 comes as it is, other bytes in base64. */
const bodyOf = (bytes: Uint8Array): { body: string; isBase64Encoded: boolean } => {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { body: decoder.decode(bytes), isBase64Encoded: false };
  } catch {
    return { body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true };
  }
};

type Event = APIGatewayProxyEventV2 & { requestContext: { authorizer?: { jwt?: { claims?: unknown } } } };

const eventOf = (request: ApiRequest): Event => {
  const { method, path, query = '', as } = request;
  const bytes = bytesOf(request.body);
  const authorizer = as === undefined ? {} : { authorizer: { jwt: { claims: claimsOf(as), scopes: null } } };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: headersOf(request),
    ...(query === '' ? {} : { queryStringParameters: queryOf(query) }),
    ...(bytes === undefined ? { isBase64Encoded: false } : bodyOf(bytes)),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: '01/Mar/2017:01:00:00 +0000',
      timeEpoch: 1_488_330_000_000,
      ...authorizer,
    },
  };
};

const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'api',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:local:000000000000:function:api',
  memoryLimitInMB: '512',
  awsRequestId: 'request',
  logGroupName: 'api',
  logStreamName: 'api',
  getRemainingTimeInMillis: () => 10_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};
