import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalCloud } from '#infra/local/cloud.ts';
import { eventIn, startSmallCloud, temporaryDirectory } from './support/cloud.ts';
import { startIssuer, type TestIssuer } from './support/issuer.ts';

const directory = temporaryDirectory();
let issuer: TestIssuer;
let cloud: LocalCloud;

beforeAll(async () => {
  issuer = await startIssuer('jinqu');
  cloud = await startSmallCloud(directory.path, { issuer: issuer.url });
});
afterAll(async () => {
  await cloud.stop();
  await issuer.stop();
  directory.remove();
});

const ask = (token?: string, path = '/closed') =>
  fetch(`${cloud.apiUrl}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
const now = () => Math.floor(Date.now() / 1000);

describe('a good token', () => {
  it('is let through, its claims handed over as text', async () => {
    const response = await ask(await issuer.token({ roles: ['officer', 'reviewer'], level: 3, deep: { a: true } }));
    expect(response.status).toBe(200);
    const event = await eventIn(response);
    expect(event.requestContext?.authorizer.jwt).toMatchObject({
      claims: { sub: 'officer-1', aud: 'jinqu', roles: '[officer reviewer]', level: '3', deep: 'map[a:true]' },
      scopes: null,
    });
  });

  it('may name the client where it names no audience, and our audience among others', async () => {
    expect((await ask(await issuer.token({ aud: undefined, client_id: 'jinqu' }))).status).toBe(200);
    expect((await ask(await issuer.token({ aud: ['other', 'jinqu'] }))).status).toBe(200);
  });

  it('may come without the word Bearer', async () => {
    const authorization = await issuer.token();
    expect((await fetch(`${cloud.apiUrl}/closed`, { headers: { authorization } })).status).toBe(200);
  });

  it('must have a scope where the route asks for one', async () => {
    const without = await ask(await issuer.token({ scope: 'books:write' }), '/scoped');
    expect([without.status, await without.json()]).toEqual([403, { message: 'Forbidden' }]);
    expect((await ask(await issuer.token({ scope: 'x books:read' }), '/scoped')).status).toBe(200);
  });
});

describe('a caller is refused', () => {
  const refusal = async (token?: string): Promise<string> => {
    const response = await ask(token);
    expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
    return response.headers.get('www-authenticate') ?? '';
  };

  it('without a token', async () => {
    expect(await refusal()).toBe('Bearer');
  });

  it.each([
    ['for another audience', { aud: 'other' }, 'audience'],
    ['whose client is ours but whose audience is not', { aud: 'other', client_id: 'jinqu' }, 'audience'],
    ['of another issuer', { iss: 'http://127.0.0.1:1' }, 'iss'],
    ['that has expired', { exp: now() - 1 }, 'expired'],
    ['that never expires', { exp: undefined }, 'exp'],
    ['that is not yet good', { nbf: now() + 60 }, 'nbf'],
    ['that was issued in the future', { iat: now() + 60 }, 'future'],
  ])('with a token %s', async (_what, claims, reason) => {
    expect(await refusal(await issuer.token(claims))).toContain(reason);
  });

  it('with a token signed by another key, whether or not it claims to be ours', async () => {
    const { privateKey: key } = await generateKeyPair('RS256');
    expect(await refusal(await issuer.token({}, { key }))).toContain('signature');
    expect(await refusal(await issuer.token({}, { key, kid: 'another-key' }))).toContain('not valid');
  });

  it('with a token that is not signed, or signed with our public key as a secret', async () => {
    const claims = { iss: issuer.url, aud: 'jinqu', sub: 'officer-1', exp: now() + 60 };
    expect(await refusal(new UnsecuredJWT(claims).encode())).toContain('not valid');
    const secret = new TextEncoder().encode(issuer.publicKeyPem);
    const confused = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'the-key' }).sign(secret);
    expect(await refusal(confused)).toContain('not valid');
  });

  it('with a token that was changed, and with what is no token', async () => {
    const [header, , signature] = (await issuer.token()).split('.');
    const forged = Buffer.from(JSON.stringify({ iss: issuer.url, aud: 'jinqu', sub: 'admin-1', exp: now() + 60 }));
    expect(await refusal(`${header}.${forged.toString('base64url')}.${signature}`)).toContain('signature');
    expect(await refusal('nonsense')).toContain('not valid');
  });
});

describe('a route without an authorizer', () => {
  it('asks for nothing and tells the function of nobody', async () => {
    const response = await ask('nonsense', '/open/thing');
    expect(response.status).toBe(200);
    expect((await eventIn(response)).requestContext?.authorizer).toBeUndefined();
  });
});
