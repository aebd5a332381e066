import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { type Configuration, errors, type JWK, type KoaContextWithOIDC } from 'oidc-provider';
import * as z from 'zod';
import type { LocalState } from '../state.ts';
import { createAdapter } from './adapter.ts';
import { errorPage, logoutPage, signedOutPage } from './pages.ts';
import type { LocalUser } from './users.ts';

/** The client that the console and the loader are: a program on this machine, without a secret. */
export const CLIENT_ID = 'jinqu-local';
/** A native client may come back to any port of the loopback interface; the paths are these. */
export const CALLBACK_PATHS = ['/callback', '/'];
/** The API as a resource (RFC 8707): tokens are for it unless something else is asked for. */
export const RESOURCE = 'urn:jinqu:api';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const ACCESS_TOKEN_SECONDS = HOUR;

const keySchema = z.array(z.looseObject({ kty: z.literal('RSA') }));
const secretsSchema = z.array(z.string().min(1)).min(1);

/** The provider's configuration. Keys are made once and kept in the state, so that tokens are good after a restart. */
export async function configurationOf(
  audience: string,
  state: LocalState,
  users: readonly LocalUser[],
): Promise<Configuration> {
  const keys: JWK[] = keySchema.parse(await kept(state, 'keys', makeKeys));
  const cookieSecrets = secretsSchema.parse(
    await kept(state, 'cookies', async () => [randomBytes(32).toString('hex')]),
  );
  return {
    adapter: createAdapter(state),
    jwks: { keys },
    cookies: { keys: cookieSecrets },
    clients: [client()],
    clientBasedCORS: (_ctx, origin) => isLoopback(origin),
    scopes: ['openid', 'profile', 'offline_access'],
    claims: { openid: ['sub'], profile: ['name', 'roles', 'funds', 'bank'] },
    conformIdTokenClaims: false,
    findAccount: (_ctx, sub) => {
      const user = users.find(({ id }) => id === sub);
      return user && { accountId: sub, claims: async () => ({ sub, ...claimsOf(user) }) };
    },
    extraTokenClaims: (_ctx, token) => {
      const user = 'accountId' in token ? users.find(({ id }) => id === token.accountId) : undefined;
      return user && claimsOf(user);
    },
    loadExistingGrant: grantEverything,
    pkce: { required: () => true },
    responseTypes: ['code'],
    clientAuthMethods: ['none'],
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = errorPage({ ...out });
    },
    features: featuresOf(audience),
    ttl: {
      AccessToken: ACCESS_TOKEN_SECONDS,
      AuthorizationCode: MINUTE,
      IdToken: HOUR,
      Interaction: HOUR,
      RefreshToken: 14 * DAY,
      Session: 14 * DAY,
      Grant: 14 * DAY,
    },
  };
}

const client = () => ({
  client_id: CLIENT_ID,
  client_name: 'Jinqu',
  application_type: 'native' as const,
  token_endpoint_auth_method: 'none' as const,
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code' as const],
  redirect_uris: CALLBACK_PATHS.flatMap((path) => [`http://127.0.0.1${path}`, `http://localhost${path}`]),
  post_logout_redirect_uris: ['http://127.0.0.1/', 'http://localhost/'],
});

const featuresOf = (audience: string): NonNullable<Configuration['features']> => ({
  devInteractions: { enabled: false },
  userinfo: { enabled: false },
  resourceIndicators: {
    enabled: true,
    defaultResource: () => RESOURCE,
    useGrantedResource: () => true,
    getResourceServerInfo: (_ctx, resource) => {
      if (resource !== RESOURCE) throw new errors.InvalidTarget();
      return { scope: '', audience, accessTokenFormat: 'jwt', accessTokenTTL: ACCESS_TOKEN_SECONDS };
    },
  },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: (ctx, form) => {
      ctx.body = logoutPage(form);
    },
    postLogoutSuccessSource: (ctx) => {
      ctx.body = signedOutPage();
    },
  },
});

/** The application is our own: whoever signs in has agreed to it. */
async function grantEverything(ctx: KoaContextWithOIDC) {
  const { provider, client, session } = ctx.oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile offline_access');
  await grant.save();
  return grant;
}

const claimsOf = ({ name, roles, funds, bank }: LocalUser) => ({
  name,
  roles: [...roles],
  funds: [...funds],
  ...(bank === undefined ? {} : { bank }),
});

function isLoopback(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost');
}

async function makeKeys(): Promise<JWK[]> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return [
    { ...(await exportJWK(privateKey)), kty: 'RSA', alg: 'RS256', use: 'sig', kid: randomBytes(8).toString('hex') },
  ];
}

async function kept(state: LocalState, name: string, make: () => Promise<unknown>): Promise<unknown> {
  const key = `identity/${name}`;
  const text = state.get(key) ?? JSON.stringify(await make());
  state.set(key, text);
  return JSON.parse(text);
}
