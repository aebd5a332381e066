import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../ports.ts';
import { BODY_BYTES_MAX, type HttpApi } from './api.ts';
import { headersOf, message, type Request, type Response } from './exchange.ts';
import { isMisdirected } from './loopback.ts';

/** The API's server on the loopback interface. */
export interface ApiServer {
  /** Takes no more connections, and resolves when the requests in hand are answered. */
  stop(): Promise<void>;
}

/** Longer than clients keep a connection, so that none is closed under a request. */
const KEEP_ALIVE_MILLISECONDS = 75_000;

/** Serves the API at http://127.0.0.1:port. Rejects when the port is taken. */
export async function serveApi(api: HttpApi, port: number): Promise<ApiServer> {
  const server = createServer((incoming, outgoing) => {
    if (isMisdirected(incoming, outgoing)) return;
    exchange(api, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS;
  await listenOnLoopback(server, port);
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

async function exchange(api: HttpApi, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await bodyOf(incoming);
  const response =
    body === undefined ? message(413, 'Request Entity Too Large') : await api.answer(requestOf(incoming, body));
  send(outgoing, response, body === undefined);
}

function requestOf(incoming: IncomingMessage, body: Buffer): Request {
  const [path = '/', ...query] = (incoming.url ?? '/').split('?');
  return {
    id: randomUUID(),
    method: incoming.method ?? 'GET',
    path,
    query: query.join('?'),
    headers: headersOf(incoming),
    body,
    protocol: `HTTP/${incoming.httpVersion}`,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
  };
}

/** The body, or undefined when it is longer than API Gateway takes; the rest is not read then. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a request is read as bytes');
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(outgoing: ServerResponse, { status, headers, cookies, body }: Response, close: boolean): void {
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
  if (close) outgoing.setHeader('connection', 'close');
  outgoing.writeHead(status, { 'content-length': body.length });
  outgoing.end(body);
}
