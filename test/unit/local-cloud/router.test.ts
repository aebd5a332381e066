import { describe, expect, it } from 'vitest';
import { createRouter, segmentsOf } from '#infra/local/http/router.ts';

const router = createRouter(
  [
    'ANY /{proxy+}',
    'GET /funds/{fundId}',
    'GET /funds/all',
    'ANY /funds/{fundId}/loans',
    'POST /funds/{fundId}/loans',
    'GET /files/{rest+}',
    '$default',
  ].map((routeKey) => ({ routeKey, target: routeKey })),
);
const routeOf = (method: string, path: string) => {
  const match = router(method, segmentsOf(path));
  return [match?.routeKey, match?.pathParameters];
};

describe('routes', () => {
  it('prefer a literal segment to a variable, and a variable to a greedy one', () => {
    expect(routeOf('GET', '/funds/all')).toEqual(['GET /funds/all', {}]);
    expect(routeOf('GET', '/funds/seed')).toEqual(['GET /funds/{fundId}', { fundId: 'seed' }]);
    expect(routeOf('GET', '/funds/seed/other')).toEqual(['ANY /{proxy+}', { proxy: 'funds/seed/other' }]);
  });

  it('prefer the method to ANY', () => {
    expect(routeOf('POST', '/funds/seed/loans')[0]).toBe('POST /funds/{fundId}/loans');
    expect(routeOf('GET', '/funds/seed/loans')[0]).toBe('ANY /funds/{fundId}/loans');
  });

  it('decode each segment after splitting, so that an escaped slash stays in its segment', () => {
    expect(routeOf('GET', '/funds/a%2Fb')).toEqual(['GET /funds/{fundId}', { fundId: 'a/b' }]);
    expect(routeOf('GET', '/files/%E5%B9%B4/1%25')).toEqual(['GET /files/{rest+}', { rest: '年/1%' }]);
    expect(() => segmentsOf('/funds/%E0%A4%A')).toThrow(URIError);
  });

  it('take nothing for a variable only where there is something', () => {
    expect(
      createRouter([{ routeKey: 'GET /funds/{fundId}', target: 1 }])('GET', segmentsOf('/funds/')),
    ).toBeUndefined();
  });

  it('go to $default when nothing fits, and nowhere without it', () => {
    expect(createRouter([{ routeKey: '$default', target: 1 }])('PUT', ['x'])?.target).toBe(1);
    expect(createRouter([{ routeKey: 'GET /x', target: 1 }])('PUT', ['x'])).toBeUndefined();
  });
});
