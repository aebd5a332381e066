import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createOffice } from '../../support/api/office.ts';

/** A node of a JSON schema, as far as we look at it. */
interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

const boundless = (schema: Schema): boolean => {
  if (schema.enum !== undefined || schema.const !== undefined) return false;
  if (schema.type === 'string') {
    const patterns = [schema.pattern, ...(schema.allOf ?? []).map((part) => part.pattern)].join(' ');
    return schema.maxLength === undefined && !/\$/.test(patterns);
  }
  if (schema.type === 'integer') return schema.minimum === undefined || schema.maximum === undefined;
  if (schema.type === 'array') return schema.maxItems === undefined;
  if (schema.type === 'object') return schema.additionalProperties !== false && schema.propertyNames === undefined;
  const shaped = [schema.anyOf, schema.oneOf, schema.allOf].some((variants) => variants !== undefined);
  return schema.type === 'number' || (schema.type === undefined && !shaped);
};

/** Every place of a schema that would take anything at all, and every amount that is not whole fen in a text. */
const openPlaces = (schema: Schema, defs: Readonly<Record<string, Schema>>, at = '', name = ''): readonly string[] => {
  if (schema.$ref !== undefined) {
    const id = schema.$ref.slice('#/$defs/'.length);
    return openPlaces(defs[id] ?? {}, defs, at, id === 'Fen' ? '' : name);
  }
  const variants = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const inside = [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, one]) => openPlaces(one, defs, `${at}.${key}`, key)),
    ...variants.flatMap((one, i) => openPlaces(one, defs, `${at}|${i}`, name)),
    ...(schema.items === undefined ? [] : openPlaces(schema.items, defs, `${at}[]`)),
    ...(typeof schema.additionalProperties === 'object'
      ? openPlaces(schema.additionalProperties, defs, `${at}.*`)
      : []),
  ];
  const amount = name.endsWith('Fen') && variants.length === 0 && schema.type !== 'null';
  return [...(boundless(schema) ? [at] : []), ...(amount ? [`${at} is not Fen`] : []), ...inside];
};

const { routes } = createOffice();

describe('what requests may hold', () => {
  test.each(routes.flatMap((r) => (r.body === undefined ? [] : [[r.operationId, r.body] as const])))(
    '%s: every member is named, every text, number and list has its limit, every amount is whole fen',
    (_, body) => {
      const schema = z.toJSONSchema(body, { io: 'input' }) as Schema;
      expect(openPlaces(schema, schema.$defs ?? {})).toEqual([]);
    },
  );

  test.each(routes.map((r) => [r.operationId, r] as const))(
    '%s: path and query are bounded',
    (_, { params, query }) => {
      const places = [params, query].map((s) => z.toJSONSchema(s, { io: 'input' }) as Schema);
      expect(places.flatMap((s) => openPlaces(s, s.$defs ?? {}))).toEqual([]);
    },
  );
});
