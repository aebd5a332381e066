import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type QueueAttributeName,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { physicalName } from '../template/inventory.ts';
import { flagOf, type JsonObject, stringOf } from '../template/json.ts';
import type { Resolver } from '../template/resolver.ts';
import type { StackResource } from '../template/stack.ts';

/** A queue of the template as it runs here. */
export interface Queue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly fifo: boolean;
  /** ARN of the queue that messages go to which nobody could finish. */
  readonly deadLetterArn: string | undefined;
}

const CHANGEABLE = {
  VisibilityTimeout: 'VisibilityTimeout',
  DelaySeconds: 'DelaySeconds',
  MaximumMessageSize: 'MaximumMessageSize',
  MessageRetentionPeriod: 'MessageRetentionPeriod',
  ReceiveMessageWaitTimeSeconds: 'ReceiveMessageWaitTimeSeconds',
  ContentBasedDeduplication: 'ContentBasedDeduplication',
  DeduplicationScope: 'DeduplicationScope',
  FifoThroughputLimit: 'FifoThroughputLimit',
} as const satisfies Record<string, QueueAttributeName>;

/**
 * Creates the queues that do not exist, sets their attributes as the template has them, dead-letter queues last (they
 * may point to each other in any order), and makes them known to the resolver.
 */
export async function provisionQueues(
  client: SQSClient,
  endpoint: string,
  resolver: Resolver,
  resources: readonly StackResource[],
): Promise<Queue[]> {
  const made: [StackResource, Omit<Queue, 'deadLetterArn'>][] = [];
  for (const resource of resources) {
    const queue = await provisionQueue(client, endpoint, withoutRedrive(resource), resolver);
    const attributes = { Arn: queue.arn, QueueName: queue.name, QueueUrl: queue.url };
    resolver.know(resource.stack, resource.logicalId, { ref: queue.url, attributes });
    made.push([resource, queue]);
  }
  const queues: Queue[] = [];
  for (const [{ stack, properties }, queue] of made) {
    const policy = resolver.resolve(properties['RedrivePolicy'], stack);
    const RedrivePolicy = policy === undefined ? '' : typeof policy === 'string' ? policy : JSON.stringify(policy);
    await client.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: { RedrivePolicy } }));
    queues.push({ ...queue, deadLetterArn: deadLetterArnOf(RedrivePolicy) });
  }
  return queues;
}

const redrive = z.object({ deadLetterTargetArn: z.string() });

const deadLetterArnOf = (policy: string): string | undefined =>
  policy === '' ? undefined : redrive.parse(JSON.parse(policy)).deadLetterTargetArn;

function withoutRedrive(resource: StackResource): StackResource {
  const { RedrivePolicy: _redrive, RedriveAllowPolicy: _allow, ...properties } = resource.properties;
  return { ...resource, properties };
}

async function provisionQueue(
  client: SQSClient,
  endpoint: string,
  resource: StackResource,
  resolver: Resolver,
): Promise<Omit<Queue, 'deadLetterArn'>> {
  const properties = resolver.resolveObject(resource.properties, resource.stack);
  const fifo = flagOf(properties['FifoQueue']);
  const base = physicalName(resource, stringOf(properties['QueueName'], 'QueueName'), fifo ? 75 : 80);
  const name = fifo && !base.endsWith('.fifo') ? `${base}.fifo` : base;
  const attributes = attributesOf(properties);
  const reported = (await findQueue(client, name)) ?? (await createQueue(client, name, fifo, attributes));
  // The embedded engine remembers the address it had when the queue was made; the path is what counts.
  const url = endpoint.includes('127.0.0.1') ? `${endpoint}${new URL(reported).pathname}` : reported;
  await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: attributes }));
  const answer = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  const arn = answer.Attributes?.['QueueArn'];
  if (arn === undefined) throw new Error(`queue ${name} has no ARN`);
  return { name, url, arn, fifo };
}

const attributesOf = (properties: JsonObject): Record<string, string> =>
  Object.fromEntries(
    Object.entries(CHANGEABLE).flatMap(([property, attribute]) => {
      const value = stringOf(properties[property], property);
      return value === undefined ? [] : [[attribute, value]];
    }),
  );

async function findQueue(client: SQSClient, name: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl;
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return undefined;
    throw error;
  }
}

async function createQueue(client: SQSClient, name: string, fifo: boolean, attributes: Record<string, string>) {
  const all = fifo ? { ...attributes, FifoQueue: 'true' } : attributes;
  const answer = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: all }));
  if (answer.QueueUrl === undefined) throw new Error(`queue ${name} was not created`);
  return answer.QueueUrl;
}
