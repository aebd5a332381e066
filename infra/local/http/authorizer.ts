import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';

/** What a JWT authorizer of API Gateway is set to. */
export interface JwtSettings {
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** Lower-case name of the header that carries the token. */
  readonly header: string;
}

/** Claims as API Gateway hands them to a function: text, all of them. */
export interface Authorized {
  readonly claims: Readonly<Record<string, string>>;
  readonly scopes: readonly string[] | null;
}

/** What is answered to a caller without a good token, with the reason API Gateway puts into `www-authenticate`. */
export class Refused extends Error {
  readonly status: 401 | 403;

  constructor(status: 401 | 403, reason = '') {
    super(reason);
    this.status = status;
  }
}

/** API Gateway takes signatures by RSA keys only; `none` and keys the caller shares with the issuer are never good. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];
const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * An authorizer like API Gateway's: the key by the issuer's discovery document, the signature, `iss`, `aud` (or
 * `client_id` where there is no `aud`), and `exp`, `nbf` and `iat`. Times are compared with the real clock, not with the
 * virtual one: the provider that issues the tokens lives in real time, and who may call is a matter of today.
 */
export class JwtAuthorizer {
  readonly #settings: JwtSettings;
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(settings: JwtSettings) {
    this.#settings = settings;
  }

  /**
   * The claims of the request's token.
   *
   * @param scopes the token must have one of these, where there are any
   * @throws Refused 401 for a token that is missing or not good, 403 for one without a scope
   */
  async authorize(headers: Readonly<Record<string, string>>, scopes: readonly string[]): Promise<Authorized> {
    const token = (headers[this.#settings.header] ?? '').replace(/^Bearer /i, '');
    if (token === '') throw new Refused(401);
    const payload = await this.#verify(token);
    this.#checkAudience(payload);
    if (payload.iat !== undefined && payload.iat > Date.now() / 1000) {
      throw new Refused(401, 'the token was issued in the future');
    }
    if (scopes.length > 0 && !scopesOf(payload).some((scope) => scopes.includes(scope))) throw new Refused(403);
    const claims = Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(value)]));
    return { claims, scopes: scopes.length > 0 ? scopes : null };
  }

  async #verify(token: string): Promise<JWTPayload> {
    const { issuer } = this.#settings;
    try {
      const keys = await this.#keysOfIssuer();
      return (await jwtVerify(token, keys, { issuer, algorithms: ALGORITHMS, requiredClaims: ['exp'] })).payload;
    } catch (error) {
      throw new Refused(401, reasonOf(error));
    }
  }

  #checkAudience(payload: JWTPayload): void {
    const given = payload.aud ?? payload['client_id'];
    const audiences = Array.isArray(given) ? given : [given];
    if (!this.#settings.audiences.some((wanted) => audiences.includes(wanted))) {
      throw new Refused(401, 'the token does not have a valid audience');
    }
  }

  /** Discovered on the first call and again after a failure: the provider may start after the API. */
  #keysOfIssuer(): Promise<JWTVerifyGetKey> {
    this.#keys ??= this.#discover().catch((error: unknown) => {
      this.#keys = undefined;
      throw error;
    });
    return this.#keys;
  }

  async #discover(): Promise<JWTVerifyGetKey> {
    const { issuer } = this.#settings;
    const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    if (!response.ok) throw new Error(`${issuer} has no discovery document (${response.status})`);
    return createRemoteJWKSet(new URL(discovery.parse(await response.json()).jwks_uri));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `the token does not have a valid ${error.claim}`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature is not valid';
  if (error instanceof errors.JOSEError) return 'the token is not valid';
  return 'the keys of the issuer cannot be read';
}

const scopesOf = (payload: JWTPayload): readonly string[] =>
  String(payload['scope'] ?? payload['scp'] ?? '').split(' ');

/** API Gateway writes a list as `[a b]` and an object as `map[key:value]`. */
function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${name}:${claimText(member)}`);
  return `map[${members.sort().join(' ')}]`;
}
