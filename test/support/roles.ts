import * as z from 'zod';
import { ofType, type StackTemplate } from './synthesis.ts';

const list = <T extends z.ZodType>(item: T) => z.union([z.array(item), item.transform((one) => [one])]);
const condition = z.record(z.string(), z.record(z.string(), z.json()));
const policy = z.object({
  Roles: z.array(z.object({ Ref: z.string() })),
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Effect: z.literal('Allow'),
        Action: list(z.string()),
        Resource: list(z.json()),
        Condition: condition.optional(),
      }),
    ),
  }),
});

/**
 * What each role of a stack may do, one line an action: `dynamodb:PutItem Journal.Arn if dynamodb:EnclosingOperation is
 * TransactWriteItems`. Resources are named by their logical ids without the hash, those of other stacks likewise.
 */
export const permissionsByRole = (template: StackTemplate): Readonly<Record<string, readonly string[]>> => {
  const roles: Record<string, string[]> = {};
  for (const [id] of ofType(template, 'AWS::IAM::Role')) roles[withoutHash(id)] = [];
  for (const [, { Properties }] of ofType(template, 'AWS::IAM::Policy')) {
    const { Roles, PolicyDocument } = policy.parse(Properties);
    for (const { Action, Resource, Condition } of PolicyDocument.Statement) {
      const lines = Action.flatMap((action) =>
        Resource.map((resource) => `${action} ${nameOf(resource)}${conditionText(Condition)}`),
      );
      for (const { Ref } of Roles) roles[withoutHash(Ref)]?.push(...lines);
    }
  }
  return Object.fromEntries(Object.entries(roles).map(([role, lines]) => [role, lines.sort()]));
};

const conditionText = (given: z.output<typeof condition> | undefined): string =>
  Object.entries(given ?? {})
    .flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => ` if ${key} ${operator} ${value}`))
    .join('');

const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');

const attribute = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const imported = z.object({ 'Fn::ImportValue': z.string() });
const joined = z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.json())]) });

const nameOf = (resource: z.core.util.JSONType): string => {
  if (typeof resource === 'string') return resource;
  const [own, foreign, parts] = [attribute, imported, joined].map((schema) => schema.safeParse(resource).data);
  if (own !== undefined && 'Fn::GetAtt' in own) return `${withoutHash(own['Fn::GetAtt'][0])}.${own['Fn::GetAtt'][1]}`;
  if (foreign !== undefined && 'Fn::ImportValue' in foreign) return exportedName(foreign['Fn::ImportValue']);
  if (parts !== undefined && 'Fn::Join' in parts) return parts['Fn::Join'][1].map(nameOf).join('');
  throw new Error(`no name for ${JSON.stringify(resource)}`);
};

/** `stack:ExportsOutputFnGetAttJournalAE8C44B2ArnABCDEF01` is `Journal.Arn`. */
const exportedName = (name: string): string => {
  const match = /:ExportsOutputFnGetAtt(\w+?)[0-9A-F]{8}(\w+?)[0-9A-F]{8}$/.exec(name);
  if (match === null) throw new Error(`no name for the export ${name}`);
  return `${match[1]}.${match[2]}`;
};
