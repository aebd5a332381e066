import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { physicalName } from '../template/inventory.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Resolver } from '../template/resolver.ts';
import type { StackResource } from '../template/stack.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const projection = z.object({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const index = z.object({ IndexName: z.string(), KeySchema: keySchema, Projection: projection });

/** What of `AWS::DynamoDB::Table` matters to an engine; encryption, backup and protection do not. */
const tableSchema = z.object({
  TableName: z.string().optional(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.array(index).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  StreamSpecification: z
    .object({ StreamViewType: z.enum(['NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY']) })
    .optional(),
});

/**
 * Creates the table unless it exists and makes it known to the resolver. Throws when a table of that name has other keys,
 * indexes or stream than the template: data of an earlier version must not be run on by mistake.
 */
export async function provisionTable(
  client: DynamoDBClient,
  resolver: Resolver,
  resource: StackResource,
): Promise<void> {
  const { stack, logicalId } = resource;
  const table = propertiesOf(resolver, resource, tableSchema);
  const name = physicalName(resource, table.TableName, 255);
  const wanted = { ...table, TableName: name };
  const description = (await describe(client, name)) ?? (await create(client, wanted));
  const [found, expected] = [shapeOf(description), shapeOf(wanted)];
  if (found !== expected) {
    throw new Error(`table ${name} differs from the template (${found} instead of ${expected}); start with --fresh`);
  }
  resolver.know(stack, logicalId, {
    ref: name,
    attributes: {
      Arn: description.TableArn ?? name,
      ...(description.LatestStreamArn === undefined ? {} : { StreamArn: description.LatestStreamArn }),
    },
  });
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function create(
  client: DynamoDBClient,
  table: z.infer<typeof tableSchema> & { TableName: string },
): Promise<TableDescription> {
  const input: CreateTableCommandInput = {
    TableName: table.TableName,
    KeySchema: table.KeySchema,
    AttributeDefinitions: table.AttributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    ...(table.GlobalSecondaryIndexes && { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes }),
    ...(table.LocalSecondaryIndexes && { LocalSecondaryIndexes: table.LocalSecondaryIndexes }),
    ...(table.StreamSpecification && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: table.StreamSpecification.StreamViewType },
    }),
  };
  await client.send(new CreateTableCommand(input));
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 2 }, { TableName: table.TableName });
  const description = await describe(client, table.TableName);
  if (description === undefined) throw new Error(`table ${table.TableName} vanished after it was created`);
  return description;
}

interface Shaped {
  readonly KeySchema?:
    | readonly { readonly AttributeName?: string | undefined; readonly KeyType?: string | undefined }[]
    | undefined;
  readonly GlobalSecondaryIndexes?: readonly (Shaped & { readonly IndexName?: string | undefined })[] | undefined;
  readonly LocalSecondaryIndexes?: readonly (Shaped & { readonly IndexName?: string | undefined })[] | undefined;
  readonly StreamSpecification?: { readonly StreamViewType?: string | undefined } | undefined;
}

function shapeOf(table: Shaped): string {
  const keys = (of: Shaped) => (of.KeySchema ?? []).map((key) => `${key.AttributeName}`).join('+');
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])]
    .map((each) => `${each.IndexName}(${keys(each)})`)
    .sort();
  return [keys(table), ...indexes, table.StreamSpecification?.StreamViewType ?? 'no stream'].join(' ');
}
