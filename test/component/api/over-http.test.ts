import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '#shared/errors/catalogue.ts';
import { stateAttacks } from '../../support/api/attacks/state.ts';
import { inputAttacks } from '../../support/api/attacks.ts';
import { applyThroughApi, callers, foundThroughApi } from '../../support/api/office.ts';
import { type HttpOffice, startHttpOffice } from '../../support/api/over-http.ts';

describe('the API over HTTP, with the tokens of a real provider', () => {
  let office: HttpOffice;
  let filed: Parameters<typeof stateAttacks>[0];
  beforeAll(async () => {
    office = await startHttpOffice();
    await foundThroughApi(office.api);
    filed = { n: 1, ...(await applyThroughApi(office.api, 1)) };
  });
  afterAll(() => office.stop());

  test('given bad input of every kind, when it is sent, then each has its code and nothing changes', async () => {
    const before = office.contents();
    const expected: string[] = [];
    const found: string[] = [];
    for (const { name, request, code } of [...inputAttacks(), ...stateAttacks(filed)]) {
      const { status, body, headers } = await office.api.send({ ...request, language: 'en' });
      expected.push(`${name}: ${catalogue[code].status} ${code} ${catalogue[code].en} application/problem+json`);
      found.push(`${name}: ${status} ${body['code']} ${body['title']} ${headers['content-type']}`);
    }
    expect(found).toEqual(expected);
    expect(office.contents()).toBe(before);
  });

  test('given a fund that is not in the token, then it looks like none', async () => {
    const { status, body } = await office.api.send({ method: 'GET', path: '/funds/other/loans', as: callers.auditor });
    expect({ status, code: body['code'] }).toEqual({ status: 404, code: 'FUND_NOT_FOUND' });
  });

  test('given the same request five times at once, then it takes effect once', async () => {
    const { caseId } = filed;
    const request = {
      method: 'POST',
      path: `/funds/seed/cases/${caseId}/reviews`,
      as: callers.reviewer,
      key: 'all-at-once',
      body: { ...filed.shown, opinion: 'return', comment: '补充材料' },
    };
    const answers = await Promise.all(Array.from({ length: 5 }, () => office.api.send(request)));
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200, 200]);
    expect(answers.filter((a) => a.body['replayed'] === false)).toHaveLength(1);
  });

  describe('tokens', () => {
    const ask = async (token: string | undefined): Promise<number> => {
      const before = office.contents();
      const answer = await fetch(`${office.apiUrl}/funds/seed/loans/applications`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': 'forged-token',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: '{}',
      });
      expect(office.contents()).toBe(before);
      return answer.status;
    };

    const claims = async () => decodeJwt(await office.tokenFor('officer-1'));
    const now = () => Math.floor(Date.now() / 1_000);

    test('given the officer’s own token, then only the body is refused', async () => {
      expect(await ask(await office.tokenFor('officer-1'))).toBe(400);
    });

    test('given none, an empty one, or one that is no token, then 401', async () => {
      expect(await Promise.all([undefined, '', 'nonsense', 'a.b.c'].map(ask))).toEqual([401, 401, 401, 401]);
    });

    test('given one whose claims were changed, then 401', async () => {
      const [header, , signature] = (await office.tokenFor('auditor-1')).split('.');
      const claims = { ...decodeJwt(await office.tokenFor('auditor-1')), roles: ['officer'] };
      const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
      expect(await ask(`${header}.${body}.${signature}`)).toBe(401);
    });

    test('given one signed by another key, or by none, then 401', async () => {
      const real = await office.tokenFor('officer-1');
      const { kid = '' } = decodeProtectedHeader(real);
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const forged = await new SignJWT(await claims()).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
      const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
      expect(await ask(forged)).toBe(401);
      expect(await ask(`${none}.${real.split('.')[1]}.`)).toBe(401);
    });

    test.each([
      ['has expired', () => ({ exp: now() - 60 })],
      ['is not good yet', () => ({ nbf: now() + 600 })],
      ['is for somebody else', () => ({ aud: 'another-api' })],
      ['is of another issuer', () => ({ iss: 'http://127.0.0.1:1' })],
    ])('given one of the provider’s own that %s, then 401', async (_, changes) => {
      expect(await ask(await office.sign({ ...(await claims()), ...changes() }))).toBe(401);
    });

    test('given one of the provider’s own without a role, or without the fund, then it is of no use', async () => {
      expect(await ask(await office.sign({ ...(await claims()), roles: [] }))).toBe(403);
      expect(await ask(await office.sign({ ...(await claims()), funds: ['other'] }))).toBe(404);
      expect(await ask(await office.sign({ ...(await claims()) }))).toBe(400);
    });

    test('given another’s role, then 403', async () => {
      expect(await ask(await office.tokenFor('auditor-1'))).toBe(403);
    });
  });

  test('given a part that cannot be ended, when the office is closed, then every other part ends, and it is said', async () => {
    office.bank.close();
    await expect(office.stop()).rejects.toThrow(/did not end cleanly: database is not open/);
    for (const address of [office.apiUrl, office.issuer]) await expect(fetch(address)).rejects.toThrow('fetch failed');
  });
});
