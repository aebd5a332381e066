import { randomUUID } from 'node:crypto';
import type { Language } from '#shared/runtime/problem.ts';

/** Somebody who calls, as a verified token describes them. */
export interface Caller {
  readonly subject: string;
  readonly name?: string;
  readonly roles: readonly string[];
  readonly funds: readonly string[];
  readonly bank?: string;
}

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query?: string;
  /** Absent: no token comes with the request. */
  readonly as?: Caller | undefined;
  /** Text and bytes go as they are, anything else as JSON. */
  readonly body?: unknown;
  /** Idempotency key; one of its own when absent, none at all when null. */
  readonly key?: string | null;
  /** Content type; JSON when absent, none at all when null. */
  readonly contentType?: string | null;
  readonly language?: Language;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The API, wherever it runs. */
export interface Api {
  readonly send: (request: ApiRequest) => Promise<ApiAnswer>;
}

/** The headers of a request, with small letters. */
export const headersOf = ({ key, contentType, language, body }: ApiRequest): Record<string, string> => ({
  'accept-language': language ?? 'zh',
  ...(key === null ? {} : { 'idempotency-key': key ?? randomUUID() }),
  ...(body === undefined || contentType === null ? {} : { 'content-type': contentType ?? 'application/json' }),
});

/** What a body is on the wire. */
export const bytesOf = (body: unknown): Uint8Array | undefined => {
  if (body === undefined) return undefined;
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
};

/** @throws when the answer is not a success */
export const succeed = async (api: Api, request: ApiRequest): Promise<ApiAnswer['body']> => {
  const { status, body } = await api.send(request);
  if (status !== 200) throw new Error(`${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
  return body;
};
