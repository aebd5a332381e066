import { request } from 'node:http';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Identity, startIdentity } from '#infra/local/identity/provider.ts';
import { USERS, userById } from '#infra/local/identity/users.ts';
import { type LocalState, openState } from '#infra/local/state.ts';
import { ROLES } from '#shared/runtime/principal.ts';
import { eventIn, startSmallCloud, temporaryDirectory } from './support/cloud.ts';

const directory = temporaryDirectory();
let state: LocalState;
let identity: Identity;

const start = async () => {
  state = openState(directory.path, 'identity');
  identity = await startIdentity({ directory: directory.path, audience: 'jinqu', state, users: USERS });
};
const stop = async () => {
  await identity.stop();
  state.close();
};

beforeAll(start);
afterAll(async () => {
  await stop();
  directory.remove();
});

const authorizationUrl = (changes: Record<string, string> = {}) => {
  const url = new URL(`${identity.issuer}/auth`);
  url.search = new URLSearchParams({
    client_id: 'jinqu-local',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:5173/callback',
    scope: 'openid profile',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...changes,
  }).toString();
  return url;
};

describe('the users', () => {
  it('cover every role, each with a Chinese name', () => {
    expect(new Set(USERS.flatMap(({ roles }) => roles))).toEqual(new Set(Object.keys(ROLES)));
    expect(USERS.filter(({ name }) => !/^\p{Script=Han}+$/u.test(name))).toEqual([]);
  });
});

describe('a token', () => {
  it('is for our audience, of our issuer, and says who the user is', async () => {
    const token = await identity.tokenFor('science-1');
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(`${identity.issuer}/jwks`)), {
      issuer: identity.issuer,
      audience: 'jinqu',
    });
    expect(payload).toMatchObject({ sub: 'science-1', roles: ['science-bureau'], funds: userById('science-1').funds });
    expect(payload['name']).toMatch(/^\p{Script=Han}+$/u);
  });

  it('is used again while it is good, and is another for another user', async () => {
    expect(await identity.tokenFor('officer-1')).toBe(await identity.tokenFor('officer-1'));
    expect(decodeJwt(await identity.tokenFor('officer-2')).sub).toBe('officer-2');
  });

  it('is not given to nobody', async () => {
    await expect(identity.tokenFor('nobody-1')).rejects.toThrow('no local user nobody-1');
  });

  it('opens the API, also after provider and cloud have started again', async () => {
    const token = await identity.tokenFor('auditor-1');
    const call = async () => {
      const cloud = await startSmallCloud(directory.path, { issuer: identity.issuer });
      const response = await fetch(`${cloud.apiUrl}/closed`, { headers: { authorization: `Bearer ${token}` } });
      const event = await eventIn(response);
      await cloud.stop();
      return event.requestContext?.authorizer.jwt.claims;
    };
    const { issuer } = identity;
    expect(await call()).toMatchObject({
      sub: 'auditor-1',
      roles: '[auditor]',
      funds: `[${userById('auditor-1').funds.join(' ')}]`,
    });
    await stop();
    await start();
    expect(identity.issuer).toBe(issuer);
    expect(await call()).toMatchObject({ sub: 'auditor-1' });
  });
});

describe('signing in', () => {
  it('shows a page in both languages that lists the users and says that it asks for no password', async () => {
    const first = await fetch(authorizationUrl(), { redirect: 'manual' });
    const cookie = first.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const page = await fetch(new URL(first.headers.get('location') ?? '', identity.issuer), { headers: { cookie } });
    const html = await page.text();
    expect(html).toContain('不需要密码');
    expect(html).toContain('without a password');
    for (const { id, name } of USERS) expect([html.includes(id), html.includes(name)]).toEqual([true, true]);
  });

  it.each([
    ['without PKCE', { code_challenge: '', code_challenge_method: '' }],
    ['for an address that is not of this machine', { redirect_uri: 'https://evil.example/callback' }],
    ['for another API', { resource: 'urn:other:api' }],
    ['with a response that is no code', { response_type: 'id_token' }],
  ])('is refused %s', async (_what, changes) => {
    const response = await fetch(authorizationUrl(changes), { redirect: 'manual' });
    const location = response.headers.get('location') ?? '';
    expect(location).not.toContain('/interaction/');
    expect(response.status === 400 || location.includes('error=')).toBe(true);
  });

  it('is not offered under another name than this machine has', async () => {
    const status = await new Promise((resolve, reject) => {
      request(
        `${identity.issuer}/.well-known/openid-configuration`,
        { headers: { host: 'evil.example' } },
        (response) => resolve(response.statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it('cannot be gone on with in another browser', async () => {
    const first = await fetch(authorizationUrl(), { redirect: 'manual' });
    const response = await fetch(new URL(first.headers.get('location') ?? '', identity.issuer), {
      method: 'POST',
      body: new URLSearchParams({ user: 'admin-1' }),
    });
    expect(response.status).toBe(400);
  });
});
