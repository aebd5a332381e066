import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Engines } from '../engines/engines.ts';
import { changesOfFile } from '../events/changes.ts';
import { ObjectSource } from '../events/object-source.ts';
import type { Schedule } from '../events/schedules.ts';
import type { Complain, EventSource } from '../events/source.ts';
import type { ApiDefinition } from '../http/api.ts';
import type { LambdaFunction } from '../lambda/function.ts';
import { openNotifier, testEvent } from '../notifications.ts';
import type { LocalState } from '../state.ts';
import { type Inventory, takeInventory } from '../template/inventory.ts';
import { requiredString } from '../template/json.ts';
import { Resolver } from '../template/resolver.ts';
import { readStack, type Stack, type StackInput } from '../template/stack.ts';
import { type NotificationRule, notificationRules, provisionBucket } from './buckets.ts';
import { provisionEventSource } from './event-sources.ts';
import { type FunctionSurroundings, nameFunction, provisionFunction } from './functions.ts';
import { apiResource, nameApi, provisionApi } from './http-api.ts';
import { provisionQueues, type Queue } from './queues.ts';
import { provisionSchedule } from './schedules.ts';
import { provisionTable } from './tables.ts';

/** The application of the stacks, ready to run: everything it stores in exists, nothing has started. */
export interface Application {
  readonly functions: readonly LambdaFunction[];
  readonly sources: readonly EventSource[];
  readonly schedules: readonly Schedule[];
  readonly api: ApiDefinition | undefined;
  readonly queues: readonly Queue[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** What the application is made with. */
export interface ApplicationInput {
  readonly stacks: readonly StackInput[];
  readonly engines: Engines;
  readonly state: LocalState;
  readonly apiUrl: string;
  readonly functionSurroundings: Omit<FunctionSurroundings, 'environment' | 'endpoints' | 'credentials'>;
  readonly complain: Complain;
}

/**
 * Makes the application of the templates. Throws, naming the resource, for anything in them that the local cloud does not
 * run as AWS would.
 */
export async function provisionApplication(input: ApplicationInput): Promise<Application> {
  const { engines, state, complain, functionSurroundings } = input;
  const { clients, endpoints, environment, credentials, tableChanges: changes } = engines;
  const stacks = input.stacks.map(readStack);
  const resolver = new Resolver(stacks, environment);
  const inventory = takeInventory(stacks, resolver, environment);

  for (const table of inventory.of('AWS::DynamoDB::Table')) await provisionTable(clients.dynamodb, resolver, table);
  const queues = await provisionQueues(clients.sqs, endpoints.sqs, resolver, inventory.of('AWS::SQS::Queue'));
  const rules = await provisionBuckets(inventory, resolver, engines);
  for (const resource of inventory.of('AWS::Lambda::Function')) nameFunction(resolver, resource, environment);
  const api = apiResource(inventory);
  if (api !== undefined) nameApi(resolver, api, input.apiUrl);
  const schedules = inventory
    .of('AWS::Scheduler::Schedule')
    .map((resource) => provisionSchedule(resolver, resource, environment, queues));

  const surroundings = { environment, endpoints, credentials, ...functionSurroundings };
  const functions = inventory
    .of('AWS::Lambda::Function')
    .map((resource) => provisionFunction(resolver, resource, surroundings));
  const around = { clients, environment, state, changes, complain, queues, functions };
  const sources = inventory
    .of('AWS::Lambda::EventSourceMapping')
    .map((resource) => provisionEventSource(resolver, resource, around));
  return {
    functions,
    sources: [...sources.filter((source) => source !== undefined), await objectSource(rules, queues, input)],
    schedules: schedules.filter((schedule) => schedule !== undefined),
    api: api && provisionApi(resolver, inventory, api, environment, functions),
    queues,
    outputs: outputsOf(stacks, resolver),
  };
}

async function provisionBuckets(
  inventory: Inventory,
  resolver: Resolver,
  { clients, environment }: Engines,
): Promise<NotificationRule[]> {
  const rules: NotificationRule[] = [];
  for (const resource of inventory.of('AWS::S3::Bucket')) {
    const bucket = await provisionBucket(clients.s3, resolver, resource, environment);
    rules.push(...notificationRules(resolver, resource, bucket));
  }
  for (const resource of inventory.of('Custom::S3BucketNotifications')) {
    const { stack, properties } = resource;
    const bucket = requiredString(resolver.resolve(properties['BucketName'], stack), 'BucketName');
    rules.push(...notificationRules(resolver, resource, bucket));
  }
  return rules;
}

/** Follows the objects; each queue is sent S3's test event once, when it is first told that it will be notified. */
async function objectSource(
  rules: readonly NotificationRule[],
  queues: readonly Queue[],
  { engines, state, complain, functionSurroundings }: ApplicationInput,
): Promise<EventSource> {
  const { clients, environment, objectFile } = engines;
  const send = async (queueArn: string, body: string) => {
    const queue = queues.find(({ arn }) => arn === queueArn);
    if (queue === undefined || queue.fifo)
      throw new Error(`a bucket can only notify a standard queue, not ${queueArn}`);
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body }));
  };
  for (const { bucket, id, queueArn } of rules) {
    const key = `notified/${bucket}/${id}/${queueArn}`;
    if (state.get(key) !== undefined) continue;
    await send(queueArn, testEvent(bucket));
    state.set(key, new Date().toISOString());
  }
  const notifier = openNotifier(objectFile, rules, environment.region, send);
  return new ObjectSource(notifier, changesOfFile(objectFile), functionSurroundings.activity, complain);
}

function outputsOf(stacks: readonly Stack[], resolver: Resolver): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const stack of stacks) {
    for (const [name, value] of Object.entries(resolver.outputsOf(stack))) {
      if ((outputs[name] ?? value) !== value) throw new Error(`two stacks have an output ${name}`);
      outputs[name] = value;
    }
  }
  return outputs;
}
