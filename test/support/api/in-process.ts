import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import type { Authorized } from '#infra/local/http/authorizer.ts';
import { eventOf } from '#infra/local/http/exchange.ts';
import { segmentsOf } from '#infra/local/http/router.ts';
import { createHttpHandler, type HttpHandler } from '#shared/runtime/http.ts';
import type { Route } from '#shared/runtime/route.ts';
import { type Api, type ApiAnswer, type ApiRequest, bytesOf, type Caller, headersOf } from './client.ts';

/** Routes behind the API's handler, with the usual names of claims. */
export const createInProcessApi = (routes: readonly Route[]): Api =>
  apiOf(createHttpHandler(routes, { roles: 'roles', funds: 'funds', bank: 'bank' }));

/** A function's handler fed with the events API Gateway would make, claims of a verified token included. */
export const apiOf = (handler: HttpHandler): Api => ({
  send: async (request) => {
    const { statusCode, headers, body } = await handler(gatewayEvent(request), context);
    return answerOf(statusCode ?? 0, headers ?? {}, body ?? '');
  },
});

/** @throws when an answer is not a JSON object */
export const answerOf = (status: number, headers: object, body: string): ApiAnswer => ({
  status,
  headers: z.record(z.string(), z.coerce.string()).parse(headers),
  body: z.record(z.string(), z.unknown()).parse(JSON.parse(body)),
});

/** API Gateway hands lists over as `[a b]`. */
const authorizedAs = ({ subject, name, roles, funds, bank }: Caller): Authorized => ({
  claims: {
    sub: subject,
    ...(name === undefined ? {} : { name }),
    roles: `[${roles.join(' ')}]`,
    funds: `[${funds.join(' ')}]`,
    ...(bank === undefined ? {} : { bank }),
  },
  scopes: null,
});

const gatewayEvent = (request: ApiRequest): Parameters<HttpHandler>[0] => {
  const { method, path, query = '', as } = request;
  const wire = {
    id: randomUUID(),
    method,
    path,
    query,
    headers: headersOf(request),
    body: Buffer.from(bytesOf(request.body) ?? ''),
    protocol: 'HTTP/1.1',
    sourceIp: '127.0.0.1',
  };
  const frame = {
    routeKey: '$default',
    pathParameters: {},
    decodedPath: `/${segmentsOf(path).join('/')}`,
    apiId: 'local',
    accountId: '000000000000',
    stageVariables: {},
    authorized: as === undefined ? undefined : authorizedAs(as),
  };
  return eventOf(wire, frame) as Parameters<HttpHandler>[0];
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
