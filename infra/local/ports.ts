import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { LocalState } from './state.ts';

/** Has a server listen on a port that only this machine reaches. Rejects when the port cannot be had. */
export const listenOnLoopback = async (server: Server, port: number): Promise<void> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
};

/** The port, or a free one for 0; undefined when somebody else has it. */
const tryPort = async (port: number): Promise<number | undefined> => {
  const server = createServer();
  try {
    await listenOnLoopback(server, port);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))
      return undefined;
    throw error;
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : undefined;
};

/** Whether nothing else listens on a loopback port. */
export const isFree = async (port: number): Promise<boolean> => (await tryPort(port)) !== undefined;

/** A loopback port that is free now. */
export async function freePort(): Promise<number> {
  const port = await tryPort(0);
  if (port === undefined) throw new Error('no free loopback port');
  return port;
}

/** Below the ports an operating system hands out by itself, so that nobody takes one by chance while it is not in use. */
const QUIET_PORTS = { first: 20_000, count: 10_000 };
const TRIES_MAX = 100;

async function quietPort(): Promise<number> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const port = await tryPort(QUIET_PORTS.first + Math.floor(Math.random() * QUIET_PORTS.count));
    if (port !== undefined) return port;
  }
  return await freePort();
}

/**
 * `preferred` if it is given and free, otherwise the port this service used last time, otherwise any. What was
 * chosen is remembered under `key`, so that addresses and token issuers stay the same over restarts.
 */
export async function stablePort(state: LocalState, key: string, preferred = 0): Promise<number> {
  const remembered = Number(state.get(key) ?? '0');
  const port =
    (preferred > 0 ? await tryPort(preferred) : undefined) ??
    (remembered > 0 ? await tryPort(remembered) : undefined) ??
    (await quietPort());
  state.set(key, String(port));
  return port;
}
