import * as z from 'zod';
import { fundIdText } from '#shared/contracts/scalars.ts';
import type { Principal, Role } from './principal.ts';
import type { Language } from './problem.ts';

/** What any file may be sent as. API Gateway takes `text/csv` for UTF-8 and replaces what is not; this it leaves alone. */
export const ANY_FILE = 'application/octet-stream';

/** What an Idempotency-Key looks like. */
export const IDEMPOTENCY_KEY = /^[A-Za-z0-9._-]{8,64}$/;

/** Parameters of a path below one fund. */
export const fundParams = { fundId: fundIdText };
export const oneFund = z.strictObject(fundParams);

/** What the runtime knows of a request before the route's own schemas have looked at it. */
export interface RawCall {
  readonly principal: Principal;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The body in wire form, checked against the route's schema already. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The file that came as the body, on a route that takes one; else empty. */
  readonly file: Uint8Array;
  /** Id of the command a POST stands for: the same for the same caller, route, thing and Idempotency-Key. */
  readonly commandId: string;
  readonly language: Language;
}

/** The same, parsed. */
export interface Call<Params, Query> extends Omit<RawCall, 'params' | 'query'> {
  readonly params: Params;
  readonly query: Query;
}

interface Described {
  readonly method: 'GET' | 'POST';
  /** With `{name}` for parameters. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: { readonly zh: string; readonly en: string };
  /** One of these is enough; empty: no token is asked for. */
  readonly roles: readonly Role[];
  readonly body?: z.ZodType;
  /** Name of the body's member that says what a POST is about, where its path does not: a key is good for that thing. */
  readonly about?: string;
  /** The body is a file of this type, of this size at most. */
  readonly upload?: { readonly contentType: 'text/csv'; readonly bytesMax: number };
  /** The answer is a file of this type; `handle` gives its text. */
  readonly download?: 'text/csv';
  readonly response: z.ZodType;
  readonly status: number;
}

/** One operation of the API, as data: the router, the checks and the OpenAPI document are all made from it. */
export interface Route extends Described {
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly handle: (call: RawCall) => Promise<unknown>;
}

interface Definition<Params extends z.ZodObject, Query extends z.ZodObject> extends Described {
  readonly params: Params;
  readonly query: Query;
  readonly handle: (call: Call<z.output<Params>, z.output<Query>>) => Promise<unknown>;
}

/** Declares a route: its handler sees parameters and query only after their schemas have. */
export const route = <Params extends z.ZodObject, Query extends z.ZodObject>(
  definition: Definition<Params, Query>,
): Route => ({
  ...definition,
  handle: ({ params, query, ...call }) =>
    definition.handle({
      ...call,
      params: z.decode(definition.params, params as z.input<Params>),
      query: z.decode(definition.query, query as z.input<Query>),
    }),
});
