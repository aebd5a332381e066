import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { cursorOf, pageOf, pageQuery } from '#shared/runtime/cursor.ts';
import { actorOf, bankOf, principalOf, requireAnyRole, requireFund } from '#shared/runtime/principal.ts';
import { refusalOf } from '../../support/refusal.ts';

const LIST = ['listLoans', '{"fundId":"seed"}'];
const raw = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('cursors', () => {
  test('given where a page ended, then its cursor leads back there, in the same list', () => {
    const { cursor } = cursorOf('LN-1', LIST);
    expect(pageOf({ limit: 5, cursor }, LIST)).toEqual({ limit: 5, after: 'LN-1' });
    expect(pageOf({ limit: 5 }, LIST)).toEqual({ limit: 5 });
    expect(cursorOf(undefined, LIST)).toEqual({});
  });

  test('given the cursor of another list, or of another fund, then CURSOR_INVALID', () => {
    const { cursor } = cursorOf('LN-1', LIST);
    expect(refusalOf(() => pageOf({ limit: 5, cursor }, ['listCases', '{"fundId":"seed"}']))).toBe('CURSOR_INVALID');
    expect(refusalOf(() => pageOf({ limit: 5, cursor }, ['listLoans', '{"fundId":"other"}']))).toBe('CURSOR_INVALID');
  });

  test.each([
    ['nonsense'],
    [''],
    ['{}'],
    [raw({})],
    [raw(null)],
    [raw([])],
    [raw({ v: 2, q: 'x', k: 'y' })],
    [raw({ v: 1, q: 'x', k: 'LN-1' })],
    [raw({ v: 1, q: 'x', k: 'LN-1', more: 1 })],
    [cursorOf('LN-1', LIST).cursor?.slice(0, -3) ?? ''],
    [cursorOf('', LIST).cursor ?? ''],
    [cursorOf('x'.repeat(301), LIST).cursor ?? ''],
  ])('given %j, then CURSOR_INVALID', (cursor) => {
    expect(refusalOf(() => pageOf({ limit: 5, cursor }, LIST))).toBe('CURSOR_INVALID');
  });

  test.each([
    [undefined, 20],
    ['1', 1],
    ['100', 100],
  ])('given the limit %j, then %i', (limit, expected) => {
    expect(z.object(pageQuery).parse({ limit }).limit).toBe(expected);
  });

  test.each(['0', '101', '-1', '1.5', 'all', '1e99'])('given the limit %j, then it is refused', (limit) => {
    expect(z.object(pageQuery).safeParse({ limit }).success).toBe(false);
  });
});

describe('who calls', () => {
  const NAMES = { roles: 'roles', funds: 'https://jinqu/funds', bank: 'bank' };
  const claims = { sub: 'u-1', name: '王', roles: '[officer auditor]', 'https://jinqu/funds': 'seed,zone' };

  test('given verified claims, then the caller has their subject, name, roles and funds', () => {
    expect(principalOf(claims, NAMES)).toEqual({
      subject: 'u-1',
      name: '王',
      roles: ['officer', 'auditor'],
      funds: ['seed', 'zone'],
    });
  });

  test.each([
    ['[officer]', ['officer']],
    ['officer', ['officer']],
    ['officer,auditor', ['officer', 'auditor']],
    ['officer  auditor', ['officer', 'auditor']],
    ['[]', []],
    ['', []],
    ['superuser officer', ['officer']],
    ['constructor __proto__ toString', []],
    ['OFFICER', []],
  ])('given roles as %j, then %j', (roles, expected) => {
    expect(principalOf({ ...claims, roles }, NAMES).roles).toEqual(expected);
  });

  test('given no name, then the subject; no lists, then none', () => {
    expect(principalOf({ sub: 'u-1' }, NAMES)).toEqual({ subject: 'u-1', name: 'u-1', roles: [], funds: [] });
    expect(principalOf({ sub: 'u-1', name: '', roles: 7 }, NAMES)).toMatchObject({ name: 'u-1', roles: [] });
  });

  test.each([
    ['rcb', 'rcb'],
    ['RCB', undefined],
    ['', undefined],
    ['rcb other', undefined],
    [7, undefined],
    [undefined, undefined],
  ])(
    'given the bank %j, then the caller is a machine of %s, and a bank’s machine without one is BANK_NOT_NAMED',
    (bank, named) => {
      const principal = principalOf({ ...claims, roles: 'bank', ...(bank === undefined ? {} : { bank }) }, NAMES);
      expect(principal.bank).toBe(named);
      expect(refusalOf(() => bankOf(principal))).toBe(named === undefined ? 'BANK_NOT_NAMED' : undefined);
    },
  );

  test.each([[undefined], [null], ['token'], [{}], [{ sub: '' }], [{ sub: 7 }], [{ sub: 'u', roles: ['officer'] }]])(
    'given claims %j, then UNAUTHENTICATED',
    (given) => {
      expect(refusalOf(() => principalOf(given, NAMES))).toBe('UNAUTHENTICATED');
    },
  );

  test('given roles and funds, then only theirs are admitted, and a foreign fund looks like none', () => {
    const principal = principalOf(claims, NAMES);
    expect(refusalOf(() => requireAnyRole(principal, ['treasurer', 'auditor']))).toBeUndefined();
    expect(refusalOf(() => requireAnyRole(principal, ['treasurer']))).toBe('ROLE_REQUIRED');
    expect(refusalOf(() => requireAnyRole(principal, []))).toBe('ROLE_REQUIRED');
    expect(refusalOf(() => requireFund(principal, 'seed'))).toBeUndefined();
    expect(refusalOf(() => requireFund(principal, 'see'))).toBe('FUND_NOT_FOUND');
    expect(actorOf(principal)).toEqual({ kind: 'person', id: 'u-1', name: '王', roles: ['officer', 'auditor'] });
  });
});
