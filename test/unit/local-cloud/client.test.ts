import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type Answer, type Caller, createApi, type Request } from '#infra/local/client/api.ts';

const json = (status: number, body: object): Answer => ({ status, body: JSON.stringify(body) });

/** An answer of the application itself, as a problem document. */
const problem = (status: number, code: string, retryable: boolean): Answer =>
  json(status, { type: 'about:blank', status, code, title: 'No', retryable, details: { loanId: 'LN-1' } });

const GOOD = json(200, { seq: 7, replayed: false, type: 'loan', id: 'LN-1', state: {} });

/** An API that gives these answers in turn, the last of them for ever; an error is a connection that drops. */
const answering = (...answers: readonly (Answer | Error)[]) => {
  const asked: Request[] = [];
  let tokens = 0;
  const as = createApi({
    transport: async (request) => {
      const answer = answers[Math.min(asked.push(request), answers.length) - 1];
      if (answer === undefined || answer instanceof Error) throw answer;
      return answer;
    },
    tokenFor: async (userId) => {
      tokens += 1;
      return `${userId}:${tokens}`;
    },
    language: 'en',
  });
  return { asked, officer: as('officer-1') };
};

const post = (caller: Caller) => caller.post('/funds/seed/loans/contracts', 'key-1', { caseId: 'CS-1' });

describe('the API as a person uses it', () => {
  test.each([
    ['a gateway that is too busy says so in its own words', json(503, { message: 'Service Unavailable' })],
    ['a gateway counts too many requests', json(429, { message: 'Too Many Requests' })],
    ['the application says that it may be tried again', problem(409, 'BOOK_BUSY', true)],
    ['the application is not available and may be tried again', problem(503, 'TEMPORARILY_UNAVAILABLE', true)],
    ['a token is not taken', json(401, { message: 'Unauthorized' })],
    ['the connection drops', new TypeError('fetch failed')],
  ])('given %s, then the same command is sent again under the same key', async (_, first) => {
    const { asked, officer } = answering(first, GOOD);
    expect(await post(officer)).toMatchObject({ seq: 7 });
    expect(asked).toHaveLength(2);
    expect(asked.map((r) => [r.method, r.path, r.headers['idempotency-key'], r.body])).toEqual(
      Array(2).fill(['POST', '/funds/seed/loans/contracts', 'key-1', '{"caseId":"CS-1"}']),
    );
  });

  test.each([
    ['a refusal', problem(422, 'LOAN_STATE_WRONG', false), '422 LOAN_STATE_WRONG No loanId=LN-1'],
    ['a 503 that is not to be tried again', problem(503, 'CLOSED', false), '503 CLOSED No loanId=LN-1'],
    ['an error of the server', json(500, { message: 'Internal Server Error' }), '500 {"message":"Internal Server'],
    ['a route there is not', json(404, { message: 'Not Found' }), '404 {"message":"Not Found"}'],
  ])('given %s, then it is not sent again, and who was refused what is told', async (_, answer, told) => {
    const { asked, officer } = answering(answer);
    await expect(post(officer)).rejects.toThrow(`officer-1 POST /funds/seed/loans/contracts: ${told}`);
    expect(asked).toHaveLength(1);
  });

  test('given requests one after the other, then each carries the token its holder has at the time', async () => {
    const { asked, officer } = answering(json(200, {}));
    for (const path of ['/funds/seed/loans', '/funds/seed/cases']) await officer.get(path, z.object({}));
    expect(asked.map((r) => r.headers['authorization'])).toEqual(['Bearer officer-1:1', 'Bearer officer-1:2']);
  });

  test('given a list of several pages, then all items come, each page asked for by the cursor of the one before', async () => {
    const { asked, officer } = answering(json(200, { items: ['a', 'b'], cursor: 'x y' }), json(200, { items: ['c'] }));
    expect(await officer.all('/funds/seed/loans', z.string())).toEqual(['a', 'b', 'c']);
    expect(asked.map((r) => r.path)).toEqual([
      '/funds/seed/loans?limit=100',
      '/funds/seed/loans?limit=100&cursor=x%20y',
    ]);
  });
});
