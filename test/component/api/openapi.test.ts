import { describe, expect, test } from 'vitest';
import { createOffice } from '../../support/api/office.ts';

const office = createOffice();
const { body: document } = await office.api.send({ method: 'GET', path: '/openapi.json' });

/** Every object of the document with where it stands. */
const objects = (value: unknown, at = '#'): readonly (readonly [string, Readonly<Record<string, unknown>>])[] => {
  if (Array.isArray(value)) return value.flatMap((one, i) => objects(one, `${at}/${i}`));
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value);
  return [[at, Object.fromEntries(members)], ...members.flatMap(([name, one]) => objects(one, `${at}/${name}`))];
};
const all = objects(document);

describe('the contract as it is served', () => {
  test('describes every route, each operation by a name of its own', () => {
    const operations = Object.entries(document['paths'] as Record<string, Record<string, { operationId: string }>>);
    const described = operations.flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(office.routes.map((r) => `${r.method} ${r.path}`).sort());
    const names = operations.flatMap(([, methods]) => Object.values(methods).map((o) => o.operationId));
    expect(new Set(names).size).toBe(names.length);
  });

  test('leaves no reference without its target', () => {
    const places = new Set(all.map(([at]) => at));
    const references = all.flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.length).toBeGreaterThan(10);
    expect(references.filter((reference) => !places.has(reference))).toEqual([]);
  });

  test('describes every member it requires', () => {
    const missing = all.flatMap(([at, { required, properties }]) =>
      Array.isArray(required) && typeof properties === 'object' && properties !== null
        ? required.filter((name) => !Object.hasOwn(properties, String(name))).map((name) => `${at}: ${name}`)
        : [],
    );
    expect(missing).toEqual([]);
  });

  test('says of every parameter of a path that it is required', () => {
    const inPath = all.flatMap(([, one]) => (one['in'] === 'path' ? [one] : []));
    expect(inPath.length).toBeGreaterThan(10);
    expect(inPath.filter((parameter) => parameter['required'] !== true)).toEqual([]);
  });
});
