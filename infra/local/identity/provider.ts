import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Provider from 'oidc-provider';
import { type Ending, startParts } from '../ending.ts';
import { isMisdirected } from '../http/loopback.ts';
import { openLogFile } from '../lambda/log-file.ts';
import { listenOnLoopback, stablePort } from '../ports.ts';
import { type LocalState, lockDirectory } from '../state.ts';
import { configurationOf } from './configuration.ts';
import { loginPage } from './pages.ts';
import { type AccessToken, signIn } from './sign-in.ts';
import { type LocalUser, userById } from './users.ts';

export interface IdentityOptions {
  /** Directory of the local cloud; one running provider per directory. */
  readonly directory: string;
  /** The `aud` of access tokens. */
  readonly audience: string;
  /** Where keys, port and sessions are kept, so that they outlive a restart. */
  readonly state: LocalState;
  /** Who can sign in. */
  readonly users: readonly LocalUser[];
}

/** A running OpenID provider. */
export interface Identity {
  readonly issuer: string;
  /** An access token of the user, got by the real flow and used again until shortly before it expires. */
  tokenFor(userId: string): Promise<string>;
  stop(): Promise<void>;
}

/** Name under which the office remembers the provider's port. */
export const IDENTITY_PORT = 'port/identity';

/** A token is not handed out again when it has less than this to live. */
const RENEWAL_SECONDS = 300;

/**
 * Starts the local OpenID provider (authorization code with PKCE, JWT access tokens, discovery, JWKS) on the loopback
 * interface. It asks for no password, and nothing but this machine can reach it. Throws when one runs in the directory.
 */
export const startIdentity = (options: IdentityOptions): Promise<Identity> =>
  startParts('the identity provider', (ending) => start(options, ending));

async function start({ directory, audience, state, users }: IdentityOptions, ending: Ending): Promise<Identity> {
  ending.add(lockDirectory(join(directory, 'identity')));
  const port = await stablePort(state, IDENTITY_PORT);
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, await configurationOf(audience, state, users));
  const log = openLogFile(join(directory, 'logs', 'identity.log'));
  ending.add(() => log.close());
  provider.on('server_error', (_ctx, error) => log.write(`${new Date().toISOString()} ${error.stack}\n`));
  const answer = provider.callback();
  const server = createServer((request, response) => {
    if (isMisdirected(request, response)) return;
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    interact(provider, users, request, response).catch((error: unknown) => {
      log.write(`${new Date().toISOString()} ${String(error)}\n`);
      response
        .writeHead(400, { 'content-type': 'text/plain; charset=utf-8' })
        .end('登录已过期 / this sign-in has expired');
    });
  });
  await listenOnLoopback(server, port);
  ending.add(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { issuer, tokenFor: tokensOf(issuer, users), stop: () => ending.run() };
}

/** Shows the login page, and takes the choice made on it. */
async function interact(
  provider: Provider,
  users: readonly LocalUser[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(loginPage(`/interaction/${uid}`, users));
    return;
  }
  const chosen = new URLSearchParams(await text(request)).get('user');
  const user = users.find(({ id }) => id === chosen);
  const result =
    user === undefined
      ? { error: 'access_denied', error_description: 'there is no such user' }
      : { login: { accountId: user.id }, consent: {} };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

function tokensOf(issuer: string, users: readonly LocalUser[]): (userId: string) => Promise<string> {
  const tokens = new Map<string, Promise<AccessToken & { readonly until: number }>>();
  return async (userId) => {
    const { id } = userById(userId, users);
    const known = await tokens.get(id);
    if (known !== undefined && Date.now() < known.until) return known.token;
    const coming = signIn(issuer, id).then((token) => ({
      ...token,
      until: Date.now() + (token.expiresInSeconds - RENEWAL_SECONDS) * 1000,
    }));
    tokens.set(id, coming);
    coming.catch(() => tokens.delete(id));
    return (await coming).token;
  };
}
