import * as z from 'zod';
import { ROLES } from './principal.ts';
import { problemSchema } from './problem.ts';
import { ANY_FILE, IDEMPOTENCY_KEY, type Route } from './route.ts';

type Json = Record<string, unknown>;

/** Where components of a schema are found. */
const COMPONENTS = '#/components/schemas/';

/** Collects the named schemas of all routes, so that each is described once. */
const collect = () => {
  const schemas: Json = {};
  const add = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const {
      $schema: _schema,
      $defs,
      ...json
    } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json & {
      $defs?: Record<string, Json>;
    };
    for (const [name, definition] of Object.entries($defs ?? {})) schemas[name] = relocate(definition);
    return relocate(json) as Json;
  };
  return { schemas, add };
};

/** References inside the document point to its components. */
const relocate = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(relocate);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      // The name a schema has for zod; a member called id is an object here.
      .filter(([name, member]) => name !== 'id' || typeof member !== 'string')
      .map(([name, member]) =>
        name === '$ref' && typeof member === 'string'
          ? [name, member.replace('#/$defs/', COMPONENTS)]
          : [name, relocate(member)],
      ),
  );
};

const parameters = (schema: z.ZodObject, where: 'path' | 'query', add: (s: z.ZodType, io: 'input') => Json): Json[] =>
  Object.entries(schema.shape).map(([name, member]) => ({
    name,
    in: where,
    required: where === 'path' || !(member as z.ZodType).safeParse(undefined).success,
    schema: add(member as z.ZodType, 'input'),
  }));

const KEY_HEADER: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'The same key from the same caller on the same route, about the same thing, takes effect once',
  schema: { type: 'string', pattern: IDEMPOTENCY_KEY.source },
};

const requestBody = (route: Route, add: (s: z.ZodType, io: 'input') => Json): Json => {
  if (route.upload !== undefined)
    return {
      requestBody: {
        required: true,
        content: { [route.upload.contentType]: { schema: { type: 'string' } }, [ANY_FILE]: {} },
      },
    };
  if (route.body === undefined) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: add(route.body, 'input') } } } };
};

const operation = (route: Route, add: (s: z.ZodType, io: 'input' | 'output') => Json): Json => ({
  operationId: route.operationId,
  summary: `${route.summary.zh} / ${route.summary.en}`,
  ...(route.roles.length === 0
    ? { security: [] }
    : { description: `角色: ${route.roles.map((r) => `${ROLES[r]} ${r}`).join(', ')}`, 'x-roles': route.roles }),
  parameters: [
    ...parameters(route.params, 'path', add),
    ...parameters(route.query, 'query', add),
    ...(route.method === 'POST' ? [KEY_HEADER] : []),
  ],
  ...requestBody(route, add),
  responses: {
    [route.status]: {
      description: 'OK',
      content: { [route.download ?? 'application/json']: { schema: add(route.response, 'input') } },
    },
    default: {
      description: 'Problem',
      content: { 'application/problem+json': { schema: add(problemSchema, 'input') } },
    },
  },
});

/** The OpenAPI 3.1 document of these routes. */
export const openApiOf = (routes: readonly Route[], issuer: string): Json => {
  const { schemas, add } = collect();
  const paths: Record<string, Json> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route, add) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Jinqu 金渠',
      version: '1.0.0',
      description: 'Public funds of a high-tech zone. Amounts are decimal strings of whole fen.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ oidc: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        oidc: {
          type: 'openIdConnect',
          openIdConnectUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        },
      },
    },
  };
};
