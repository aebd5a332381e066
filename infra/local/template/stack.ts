import * as z from 'zod';
import type { Json, JsonObject } from './json.ts';

const json: z.ZodType<Json> = z.json();
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), json);

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: jsonObject.optional(), Condition: z.string().optional() }),
  ),
  Outputs: z
    .record(
      z.string(),
      z.object({
        Value: json,
        Export: z.object({ Name: json }).optional(),
        Condition: z.string().optional(),
      }),
    )
    .optional(),
  Parameters: z.record(z.string(), z.object({ Default: json.optional() })).optional(),
  Mappings: jsonObject.optional(),
  Conditions: jsonObject.optional(),
});

/** One synthesised stack: its name, its CloudFormation template and the cloud assembly directory with its assets. */
export interface StackInput {
  readonly name: string;
  readonly template: object;
  readonly assetDirectory: string;
}

/** A stack whose template has been read and found well formed. */
export interface Stack {
  readonly name: string;
  readonly assetDirectory: string;
  readonly template: z.infer<typeof templateSchema>;
}

/** One resource of a stack, its properties still with their intrinsic functions. */
export interface StackResource {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly condition: string | undefined;
}

/** Reads a stack's template. Throws, naming the stack, when the template is not a CloudFormation template. */
export function readStack(input: StackInput): Stack {
  const parsed = templateSchema.safeParse(input.template);
  if (!parsed.success) throw new Error(`stack ${input.name}: ${z.prettifyError(parsed.error)}`);
  return { name: input.name, assetDirectory: input.assetDirectory, template: parsed.data };
}

/** Every resource of the stacks, in template order. */
export const resourcesOf = (stacks: readonly Stack[]): StackResource[] =>
  stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources).map(([logicalId, resource]) => ({
      stack,
      logicalId,
      type: resource.Type,
      properties: resource.Properties ?? {},
      condition: resource.Condition,
    })),
  );
