import { describe, expect, test } from 'vitest';
import type { ApiAnswer } from '../../support/api/client.ts';
import { applyThroughApi, callers, createOffice, foundThroughApi } from '../../support/api/office.ts';
import { FUND } from '../../support/world.ts';

const office = createOffice();
await foundThroughApi(office.api);
for (const n of [1, 2, 3, 4]) await applyThroughApi(office.api, n);

const get = (path: string, query = ''): Promise<ApiAnswer> =>
  office.api.send({ method: 'GET', path: `/funds/${FUND}${path}`, query, as: callers.auditor });
const idsOf = (answer: ApiAnswer): readonly string[] => (answer.body['items'] as { id: string }[]).map((row) => row.id);
const cursorOf = async (path: string): Promise<string> => String((await get(path, 'limit=1')).body['cursor']);

describe('lists', () => {
  test('given five cases, when they are read two at a time, then each comes once and the last page has no cursor', async () => {
    const seen: string[] = [];
    let query = 'limit=2';
    for (;;) {
      const page = await get('/cases', query);
      seen.push(...idsOf(page));
      if (page.body['cursor'] === undefined) break;
      query = `limit=2&cursor=${page.body['cursor']}`;
    }
    expect(seen).toHaveLength(5);
    expect(seen).toEqual(idsOf(await get('/cases', 'limit=100')));
  });

  test('given cases of two statuses, when one is asked for, then its cases come page by page and no other does', async () => {
    const all = (await get('/cases', 'limit=100')).body['items'] as { id: string; status: string }[];
    const submitted = all.filter((row) => row.status === 'submitted').map((row) => row.id);
    expect([submitted.length, all.length]).toEqual([4, 5]);
    const first = await get('/cases', 'limit=3&status=submitted');
    const cursor = String(first.body['cursor']);
    const second = await get('/cases', `limit=3&status=submitted&cursor=${cursor}`);
    expect([...idsOf(first), ...idsOf(second)]).toEqual(submitted);
    expect(second.body['cursor']).toBeUndefined();
    expect(idsOf(await get('/cases', 'status=done'))).toHaveLength(1);
    expect(idsOf(await get('/cases', 'status=lapsed'))).toEqual([]);
    for (const query of [`cursor=${cursor}`, `status=done&cursor=${cursor}`])
      expect((await get('/cases', query)).body['code']).toBe('CURSOR_INVALID');
  });

  test.each([
    ['/cases', 'status=paid'],
    ['/cases', 'status='],
    ['/cases', 'status=submitted&status=done'],
    ['/cases', 'status=__proto__'],
    ['/charters', 'status=active'],
    ['/statements', 'status=open'],
    ['/gradings', 'status=open'],
  ])('given the list %s has no such status: %s, then it is refused', async (path, query) => {
    expect(await get(path, query)).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
  });

  test.each([
    'limit=0',
    'limit=-1',
    'limit=101',
    'limit=1000000000',
    'limit=1.5',
    'limit=1e1',
    'limit=0x10',
    'limit=%2010',
    'limit=',
    'limit=ten',
    'limit=5&limit=6',
    'page=2',
    'cursor=&cursor=',
    `cursor=${'A'.repeat(501)}`,
    '__proto__=1',
  ])('given the query %s, then it is refused', async (query) => {
    const answer = await get('/cases', query);
    expect(answer).toMatchObject({ status: 400, body: { code: expect.stringMatching(/^(REQUEST|CURSOR)_INVALID$/) } });
  });

  test.each(['2017-02-30', 'yesterday', '2017-01-01,2017-01-02', ''])(
    'given asOf=%s, then it is refused',
    async (date) => {
      const { body } = await get('/books/trial-balance', `asOf=${date}`);
      expect(body['code']).toBe('REQUEST_INVALID');
    },
  );

  test.each(['0', '-1', '1e3', '0x10', '1.5', ' 1', '1,2', '1000000', ''])(
    'given from=%s, then it is refused',
    async (from) => {
      const { body } = await get('/imports/IM-000000000000/rows', `from=${encodeURIComponent(from)}`);
      expect(body['code']).toBe('REQUEST_INVALID');
    },
  );

  test('given a cursor of another list, of another fund, or none of ours, then it is not valid', async () => {
    const cursor = await cursorOf('/cases');
    const changed = Buffer.from(Buffer.from(cursor, 'base64url').toString().replace('"v":1', '"v":2')).toString(
      'base64url',
    );
    const answers = [
      await get('/books/entries', `cursor=${cursor}`),
      await get('/cases', `cursor=${await cursorOf('/books/entries')}`),
      await get('/cases', `cursor=${cursor.slice(2)}`),
      await get('/cases', `cursor=${changed}`),
      await get('/cases', 'cursor=bm90IEpTT04'),
      await get('/cases', 'cursor=bnVsbA'),
      await office.api.send({
        method: 'GET',
        path: '/funds/other/cases',
        query: `cursor=${cursor}`,
        as: { ...callers.auditor, funds: ['other'] },
      }),
    ];
    expect(answers.map((a) => a.body['code'])).toEqual(answers.map(() => 'CURSOR_INVALID'));
  });

  test.each([
    ['/books/accounts/9999/lines', 'REQUEST_INVALID'],
    ['/books/accounts/toString/lines', 'REQUEST_INVALID'],
    ['/books/accounts/1002/by/__proto__', 'REQUEST_INVALID'],
    ['/views/head/x/timeline', 'REQUEST_INVALID'],
    [`/views/case/${'x'.repeat(41)}/timeline`, 'REQUEST_INVALID'],
    ['/charters/0', 'REQUEST_INVALID'],
    ['/charters/1%20OR%201=1', 'REQUEST_INVALID'],
    ['/charters/2', 'CHARTER_NOT_FOUND'],
    ['/enterprises/91500118MA5UUUUU1X', 'ENTERPRISE_NOT_FOUND'],
  ])('given %s, then the answer is %s', async (path, code) => {
    expect((await get(path)).body['code']).toBe(code);
  });
});
