import type { IncomingMessage, ServerResponse } from 'node:http';

const NAMES = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/**
 * Turns away a request that was sent to another name than this machine's, and says so by its result. A page of the web
 * may have its own name point here; only by the name can it be told from a page of this machine.
 */
export function isMisdirected(request: IncomingMessage, response: ServerResponse): boolean {
  if (NAMES.test(request.headers.host ?? '')) return false;
  response.writeHead(421, { 'content-type': 'text/plain', connection: 'close' }).end('Misdirected Request');
  return true;
}
