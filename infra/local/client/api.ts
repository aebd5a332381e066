import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import type { Language } from '#shared/runtime/problem.ts';

/** One HTTP exchange, however it is carried. */
export interface Request {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}
export interface Answer {
  readonly status: number;
  readonly body: string;
}
export type Transport = (request: Request) => Promise<Answer>;

const commandResult = z.object({
  seq: z.int(),
  replayed: z.boolean(),
  type: z.string(),
  id: z.string(),
  state: z.record(z.string(), z.json()),
});
export type CommandResult = z.output<typeof commandResult>;

/** The API as one person uses it. What the API refuses is thrown as an {@link ApiError}. */
export interface Caller {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  /** All items of a list, page by page. */
  all<T>(path: string, item: z.ZodType<T>): Promise<readonly T[]>;
  /** A command. The same key with the same body is the same command, however often it is sent. */
  post(path: string, key: string, body: object): Promise<CommandResult>;
  /** Several commands at once. Throws when a row is refused. */
  postAll(path: string, key: string, items: readonly object[]): Promise<void>;
  /** Hands in a file of rows; the same file is the same job. Returns the job's id. */
  upload(path: string, key: string, fileName: string, csv: string): Promise<string>;
}

const batchResult = z.object({
  items: z.array(
    z.discriminatedUnion('status', [
      z.object({ status: z.literal('applied') }),
      z.object({ status: z.literal('refused'), target: z.string(), problem: z.object({ code: z.string() }) }),
    ]),
  ),
});
const openedJob = z.object({ jobId: z.string() });

export interface ApiOptions {
  readonly transport: Transport;
  /** A token that is good now; asked for with every request. */
  readonly tokenFor: (userId: string) => Promise<string>;
  readonly language: Language;
}

const problem = z.object({
  code: z.string(),
  title: z.string(),
  retryable: z.boolean(),
  details: z.record(z.string(), z.string()),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

/** What the API said no to, and whom. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(userId: string, { method, path }: Request, { status, body }: Answer) {
    const found = problem.safeParse(parseJson(body)).data;
    const what = found === undefined ? body.slice(0, 200) : `${found.code} ${found.title} ${reasonsOf(found)}`.trim();
    super(`${userId} ${method} ${path}: ${status} ${what}`);
  }
}

const reasonsOf = ({ details, errors }: z.output<typeof problem>): string =>
  [
    ...Object.entries(details).map(([name, value]) => `${name}=${value}`),
    ...(errors ?? []).map((e) => `${e.path}: ${e.message}`),
  ].join(', ');

const ATTEMPTS_MAX = 6;
const BACKOFF_MILLISECONDS = 100;
const PAGE_ITEMS = 100;

/** The API as each person uses it, by the person's id. */
export const createApi = ({ transport, tokenFor, language }: ApiOptions): ((userId: string) => Caller) => {
  const sendAs = async (userId: string, request: Request): Promise<Answer> => {
    const authorization = `Bearer ${await tokenFor(userId)}`;
    return await transport({ ...request, headers: { ...request.headers, authorization } });
  };

  /**
   * Repeats what may succeed when repeated, a dropped connection included: every request can be, because commands carry
   * their keys.
   */
  const call = async (userId: string, request: Request): Promise<unknown> => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await sendAs(userId, request).catch((error: unknown) => {
        if (attempt === ATTEMPTS_MAX) throw error;
      });
      if (answer !== undefined) {
        if (answer.status < 400) return parseJson(answer.body);
        if (attempt === ATTEMPTS_MAX || !mayTryAgain(answer)) throw new ApiError(userId, request, answer);
      }
      await delay(BACKOFF_MILLISECONDS * 2 ** attempt);
    }
  };

  return (userId) => {
    const headers = { accept: 'application/json', 'accept-language': language };
    const submit = async (path: string, contentType: string, body: string, key: string): Promise<unknown> =>
      await call(userId, {
        method: 'POST',
        path,
        headers: { ...headers, 'content-type': contentType, 'idempotency-key': key },
        body,
      });
    const get: Caller['get'] = async (path, schema) =>
      schema.parse(await call(userId, { method: 'GET', path, headers }));
    return {
      get,
      all: async (path, item) => {
        const page = z.object({ items: z.array(item), cursor: z.string().optional() });
        const items: z.output<typeof item>[] = [];
        let cursor: string | undefined;
        do {
          const query = `limit=${PAGE_ITEMS}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
          const found = await get(`${path}?${query}`, page);
          items.push(...found.items);
          cursor = found.cursor;
        } while (cursor !== undefined);
        return items;
      },
      post: async (path, key, body) =>
        commandResult.parse(await submit(path, 'application/json', JSON.stringify(body), key)),
      postAll: async (path, key, items) => {
        const answer = batchResult.parse(await submit(path, 'application/json', JSON.stringify({ items }), key));
        const refused = answer.items.find((item) => item.status === 'refused');
        if (refused !== undefined)
          throw new Error(`${userId} POST ${path}: ${refused.target} refused, ${refused.problem.code}`);
      },
      upload: async (path, key, fileName, csv) =>
        openedJob.parse(await submit(`${path}?fileName=${encodeURIComponent(fileName)}`, 'text/csv', csv, key)).jobId,
    };
  };
};

/** What a gateway answers in place of the application: the keys of the issuer cannot be read, or there is too much to do. */
const GATEWAY_BUSY = [401, 429, 503];

/** The application says itself whether a request may succeed when repeated; a gateway's answer is no problem document. */
const mayTryAgain = ({ status, body }: Answer): boolean =>
  problem.safeParse(parseJson(body)).data?.retryable ?? GATEWAY_BUSY.includes(status);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Requests to a server. */
export const httpTransport =
  (baseUrl: string): Transport =>
  async ({ method, path, headers, body }) => {
    const response = await fetch(`${baseUrl.replace(/\/$/, '')}${path}`, {
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: await response.text() };
  };
