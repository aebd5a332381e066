import { createServer } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { freePort } from '#infra/local/ports.ts';

/** Claims to sign; undefined leaves one out. */
type Claims = { readonly [name in keyof JWTPayload]?: JWTPayload[name] | undefined };

/** An issuer of tokens whose key the test holds, so that it can sign what a real one never would. */
export interface TestIssuer {
  readonly url: string;
  readonly publicKeyPem: string;
  /** A token that is good unless something of it is changed. */
  token(claims?: Claims, options?: { readonly key?: CryptoKey; readonly kid?: string }): Promise<string>;
  stop(): Promise<void>;
}

const KID = 'the-key';

export async function startIssuer(audience: string): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: KID, alg: 'RS256', use: 'sig' };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const documents: Record<string, object> = {
    '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys` },
    '/keys': { keys: [jwk] },
  };
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(documents[request.url ?? ''] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url,
    publicKeyPem: JSON.stringify(jwk),
    token: (claims = {}, { key = privateKey, kid = KID } = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const whole = { iss: url, aud: audience, sub: 'officer-1', iat: now - 1, exp: now + 60, ...claims };
      const defined = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
      return new SignJWT(defined).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
