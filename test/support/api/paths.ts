import fc from 'fast-check';
import * as z from 'zod';
import type { Route } from '#shared/runtime/route.ts';

/** A text that a schema takes, and that names nothing there is. */
const sampleOf = (schema: z.ZodType): string => {
  const { enum: values, pattern } = z.toJSONSchema(schema, { io: 'input' });
  if (values !== undefined) return String(values[0]);
  if (pattern === undefined) return 'x';
  return fc.sample(fc.stringMatching(new RegExp(pattern)), { seed: 1, numRuns: 1 })[0] ?? '';
};

/**
 * The path of a route with a well-formed value for every parameter.
 * @throws when its own schema does not take them
 */
export const pathOf = (route: Route, fundId: string): string => {
  const params = Object.fromEntries(
    Object.entries(route.params.shape).map(([name, schema]) => [
      name,
      name === 'fundId' ? fundId : sampleOf(schema as z.ZodType),
    ]),
  );
  route.params.parse(params);
  return route.path.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));
};
