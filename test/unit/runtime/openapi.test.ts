import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openApiOf } from '#shared/runtime/openapi.ts';
import { ROLES } from '#shared/runtime/principal.ts';
import type { Route } from '#shared/runtime/route.ts';
import { createOffice } from '../../support/api/office.ts';
import { createMemoryFiles } from '../../support/import-files.ts';
import { createMemoryReader } from '../../support/memory-reader.ts';
import { createWorld } from '../../support/world.ts';

type Json = Readonly<Record<string, unknown>>;

const ISSUER = 'https://issuer.example/';
const { routes } = createOffice();
const document = openApiOf(routes, ISSUER) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>>; readonly securitySchemes: Json };
  readonly security: readonly Json[];
};

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Json;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: readonly Json[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Json };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Json }>>;
}

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const operationOf = (route: Route): Operation | undefined => document.paths[route.path]?.[route.method.toLowerCase()];

/** Every object inside a value, with its path. */
const nodes = (value: unknown, at = '#'): readonly (readonly [string, Json])[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : [[at, value as Json] as const];
  return [...own, ...Object.entries(value).flatMap(([name, member]) => nodes(member, `${at}/${name}`))];
};

const root = join(import.meta.dirname, '../../..');
const routesFiles = globSync('functions/*/*routes.ts', { cwd: root });
const { kernel, ledger } = createWorld();
const reader = createMemoryReader(ledger);
const files = createMemoryFiles();
type MakeRoutes = (...parts: readonly unknown[]) => readonly Route[];

describe('the OpenAPI document', () => {
  test.each(routesFiles)('given %s, then all its routes are in the document', async (path) => {
    const module = (await import(join(root, path))) as Readonly<Record<string, unknown>>;
    const makers = Object.entries(module).filter(([name]) => /^(?!capability|described|docs).*Routes$/.test(name));
    expect(makers).toHaveLength(path.includes('/docs/') ? 0 : 1);
    // Some functions have no commands, so their routes are made without the kernel.
    for (const [, make] of makers as [string, MakeRoutes][])
      for (const route of make.length === 2 ? make(ledger, reader) : make(kernel, ledger, reader, files))
        expect([route.path, operationOf(route)?.operationId]).toEqual([route.path, route.operationId]);
  });

  test('given its components, then every one is used', () => {
    const used = nodes(document).flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref.split('/').at(-1)] : []));
    expect(Object.keys(document.components.schemas).filter((name) => !used.includes(name))).toEqual([]);
  });

  test('given JSON Schema 2020-12, then no word of another dialect and no reference beside it is left', () => {
    for (const [at, node] of nodes(document)) {
      if (at.includes('/properties/') || at.endsWith('/properties')) continue;
      for (const word of ['$defs', '$schema', 'nullable', 'definitions'])
        expect([at, word in node]).toEqual([at, false]);
      if (typeof node['id'] === 'string') expect([at, node['id']]).toEqual([at, undefined]);
    }
  });

  test.each(operations.map((o) => [o.operation.operationId, o] as const))(
    '%s: its parameters are those of its path, its answers are described, its words are in two languages',
    (_, { path, operation }) => {
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
      const declared = operation.parameters.filter((p) => p.in === 'path');
      expect(declared.map((p) => p.name).toSorted()).toEqual(inPath.toSorted());
      expect(declared.every((p) => p.required)).toBe(true);
      const places = operation.parameters.map((p) => `${p.in} ${p.name}`);
      expect(new Set(places).size).toBe(places.length);
      expect(operation.summary).toMatch(/\p{Script=Han}.* \/ [A-Z]/u);
      expect(operation.responses['default']?.content).toHaveProperty(['application/problem+json']);
      expect(Object.keys(operation.responses).some((status) => /^20\d$/.test(status))).toBe(true);
    },
  );

  test('given a list, then it can be asked for the statuses its rows have, and for no other', () => {
    const statuses = Object.fromEntries(
      operations.flatMap(({ operation: { operationId, parameters } }) =>
        parameters.filter((p) => p.in === 'query' && p.name === 'status').map((p) => [operationId, p.schema['enum']]),
      ),
    );
    expect(Object.keys(statuses)).toHaveLength(22);
    expect(statuses).toMatchObject({
      listPayments: ['held', 'released', 'instructed', 'unknown', 'settled', 'rejected', 'cancelled'],
      listBreakers: ['normal', 'warned', 'stopped', 'terminated'],
      listRefunds: ['approved', 'done'],
    });
    for (const operationId of ['listCharters', 'listStatements', 'listGradings', 'listEntries'])
      expect(statuses).not.toHaveProperty(operationId);
  });

  test('given a POST, then it asks for an idempotency key and a body; a GET does not', () => {
    for (const route of routes) {
      const operation = operationOf(route);
      const posts = route.method === 'POST';
      const asks = operation?.parameters.some((p) => p.in === 'header' && p.name === 'Idempotency-Key' && p.required);
      expect(asks).toBe(posts);
      const types = route.upload === undefined ? ['application/json'] : ['text/csv', 'application/octet-stream'];
      const content = posts ? { required: true, types } : undefined;
      const body = operation?.requestBody;
      expect(body && { required: body.required, types: Object.keys(body.content) }).toEqual(content);
    }
  });

  test('given a route open to everybody, then it says so; all others ask for a token, and for roles there are', () => {
    expect(document.security).toEqual([{ oidc: [] }]);
    expect(document.components.securitySchemes).toMatchObject({
      oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://issuer.example/.well-known/openid-configuration' },
    });
    for (const route of routes) {
      expect(route.roles.every((role) => Object.hasOwn(ROLES, role))).toBe(true);
      expect(operationOf(route)?.security).toEqual(route.roles.length === 0 ? [] : undefined);
    }
    const open = routes.filter((r) => r.roles.length === 0).map((r) => r.path);
    expect(open.toSorted()).toEqual(['/openapi.json', '/problems/{code}']);
  });
});
