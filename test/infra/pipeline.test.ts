import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { API_ROUTES } from '#infra/constructs/api-routes.ts';
import { ofType, PRODUCTION, type Resource, STAGE, type StackTemplate, synthesise } from '../support/synthesis.ts';

const { storage, pipeline } = synthesise(STAGE);
const production = synthesise(PRODUCTION);
const stacks: readonly StackTemplate[] = [storage, pipeline];

const reference = z.union([
  z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }).transform((r) => r['Fn::GetAtt'][0]),
  z.object({ Ref: z.string() }).transform((r) => r.Ref),
  z.object({ 'Fn::ImportValue': z.string() }).transform((r) => exported(r['Fn::ImportValue'])),
]);
/** Logical id behind an export of the storage stack. */
const exported = (name: string): string =>
  /FnGetAtt(\w+?[0-9A-F]{8})(Arn|StreamArn)[0-9A-F]{8}$/.exec(name)?.[1] ?? name;

const find = (id: string): Resource => {
  const found = stacks.map((stack) => stack.Resources[id]).find((resource) => resource !== undefined);
  if (found === undefined) throw new Error(`no resource ${id}`);
  return found;
};

const queues = stacks
  .flatMap((stack) => ofType(stack, 'AWS::SQS::Queue'))
  .map(([id, { Properties }]) => [String(Properties['QueueName']).replace('jinqu-test-', ''), id, Properties] as const);
const functions = ofType(pipeline, 'AWS::Lambda::Function').map(
  ([id, { Properties }]) => [String(Properties['FunctionName']).replace('jinqu-test-', ''), id, Properties] as const,
);
const mappings = ofType(pipeline, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
const readerOf = (queueId: string) => mappings.filter((m) => reference.parse(m['EventSourceArn']) === queueId);

describe('queues', () => {
  test('are these', () => {
    const names = queues.map(([name]) => name).filter((name) => !name.includes('dead-letters'));
    expect(names.sort()).toEqual([
      'bank-inbox',
      'close-queue.fifo',
      'fund-queue.fifo',
      'imports-queue.fifo',
      'payments-queue.fifo',
    ]);
  });

  test.each(queues)(
    '%s is encrypted, keeps messages for a fortnight, and answers by TLS only',
    (_name, id, properties) => {
      expect(properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
      const policies = stacks.flatMap((stack) => ofType(stack, 'AWS::SQS::QueuePolicy'));
      const own = policies.filter(([, policy]) => JSON.stringify(policy.Properties['Queues']).includes(id));
      expect(JSON.stringify(own)).toContain('"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"');
    },
  );

  test.each(queues.filter(([name]) => name.endsWith('.fifo')))(
    '%s runs its groups side by side',
    (_name, _id, properties) => {
      expect(properties).toMatchObject({
        FifoQueue: true,
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
      });
    },
  );

  test.each(queues.filter(([name]) => !name.includes('dead-letters')))(
    '%s has one reader, six times its time, and dead letters of its own kind',
    (name, id, properties) => {
      const { RedrivePolicy } = z
        .object({ RedrivePolicy: z.object({ deadLetterTargetArn: reference, maxReceiveCount: z.int() }) })
        .parse(properties);
      expect(RedrivePolicy.maxReceiveCount).toBe(5);
      const deadLetters = find(RedrivePolicy.deadLetterTargetArn).Properties;
      expect(deadLetters['FifoQueue']).toBe(name.endsWith('.fifo') ? true : undefined);
      const [mapping, ...others] = readerOf(id);
      expect(others).toEqual([]);
      expect(mapping).toMatchObject({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
      // A FIFO queue takes no window: order would have to wait for it.
      expect(mapping?.['MaximumBatchingWindowInSeconds']).toBeUndefined();
      const reader = find(reference.parse(mapping?.['FunctionName'])).Properties;
      expect(properties['VisibilityTimeout']).toBe(6 * Number(reader['Timeout']));
    },
  );

  test('only what the schedule sends is told apart by its content, for a schedule gives no id', () => {
    const byContent = queues.filter(([, , properties]) => properties['ContentBasedDeduplication'] === true);
    expect(byContent.map(([name]) => name)).toEqual(['close-queue.fifo']);
  });
});

describe('the Journal’s stream', () => {
  const followers = mappings.filter((m) => m['StartingPosition'] !== undefined);

  test('is followed by relay and projector from its beginning, in order, with bounds, and nothing given up is lost', () => {
    const names = followers.map((m) => find(reference.parse(m['FunctionName'])).Properties['FunctionName']);
    expect(names.sort()).toEqual(['jinqu-test-journal-project', 'jinqu-test-journal-relay']);
    for (const mapping of followers) {
      expect(mapping).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        // Less than the 24 hours a stream remembers.
        MaximumRecordAgeInSeconds: 43_200,
        MaximumRetryAttempts: 1_000,
      });
      expect(reference.parse(mapping['EventSourceArn'])).toMatch(/^Journal/);
      // More than one at a time per shard would still keep the order of one book, but is not needed.
      expect(mapping['ParallelizationFactor']).toBeUndefined();
      const destination = z
        .object({ OnFailure: z.object({ Destination: reference }) })
        .parse(mapping['DestinationConfig']).OnFailure.Destination;
      expect(find(destination).Properties['FifoQueue']).toBeUndefined();
    }
  });
});

describe('functions', () => {
  test.each(functions)('%s is small, traced, and on the one runtime', (_name, _id, properties) => {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 1_024,
      TracingConfig: { Mode: 'Active' },
    });
    expect(Number(properties['Timeout'])).toBeLessThanOrEqual(120);
  });

  test('a stage whose region has no arm64 gets the other', () => {
    const other = synthesise({ ...STAGE, architecture: 'x86_64' }).pipeline;
    const architectures = ofType(other, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties['Architectures'],
    );
    expect(new Set(architectures.flat())).toEqual(new Set(['x86_64']));
  });

  test.each(functions)('%s has a log of its own that ends', (name, _id, properties) => {
    const { LogGroup } = z.object({ LogGroup: reference }).parse(properties['LoggingConfig']);
    const log = find(LogGroup);
    expect(log.Properties['LogGroupName']).toBe(`/jinqu/test/${name.replace(/^(.*)-(\w+)$/, '$1/$2')}`);
    expect(log.Properties['RetentionInDays']).toBe(180);
    expect(log.DeletionPolicy).toBe('Delete');
  });

  test('a function of the API gives up before the gateway does', () => {
    const apis = functions.filter(([name]) => name.endsWith('-api'));
    expect(apis).toHaveLength(Object.keys(API_ROUTES).length);
    for (const [, , properties] of apis) expect(Number(properties['Timeout'])).toBeLessThan(30);
  });

  test('logs outlive a production stack', () => {
    const kept = ofType(production.pipeline, 'AWS::Logs::LogGroup').map(([, log]) => log.DeletionPolicy);
    expect(new Set(kept)).toEqual(new Set(['Retain']));
  });
});

describe('the daily close', () => {
  const [[, schedule] = []] = ofType(pipeline, 'AWS::Scheduler::Schedule');

  test('is asked for at the hour of Shanghai, on the minute, by a message that waits its turn', () => {
    expect(schedule?.Properties).toMatchObject({
      ScheduleExpression: 'cron(30 00 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Shanghai',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { SqsParameters: { MessageGroupId: 'daily-close' } },
    });
    const target = z
      .object({ Arn: reference, Input: z.string(), DeadLetterConfig: z.object({ Arn: reference }) })
      .parse(schedule?.Properties['Target']);
    expect(find(target.DeadLetterConfig.Arn).Properties['QueueName']).toBe('jinqu-test-daily-schedule-dead-letters');
    expect(find(target.Arn).Properties['QueueName']).toBe('jinqu-test-close-queue.fifo');
    expect(JSON.parse(target.Input)).toEqual({ scheduledTime: '<aws.scheduler.scheduled-time>' });
  });

  test('is asked for when the stage says', () => {
    const [[, late] = []] = ofType(synthesise({ ...STAGE, closeAt: '02:15' }).pipeline, 'AWS::Scheduler::Schedule');
    expect(late?.Properties['ScheduleExpression']).toBe('cron(15 02 * * ? *)');
  });
});
