import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { CALLBACK_PATHS, CLIENT_ID } from './configuration.ts';

const tokenResponse = z.object({ access_token: z.string(), expires_in: z.number() });

/** An access token and for how long it is good. */
export interface AccessToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

const STEPS_MAX = 10;

/**
 * Signs a user in as a browser would: authorization request with PKCE, the login page, the user's choice, the code, and
 * the code for a token. Throws when the provider answers otherwise.
 */
export async function signIn(issuer: string, userId: string): Promise<AccessToken> {
  const verifier = randomBytes(32).toString('base64url');
  const callback = `http://127.0.0.1${CALLBACK_PATHS[0]}`;
  const request = new URL(`${issuer}/auth`);
  request.search = new URLSearchParams({
    client_id: CLIENT_ID,
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid profile',
    state: randomBytes(8).toString('hex'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const code = await authorize(request, callback, userId);
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: CLIENT_ID,
      grant_type: 'authorization_code',
      code,
      redirect_uri: callback,
      code_verifier: verifier,
    }),
  });
  if (!response.ok) throw new Error(`the provider gives ${userId} no token: ${await response.text()}`);
  const { access_token: token, expires_in: expiresInSeconds } = tokenResponse.parse(await response.json());
  return { token, expiresInSeconds };
}

/** Follows the redirects, with cookies, to the callback; on the login page it chooses the user. */
async function authorize(start: URL, callback: string, userId: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    form = undefined;
    if (location === null) {
      if (!response.ok || !url.pathname.startsWith('/interaction/')) {
        throw new Error(`the provider does not let ${userId} in: ${response.status} ${await response.text()}`);
      }
      await response.arrayBuffer();
      form = new URLSearchParams({ user: userId });
      continue;
    }
    url = new URL(location, url);
    if (location.startsWith(callback)) return codeOf(url, userId);
  }
  throw new Error(`signing in as ${userId} does not come to an end`);
}

function codeOf(url: URL, userId: string): string {
  const code = url.searchParams.get('code');
  if (code === null) throw new Error(`the provider refuses ${userId}: ${url.searchParams.get('error_description')}`);
  return code;
}
