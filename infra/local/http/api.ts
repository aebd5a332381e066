import type { LambdaFunction } from '../lambda/function.ts';
import { type JwtAuthorizer, Refused } from './authorizer.ts';
import { type Cors, corsHeaders, preflightHeaders } from './cors.ts';
import { eventOf, message, type Request, type Response, responseOf } from './exchange.ts';
import { createRouter, type Match, type Routed, type Router, segmentsOf } from './router.ts';

/** Where a route leads, and who may take it. */
export interface RouteTarget {
  readonly target: Pick<LambdaFunction, 'throttled' | 'invoke'>;
  readonly authorizer: Pick<JwtAuthorizer, 'authorize'> | undefined;
  /** A token must have one of these, where there are any. */
  readonly scopes: readonly string[];
  readonly timeoutMilliseconds: number;
}

/** An HTTP API as the template describes it. */
export interface ApiDefinition {
  readonly apiId: string;
  readonly accountId: string;
  readonly routes: readonly Routed<RouteTarget>[];
  readonly cors: Cors | undefined;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** API Gateway takes no longer body than this. */
export const BODY_BYTES_MAX = 10 * 1024 * 1024;
/** Lambda gives no longer answer than this. */
const ANSWER_BYTES_MAX = 6 * 1024 * 1024;

/** Answers requests as API Gateway does: routes, admits, calls the function, and says what went wrong in its words. */
export class HttpApi {
  readonly #definition: ApiDefinition;
  readonly #router: Router<RouteTarget>;

  constructor(definition: ApiDefinition) {
    this.#definition = definition;
    this.#router = createRouter(definition.routes);
  }

  /** Never rejects: what cannot be answered is a 5xx. */
  async answer(request: Request): Promise<Response> {
    const { cors } = this.#definition;
    const origin = request.headers['origin'];
    if (cors !== undefined && request.method === 'OPTIONS') {
      return { status: 204, headers: preflightHeaders(cors, origin), cookies: [], body: Buffer.alloc(0) };
    }
    const response = await this.#route(request).catch(refusal);
    return {
      ...response,
      headers: { ...response.headers, ...corsHeaders(cors, origin), 'apigw-requestid': request.id },
    };
  }

  async #route(request: Request): Promise<Response> {
    if (request.body.length > BODY_BYTES_MAX) return message(413, 'Request Entity Too Large');
    const segments = decoded(request.path);
    if (segments === undefined) return message(400, 'Bad Request');
    const match = this.#router(request.method, segments);
    if (match === undefined) return message(404, 'Not Found');
    return await this.#call(request, match, `/${segments.join('/')}`);
  }

  async #call(request: Request, match: Match<RouteTarget>, decodedPath: string): Promise<Response> {
    const { target, authorizer, scopes, timeoutMilliseconds } = match.target;
    const authorized = await authorizer?.authorize(request.headers, scopes);
    if (target.throttled) return message(503, 'Service Unavailable');
    const { apiId, accountId, stageVariables } = this.#definition;
    const { routeKey, pathParameters } = match;
    const frame = { routeKey, pathParameters, decodedPath, apiId, accountId, stageVariables, authorized };
    const outcome = await within(timeoutMilliseconds, target.invoke(eventOf(request, frame)));
    if (outcome === undefined) return message(503, 'Service Unavailable');
    const response = outcome.ok ? responseOf(outcome.payload) : undefined;
    if (response === undefined || response.body.length > ANSWER_BYTES_MAX) return message(500, 'Internal Server Error');
    return response;
  }
}

function decoded(path: string): string[] | undefined {
  try {
    return segmentsOf(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function refusal(error: unknown): Response {
  if (!(error instanceof Refused)) return message(500, 'Internal Server Error');
  if (error.status === 403) return message(403, 'Forbidden');
  const reason = error.message === '' ? '' : ` scope="" error="invalid_token" error_description="${error.message}"`;
  return message(401, 'Unauthorized', { 'www-authenticate': `Bearer${reason}` });
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
