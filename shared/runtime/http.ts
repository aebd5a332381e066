import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import middy from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpRouter from '@middy/http-router';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import * as z from 'zod';
import { toWire } from '#shared/domain/wire.ts';
import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { logError } from './log.ts';
import { type ClaimNames, confinedTo, type Principal, principalOf, requireAnyRole, requireFund } from './principal.ts';
import { type Language, languageOf, problemOf } from './problem.ts';
import { ANY_FILE, IDEMPOTENCY_KEY, type Route } from './route.ts';

type Event = APIGatewayProxyEventV2 & { requestContext: { authorizer?: { jwt?: { claims?: unknown } } } };
type Result = APIGatewayProxyStructuredResultV2;
export type HttpHandler = (event: Event, context: Context) => Promise<Result>;

/** No body of ours is longer; API Gateway itself takes ten megabytes. */
const BODY_BYTES_MAX = 256 * 1024;

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
} as const;

/**
 * The handler of one API function: routes, admits, parses, answers, and turns everything thrown into a problem document.
 */
export const createHttpHandler = (routes: readonly Route[], names: ClaimNames): HttpHandler => {
  const router = httpRouter<Event, Result>({
    routes: routes.map((route) => ({ method: route.method, path: route.path, handler: handlerOf(route, names) })),
    notFoundResponse: ({ path }) => {
      throw new FundError(isKnownPath(routes, path) ? 'METHOD_NOT_ALLOWED' : 'ROUTE_NOT_FOUND', {
        path: path.slice(0, 200),
      });
    },
  });
  return middy<Event, Result>({ timeoutEarlyInMillis: 0 })
    .onError((request) => {
      request.response = problemResponse(request.error, request.event);
    })
    .handler(router);
};

const isKnownPath = (routes: readonly Route[], path: string): boolean =>
  routes.some((r) => new RegExp(`^${r.path.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path));

const problemResponse = (error: unknown, event: Event): Result => {
  const language = languageOf(event.headers?.['accept-language']);
  const requestId = event.requestContext.requestId;
  const problem = problemOf(error, requestId, language);
  if (problem.status >= 500) logError('request failed', error, { requestId, code: problem.code });
  return {
    statusCode: problem.status,
    headers: {
      ...HEADERS,
      'content-type': 'application/problem+json',
      'content-language': language,
      ...(problem.retryable ? { 'retry-after': '1' } : {}),
    },
    body: JSON.stringify(problem),
  };
};

const run =
  (route: Route, names: ClaimNames): HttpHandler =>
  async (event) => {
    const principal = route.roles.length === 0 ? NOBODY : admit(route, event, names);
    const language = languageOf(event.headers['accept-language']);
    const body = route.body === undefined ? {} : bodyOf(event, route.body);
    const result = await route.handle({
      principal,
      params: definedOnly(event.pathParameters),
      query: definedOnly(event.queryStringParameters),
      body,
      file: route.upload === undefined ? NO_FILE : fileOf(event, route.upload),
      commandId: route.method === 'POST' ? commandIdOf(route, event, principal, body) : '',
      language,
    });
    return respond(route, result, language);
  };

const NO_FILE = new Uint8Array();

/** The body as it was sent, as far as API Gateway has left it so. */
const bytesOf = ({ body, isBase64Encoded }: Event): Uint8Array =>
  Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');

/**
 * A file sent as the body.
 * @throws UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE, BODY_INVALID when there is none, or when some of it was lost on the way
 */
const fileOf = (event: Event, { contentType, bytesMax }: NonNullable<Route['upload']>): Uint8Array => {
  const given = (event.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  const expected = `${contentType} ${ANY_FILE}`;
  ensure(given === contentType || given === ANY_FILE, 'UNSUPPORTED_MEDIA_TYPE', { expected });
  const lossy = event.isBase64Encoded !== true && (event.body ?? '').includes('\uFFFD');
  ensure(!lossy, 'BODY_INVALID', { reason: `not UTF-8; send other encodings as ${ANY_FILE}` });
  const bytes = bytesOf(event);
  ensure(bytes.byteLength <= bytesMax, 'BODY_TOO_LARGE', { maxBytes: String(bytesMax) });
  ensure(bytes.byteLength > 0, 'BODY_INVALID');
  return bytes;
};

/** The body as it came, once the schema has found nothing wrong: what is hashed, stored and approved is the very text. */
const bodyOf = (event: Event, schema: z.ZodType): Readonly<Record<string, unknown>> => {
  const body: unknown = event.body;
  schema.parse(body);
  return z.record(z.string(), z.unknown()).parse(body);
};

/** Only what takes a body reads one; the parser refuses other content types and prototype keys. */
const handlerOf = (route: Route, names: ClaimNames) =>
  route.body === undefined
    ? run(route, names)
    : middy<Event, Result>({ timeoutEarlyInMillis: 0 })
        .before(({ event }) => {
          const bytes = bytesOf(event);
          ensure(bytes.byteLength <= BODY_BYTES_MAX, 'BODY_TOO_LARGE', { maxBytes: String(BODY_BYTES_MAX) });
          ensure(isUtf8(bytes), 'BODY_INVALID', { reason: 'not UTF-8' });
        })
        .use(httpJsonBodyParser<Event>())
        .handler(run(route, names));

const NOBODY: Principal = { subject: '', name: '', roles: [], funds: [] };

/** Who may call: a known caller with one of the roles, the fund of the path among the token's, a bank by its name. */
const admit = (route: Route, event: Event, names: ClaimNames): Principal => {
  const principal = principalOf(event.requestContext.authorizer?.jwt?.claims, names);
  const fundId = event.pathParameters?.['fundId'];
  if (fundId !== undefined) requireFund(principal, fundId);
  requireAnyRole(principal, route.roles);
  confinedTo(principal);
  return principal;
};

const definedOnly = (given: Record<string, string | undefined> | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/**
 * A caller's key is good for that caller, that route and what its path names, however the path was written, or its body: what
 * took effect is remembered by the thing it was done to, which cannot know that another had the same key.
 * @throws IDEMPOTENCY_KEY_MISSING
 */
const commandIdOf = (
  route: Route,
  event: Event,
  principal: Principal,
  body: Readonly<Record<string, unknown>>,
): string => {
  const key = event.headers['idempotency-key'] ?? '';
  ensure(IDEMPOTENCY_KEY.test(key), 'IDEMPOTENCY_KEY_MISSING');
  const about = route.about === undefined ? [] : [body[route.about]];
  const scope = JSON.stringify([principal.subject, route.method, route.path, event.pathParameters, key, ...about]);
  return `api:${createHash('sha256').update(scope).digest('base64url').slice(0, 22)}`;
};

const respond = (route: Route, result: unknown, language: Language): Result => ({
  statusCode: route.status,
  headers: {
    ...HEADERS,
    'content-type': route.download === undefined ? 'application/json' : `${route.download}; charset=utf-8`,
    'content-language': language,
    ...(route.download === undefined ? {} : { 'content-disposition': 'attachment' }),
  },
  body: route.download === undefined ? JSON.stringify(toWire(result)) : String(result),
});
