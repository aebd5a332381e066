import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import type { Authorized } from './authorizer.ts';

/** A request as it was read off the wire. */
export interface Request {
  readonly id: string;
  readonly method: string;
  /** Path and query as they came. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly protocol: string;
  readonly sourceIp: string;
}

/** What goes back. */
export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** Headers of a request by lower-case name, repeated ones joined by commas. */
export const headersOf = (message: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(message.headersDistinct).map(([name, values]) => [name, (values ?? []).join(',')] as const),
  );

/** What of an event does not come from the request. */
export interface EventFrame {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** The path with every segment decoded: that is what API Gateway calls raw. */
  readonly decodedPath: string;
  readonly apiId: string;
  readonly accountId: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly authorized: Authorized | undefined;
}

/** API Gateway takes these for text; everything else, a form and a body without a type included, comes in base64. */
const TEXT = /^(text\/|application\/(json|xml|javascript)\s*(;|$))/i;

/** The event of payload format 2.0. */
export function eventOf(request: Request, frame: EventFrame): object {
  const { cookie, ...headers } = request.headers;
  const parameters = Object.entries(Object.groupBy(new URLSearchParams(request.query), ([name]) => name)).map(
    ([name, values]) => [name, (values ?? []).map(([, value]) => value).join(',')] as const,
  );
  const isText = TEXT.test(headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: frame.routeKey,
    rawPath: frame.decodedPath,
    rawQueryString: request.query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers: { ...headers, 'x-forwarded-for': request.sourceIp, 'x-forwarded-proto': 'http' },
    ...(parameters.length === 0 ? {} : { queryStringParameters: Object.fromEntries(parameters) }),
    requestContext: contextOf(request, frame),
    ...(Object.keys(frame.pathParameters).length === 0 ? {} : { pathParameters: frame.pathParameters }),
    ...(Object.keys(frame.stageVariables).length === 0 ? {} : { stageVariables: frame.stageVariables }),
    ...(request.body.length === 0 ? {} : { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

function contextOf(request: Request, frame: EventFrame): object {
  const now = new Date();
  const domainName = request.headers['host'] ?? '127.0.0.1';
  return {
    accountId: frame.accountId,
    apiId: frame.apiId,
    ...(frame.authorized === undefined ? {} : { authorizer: { jwt: frame.authorized } }),
    domainName,
    domainPrefix: domainName.split('.')[0],
    http: {
      method: request.method,
      path: frame.decodedPath,
      protocol: request.protocol,
      sourceIp: request.sourceIp,
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: request.id,
    routeKey: frame.routeKey,
    stage: '$default',
    time: now.toISOString(),
    timeEpoch: now.getTime(),
  };
}

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const resultSchema = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), scalar).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/**
 * The answer of a function, as API Gateway reads it: a result without `statusCode` is the JSON body of a 200.
 * Undefined when it cannot be read.
 */
export function responseOf(payload: unknown): Response | undefined {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload)) {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload ?? null);
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body: Buffer.from(body) };
  }
  const parsed = resultSchema.safeParse(payload);
  if (!parsed.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const lowered = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    status: statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...Object.fromEntries(lowered) },
    cookies: cookies ?? [],
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** An answer API Gateway gives itself. */
export const message = (status: number, text: string, headers: Record<string, string> = {}): Response => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  cookies: [],
  body: Buffer.from(JSON.stringify({ message: text })),
});
