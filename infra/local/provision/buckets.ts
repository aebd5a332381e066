import { BucketAlreadyOwnedByYou, CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { physicalName } from '../template/inventory.ts';
import { type JsonObject, objectOf, objectsOf, requiredString, stringOf } from '../template/json.ts';
import type { Environment, Resolver } from '../template/resolver.ts';
import type { StackResource } from '../template/stack.ts';

/** "When an object is created under this prefix and suffix, tell this queue." */
export interface NotificationRule {
  readonly bucket: string;
  readonly id: string;
  /** Event name patterns without `s3:`, such as `ObjectCreated:*`. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
  readonly queueArn: string;
}

/** Creates the bucket unless it exists and makes it known to the resolver; returns its name. */
export async function provisionBucket(
  client: S3Client,
  resolver: Resolver,
  resource: StackResource,
  environment: Environment,
): Promise<string> {
  const { stack, logicalId, properties } = resource;
  const given = stringOf(resolver.resolve(properties['BucketName'], stack), 'BucketName');
  const name = physicalName(resource, given, 63)
    .toLowerCase()
    .replace(/^[^a-z0-9]+/, '');
  try {
    await client.send(new CreateBucketCommand({ Bucket: name }));
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
  const domain = `${name}.s3.${environment.region}.amazonaws.com`;
  const attributes = {
    Arn: `arn:${environment.partition}:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    RegionalDomainName: domain,
  };
  resolver.know(stack, logicalId, { ref: name, attributes });
  return name;
}

/**
 * The notification rules of a bucket resource or of CDK's `Custom::S3BucketNotifications`. Throws for targets other than
 * SQS and for events other than creation, which the local cloud does not deliver.
 */
export function notificationRules(resolver: Resolver, { type, stack, properties }: StackResource, bucket: string) {
  const configuration = objectOf(resolver.resolve(properties['NotificationConfiguration'], stack), type);
  const custom = type === 'Custom::S3BucketNotifications';
  const unsupported = Object.keys(configuration).filter((key) => key !== 'QueueConfigurations');
  if (unsupported.length > 0)
    throw new Error(`bucket ${bucket}: the local cloud only notifies queues, not ${unsupported}`);
  return objectsOf(configuration['QueueConfigurations'], 'QueueConfigurations').map(
    (rule, position): NotificationRule => {
      const events = custom ? rule['Events'] : [rule['Event'] ?? null];
      const filters = filtersOf(rule, custom);
      return {
        bucket,
        id: stringOf(rule['Id'], 'Id') ?? `rule-${position}`,
        events: eventsOf(events, bucket),
        prefix: filters.get('prefix') ?? '',
        suffix: filters.get('suffix') ?? '',
        queueArn: requiredString(rule[custom ? 'QueueArn' : 'Queue'], 'queue of a bucket notification'),
      };
    },
  );
}

function eventsOf(events: unknown, bucket: string): string[] {
  if (!Array.isArray(events)) throw new Error(`bucket ${bucket}: a notification names no events`);
  return events.map((event) => {
    const name = String(event).replace(/^s3:/, '');
    if (!name.startsWith('ObjectCreated:'))
      throw new Error(`bucket ${bucket}: the local cloud does not notify ${name}`);
    return name;
  });
}

function filtersOf(rule: JsonObject, custom: boolean): Map<string, string> {
  const filter = objectOf(objectOf(rule['Filter'], 'Filter')[custom ? 'Key' : 'S3Key'], 'Filter');
  const rules = objectsOf(filter[custom ? 'FilterRules' : 'Rules'], 'filter rules');
  return new Map(
    rules.map((each) => [requiredString(each['Name'], 'Name').toLowerCase(), requiredString(each['Value'], 'Value')]),
  );
}
