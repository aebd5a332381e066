import { describe, expect, test } from 'vitest';
import { ROLES, type Role } from '#shared/runtime/principal.ts';
import type { Caller } from '../../support/api/client.ts';
import { callers, createOffice, foundThroughApi } from '../../support/api/office.ts';
import { pathOf } from '../../support/api/paths.ts';
import { FUND } from '../../support/world.ts';

const office = createOffice();
await foundThroughApi(office.api);

const guarded = office.routes.filter((route) => route.roles.length > 0);
const inFund = guarded.filter((route) => route.path.includes('{fundId}'));
const ofRole = (role: Role): Caller => ({ subject: `only-${role}`, roles: [role], funds: [FUND], bank: 'rcb' });
const name = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

/** The answer to an empty request to a route, and that it changed nothing. */
const ask = async (route: (typeof guarded)[number], fundId: string, as: Caller | undefined) => {
  const before = office.contents();
  const body = route.body === undefined ? undefined : {};
  const answer = await office.api.send({ method: route.method, path: pathOf(route, fundId), as, body });
  expect(office.contents()).toBe(before);
  return answer;
};

describe('who may call', () => {
  test('given every route but the docs, then it asks for a role, and belongs to a fund or looks through those of the token', () => {
    const open = office.routes.filter((route) => route.roles.length === 0).map(name);
    expect(open).toEqual(['GET /problems/{code}', 'GET /openapi.json']);
    const across = guarded.filter((route) => !inFund.includes(route)).map(name);
    expect(across).toEqual(['GET /enterprises/{firmId}', 'GET /enterprises/{firmId}/timeline']);
  });

  test.each(guarded.map((route) => [name(route), route] as const))('%s without a token: 401', async (_, route) => {
    const answer = await ask(route, FUND, undefined);
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  });

  test.each(inFund.map((route) => [name(route), route] as const))(
    '%s of a fund outside the token: 404, as for one that is not there',
    async (_, route) => {
      const everything = { ...callers.stranger, roles: Object.keys(ROLES), bank: 'rcb' };
      const foreign = await ask(route, FUND, everything);
      const absent = await ask(route, 'nowhere', everything);
      expect(foreign).toMatchObject({ status: 404, body: { code: 'FUND_NOT_FOUND' } });
      const anonymous = (body: object) => JSON.stringify({ ...body, instance: '', details: {} });
      expect(anonymous(foreign.body)).toBe(anonymous(absent.body));
    },
  );

  test.each(guarded.map((route) => [name(route), route] as const))('%s: 403 for every other role', async (_, route) => {
    const roles = Object.keys(ROLES) as Role[];
    for (const role of roles) {
      const { body } = await ask(route, FUND, ofRole(role));
      if (route.roles.includes(role)) expect(['ROLE_REQUIRED', 'UNAUTHENTICATED']).not.toContain(body['code']);
      else expect({ role, code: body['code'] }).toEqual({ role, code: 'ROLE_REQUIRED' });
    }
    const { status } = await ask(route, FUND, { subject: 'x', roles: ['superuser', '__proto__'], funds: [FUND] });
    expect(status).toBe(403);
  });

  test.each(['', ' ', 'two words', 'офицер', 'a\u200bb', 'x'.repeat(65)])(
    'given the subject "%s", which no charter could name, then the caller is not let in',
    async (subject) => {
      const route = { method: 'GET', path: `/funds/${FUND}/books/head` };
      const { body } = await office.api.send({ ...route, as: { subject, roles: ['auditor'], funds: [FUND] } });
      expect(body).toMatchObject({ code: 'UNAUTHENTICATED' });
    },
  );

  test('given a path or method the API does not have, then it says so', async () => {
    const send = (method: string, path: string) => office.api.send({ method, path, as: callers.auditor });
    expect(await send('GET', '/funds/seed/secrets')).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND' } });
    expect(await send('DELETE', '/funds/seed/loans')).toMatchObject({
      status: 405,
      body: { code: 'METHOD_NOT_ALLOWED' },
    });
    expect(await send('GET', '/funds/seed/../other/loans')).toMatchObject({
      status: 404,
      body: { code: 'ROUTE_NOT_FOUND' },
    });
  });
});
