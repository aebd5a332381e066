import * as z from 'zod';
import type { Resolver } from './resolver.ts';
import type { StackResource } from './stack.ts';

/**
 * The properties of a resource, references resolved, as the schema has them. Throws, naming the resource, for a value the
 * schema does not know: what the local cloud would run otherwise than AWS does not run at all.
 */
export function propertiesOf<Schema extends z.ZodType>(
  resolver: Resolver,
  { stack, logicalId, properties }: StackResource,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(resolver.resolveObject(properties, stack));
  if (parsed.success) return parsed.data;
  throw new Error(`the local cloud cannot run ${stack.name}/${logicalId}: ${z.prettifyError(parsed.error)}`);
}
