import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Caller } from '../api/client.ts';

/** Differences of a token from a good one. */
export interface TokenFlaw {
  readonly audience?: string;
  readonly issuer?: string;
  /** Seconds from now at which the token ends; in the past when negative. */
  readonly endsInSeconds?: number;
  /** Signed with a key the issuer does not publish. */
  readonly forged?: boolean;
}

/** An OpenID issuer on this machine, as small as can be: it publishes its key and signs what a test asks for. */
export interface Issuer {
  readonly address: string;
  readonly tokenFor: (caller: Caller, flaw?: TokenFlaw) => Promise<string>;
  readonly stop: () => Promise<void>;
}

export const AUDIENCE = 'jinqu';
const KEY_ID = 'one';
const ALGORITHM = 'RS256';

export const startIssuer = async (): Promise<Issuer> => {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const { privateKey: unknownKey } = await generateKeyPair(ALGORITHM);
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID, alg: ALGORITHM, use: 'sig' }] };
  const server = createServer((request, response) => {
    const documents: Readonly<Record<string, object>> = {
      '/.well-known/openid-configuration': { issuer: address, jwks_uri: `${address}/jwks` },
      '/jwks': jwks,
    };
    const document = documents[request.url ?? ''];
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (typeof bound !== 'object' || bound === null) throw new Error('the issuer has no address');
  const address = `http://127.0.0.1:${bound.port}`;
  return {
    address,
    tokenFor: ({ subject, name, roles, funds }, { audience, issuer, endsInSeconds = 600, forged } = {}) =>
      new SignJWT({ name: name ?? subject, roles: roles.join(' '), funds: funds.join(' ') })
        .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID })
        .setSubject(subject)
        .setIssuer(issuer ?? address)
        .setAudience(audience ?? AUDIENCE)
        .setIssuedAt(Math.floor(Date.now() / 1_000) - 3_600)
        .setExpirationTime(Math.floor(Date.now() / 1_000) + endsInSeconds)
        .sign(forged === true ? unknownKey : privateKey),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
