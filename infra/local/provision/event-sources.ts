import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Clients } from '../engines/clients.ts';
import type { Changes } from '../events/changes.ts';
import { compileFilters } from '../events/filter.ts';
import { QueueSource } from '../events/queue-source.ts';
import type { Complain, EventSource } from '../events/source.ts';
import { StreamDelivery } from '../events/stream-delivery.ts';
import { StreamSource } from '../events/stream-source.ts';
import type { LambdaFunction } from '../lambda/function.ts';
import type { LocalState } from '../state.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Environment, Resolver } from '../template/resolver.ts';
import type { StackResource } from '../template/stack.ts';
import type { Queue } from './queues.ts';

const whole = z.coerce.number().int();
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

const mappingSchema = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: flag.default(true),
  BatchSize: whole.optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  FilterCriteria: z.json().optional(),
  ScalingConfig: z.object({ MaximumConcurrency: whole.optional() }).optional(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).optional(),
  BisectBatchOnFunctionError: flag.default(false),
  MaximumRetryAttempts: whole.default(-1),
  MaximumRecordAgeInSeconds: whole.default(-1),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
  TumblingWindowInSeconds: z.literal(0).optional(),
});
type Mapping = z.output<typeof mappingSchema>;

const QUEUE_BATCH_DEFAULT = 10;
const STREAM_BATCH_DEFAULT = 100;

/** What event source mappings refer to and run on. */
export interface EventSurroundings {
  readonly clients: Clients;
  readonly environment: Environment;
  readonly state: LocalState;
  readonly changes: Changes;
  readonly complain: Complain;
  readonly queues: readonly Queue[];
  readonly functions: readonly LambdaFunction[];
}

/** The event source of a mapping; nothing for a mapping that is switched off. Throws for sources it does not know. */
export function provisionEventSource(
  resolver: Resolver,
  resource: StackResource,
  around: EventSurroundings,
): EventSource | undefined {
  const mapping = propertiesOf(resolver, resource, mappingSchema);
  const target = around.functions.find(({ name, arn }) => [name, arn].includes(mapping.FunctionName));
  if (target === undefined) throw new Error(`${resource.logicalId}: no function ${mapping.FunctionName}`);
  if (!mapping.Enabled || target.concurrencyMax === 0) return undefined;
  const queue = around.queues.find(({ arn }) => arn === mapping.EventSourceArn);
  if (queue !== undefined) return queueSource(mapping, queue, target, around);
  if (mapping.EventSourceArn.includes('/stream/')) return streamSource(mapping, resource, target, around);
  throw new Error(`${resource.logicalId}: the local cloud cannot read ${mapping.EventSourceArn}`);
}

function queueSource(mapping: Mapping, queue: Queue, target: LambdaFunction, around: EventSurroundings): EventSource {
  const settings = {
    queue,
    target,
    batchSize: mapping.BatchSize ?? QUEUE_BATCH_DEFAULT,
    concurrencyMax: mapping.ScalingConfig?.MaximumConcurrency ?? Number.POSITIVE_INFINITY,
    partialResponses: mapping.FunctionResponseTypes.length > 0,
    filter: compileFilters(mapping.FilterCriteria),
  };
  return new QueueSource(around.clients.sqs, settings, around.environment.region, around.complain);
}

function streamSource(
  mapping: Mapping,
  { stack, logicalId }: StackResource,
  target: LambdaFunction,
  around: EventSurroundings,
): EventSource {
  const destination = mapping.DestinationConfig?.OnFailure?.Destination;
  const delivery = new StreamDelivery({
    target,
    batchSize: mapping.BatchSize ?? STREAM_BATCH_DEFAULT,
    partialResponses: mapping.FunctionResponseTypes.length > 0,
    bisect: mapping.BisectBatchOnFunctionError,
    retriesMax: unlimitedIfNegative(mapping.MaximumRetryAttempts),
    ageSecondsMax: unlimitedIfNegative(mapping.MaximumRecordAgeInSeconds),
    filter: compileFilters(mapping.FilterCriteria),
    tellDestination: destination === undefined ? undefined : sender(destination, around),
  });
  const place = {
    arn: mapping.EventSourceArn,
    fromStart: mapping.StartingPosition !== 'LATEST',
    region: around.environment.region,
    key: `stream/${stack.name}/${logicalId}/${mapping.EventSourceArn}`,
    deadLetterArn: destination,
  };
  const { clients, state, changes, complain } = around;
  return new StreamSource(place, delivery, { client: clients.streams, state, changes, complain });
}

function sender(arn: string, { queues, clients }: EventSurroundings): (message: object) => Promise<void> {
  const queue = queues.find((each) => each.arn === arn);
  if (queue === undefined || queue.fifo)
    throw new Error(`${arn} cannot be an on-failure destination: no standard queue`);
  return async (message) => {
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: JSON.stringify(message) }));
  };
}

const unlimitedIfNegative = (value: number): number => (value < 0 ? Number.POSITIVE_INFINITY : value);
