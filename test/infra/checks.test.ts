import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import { JinquChecks } from '#infra/checks/jinqu-checks.ts';
import { stageConfig } from '#infra/config.ts';
import { journalPolicy } from '#infra/constructs/journal-policy.ts';
import { createApp } from '#infra/jinqu-app.ts';
import { JOURNAL } from '#shared/storage/tables.ts';
import { PRODUCTION, STAGE, synthesise, UNBUNDLED } from '../support/synthesis.ts';

describe('the app as it is', () => {
  test.each([
    ['a trial stage', STAGE],
    ['production', PRODUCTION],
  ])('passes all checks as %s, and is protected as that', (_name, stage) => {
    expect(synthesise(stage).terminationProtected).toBe(stage.production);
  });

  test.each(['AwsSolutions-SQS3', 'AwsSolutions-SQS4', 'Jinqu-FifoDeadLetters'])(
    'given a careless queue beside ours, then synthesis fails and tells of %s',
    (rule) => {
      const outdir = mkdtempSync(join(tmpdir(), 'jinqu-checks-'));
      try {
        const { app, pipeline } = createApp(STAGE, { outdir, context: UNBUNDLED });
        new Queue(pipeline, 'Careless', { fifo: true });
        expect(() => app.synth()).toThrow(new RegExp(`Pipeline/Careless/Resource .*\\n.*${rule}'`));
      } finally {
        rmSync(outdir, { recursive: true });
      }
    },
  );
});

/** What our own checks find in a stack made by `build`: a rule for each construct that breaks it. */
const findings = (build: (stack: Stack) => void, production = false): readonly string[] => {
  const app = new App();
  build(new Stack(app, 'Fixture'));
  const { violations } = new JinquChecks(app, { production }).validateScope(app);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(() => ruleName.replace(/^.*-/, '')),
  );
};

const journalKeys = {
  partitionKey: { name: JOURNAL.partitionKey, type: AttributeType.STRING },
  sortKey: { name: JOURNAL.sortKey, type: AttributeType.STRING },
};
const deny = (actions: string[], conditions = {}) =>
  new PolicyStatement({ effect: Effect.DENY, principals: [new AnyPrincipal()], actions, resources: ['*'], conditions });
const policyOf = (...statements: PolicyStatement[]) => new PolicyDocument({ statements });
const ours = () => journalPolicy(stageConfig.parse(PRODUCTION));
const outside = { StringNotEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } };
const rewrites = ['UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete']
  .concat('UpdateTimeToLive')
  .map((action) => `dynamodb:${action}`);

describe('JournalAppendOnly', () => {
  test.each([
    ['no policy', undefined],
    ['one that leaves out an action', policyOf(deny(rewrites.slice(1)), deny(['dynamodb:PutItem'], outside))],
    [
      'one that denies under a condition',
      policyOf(deny(rewrites, { Bool: { x: 'y' } }), deny(['dynamodb:PutItem'], outside)),
    ],
    ['one that lets single puts through', policyOf(deny(rewrites))],
    [
      'one that names a transaction of reads',
      policyOf(
        deny(rewrites),
        deny(['dynamodb:PutItem'], { StringNotEquals: { 'dynamodb:EnclosingOperation': 'TransactGetItems' } }),
      ),
    ],
    [
      'one that allows',
      policyOf(new PolicyStatement({ principals: [new AnyPrincipal()], actions: rewrites, resources: ['*'] })),
    ],
  ])('is broken by a Journal with %s', (_name, resourcePolicy) => {
    const found = findings((stack) => {
      new Table(stack, 'Journal', { ...journalKeys, ...(resourcePolicy === undefined ? {} : { resourcePolicy }) });
    });
    expect(found).toEqual(['JournalAppendOnly']);
  });

  test('is kept by our policy, with and without a role for emergencies', () => {
    const emergency = { ...PRODUCTION, breakGlassRoleArn: 'arn:aws:iam::123456789012:role/break-glass' };
    for (const resourcePolicy of [ours(), journalPolicy(stageConfig.parse(emergency))]) {
      expect(findings((stack) => void new Table(stack, 'Journal', { ...journalKeys, resourcePolicy }))).toEqual([]);
    }
  });

  test('says nothing of other tables', () => {
    expect(findings((stack) => void new Table(stack, 'State', { partitionKey: journalKeys.partitionKey }))).toEqual([]);
  });
});

describe('TablesProtected', () => {
  const table = (deletionProtection: boolean, removalPolicy: RemovalPolicy) => (stack: Stack) =>
    void new Table(stack, 'State', { partitionKey: journalKeys.partitionKey, deletionProtection, removalPolicy });

  test.each([
    ['may be deleted by hand', table(false, RemovalPolicy.RETAIN)],
    ['goes with its stack', table(true, RemovalPolicy.DESTROY)],
  ])('is broken in production by a table that %s', (_name, build) => {
    expect(findings(build, true)).toEqual(['TablesProtected']);
    expect(findings(build, false)).toEqual([]);
  });

  test('is kept by a table that is protected and retained', () => {
    expect(findings(table(true, RemovalPolicy.RETAIN), true)).toEqual([]);
  });
});

describe('FifoDeadLetters', () => {
  test('is broken by a FIFO queue without dead letters, and by one whose dead letters are not FIFO', () => {
    expect(findings((stack) => void new Queue(stack, 'Fifo', { fifo: true }))).toEqual(['FifoDeadLetters']);
    const mixed = findings((stack) => {
      const queue = new Queue(stack, 'DeadLetters');
      new Queue(stack, 'Fifo', { fifo: true, deadLetterQueue: { queue, maxReceiveCount: 3 } });
    });
    expect(mixed).toEqual(['FifoDeadLetters']);
  });

  test('is kept by a FIFO queue with FIFO dead letters, and does not look at standard queues', () => {
    const found = findings((stack) => {
      const queue = new Queue(stack, 'DeadLetters', { fifo: true });
      new Queue(stack, 'Fifo', { fifo: true, deadLetterQueue: { queue, maxReceiveCount: 3 } });
      new Queue(stack, 'Standard');
    });
    expect(found).toEqual([]);
  });
});

const lambda = (stack: Stack): LambdaFunction =>
  new LambdaFunction(stack, 'Function', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {}'),
  });
const explained = (stack: Stack, alarmDescription: string | undefined, watched = lambda(stack)): void => {
  const metric = watched.metricErrors();
  new Alarm(stack, 'Alarm', {
    metric,
    threshold: 1,
    evaluationPeriods: 1,
    ...(alarmDescription === undefined ? {} : { alarmDescription }),
  });
};
const TEXT = 'It fails. Nobody is paid. Runbook: docs/runbook.md#it-fails';

describe('FunctionsExplained', () => {
  test.each([
    ['nobody watches', (stack: Stack) => void lambda(stack)],
    ['an alarm watches without a word', (stack: Stack) => explained(stack, undefined)],
    ['an alarm watches without a runbook', (stack: Stack) => explained(stack, 'It fails. Nobody is paid.')],
  ])('is broken by a function that %s', (_name, build) => {
    expect(findings(build)).toEqual(['FunctionsExplained']);
  });

  test('is broken by a function beside the one that is watched', () => {
    const found = findings((stack) => {
      explained(stack, TEXT);
      new LambdaFunction(stack, 'Other', { runtime: Runtime.NODEJS_24_X, handler: 'a.b', code: Code.fromInline('x') });
    });
    expect(found).toEqual(['FunctionsExplained']);
  });

  test('is kept by a function whose alarm says what broke, what it means and where to read on', () => {
    expect(findings((stack) => explained(stack, TEXT))).toEqual([]);
  });
});

describe('EventSourcesReportItems', () => {
  const good = {
    startingPosition: StartingPosition.TRIM_HORIZON,
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    retryAttempts: 10,
    maxRecordAge: Duration.hours(1),
  };
  const stream = (changes: Partial<typeof good>, keeps = true) =>
    findings((stack) => {
      const consumer = lambda(stack);
      explained(stack, TEXT, consumer);
      const table = new Table(stack, 'Table', {
        partitionKey: journalKeys.partitionKey,
        stream: StreamViewType.NEW_IMAGE,
      });
      consumer.addEventSourceMapping('Stream', {
        eventSourceArn: table.tableStreamArn ?? '',
        ...good,
        ...changes,
        ...(keeps ? { onFailure: new SqsDlq(new Queue(stack, 'Failures')) } : {}),
      });
    });
  const queue = (reportBatchItemFailures: boolean) =>
    findings((stack) => {
      const consumer = lambda(stack);
      explained(stack, TEXT, consumer);
      consumer.addEventSourceMapping('Queue', {
        eventSourceArn: new Queue(stack, 'Messages').queueArn,
        reportBatchItemFailures,
      });
    });

  test('is broken by a queue whose whole batch comes back', () => {
    expect(queue(false)).toEqual(['EventSourcesReportItems']);
    expect(queue(true)).toEqual([]);
  });

  test.each([
    ['whose whole batch comes back', stream({ reportBatchItemFailures: false })],
    ['that is never split', stream({ bisectBatchOnError: false })],
    ['that is retried for ever', stream({ retryAttempts: -1 })],
    ['that loses what it gives up', stream({}, false)],
  ])('is broken by a stream %s', (_name, found) => {
    expect(found).toEqual(['EventSourcesReportItems']);
  });

  test('is kept by a stream that is bounded, split, and keeps what it gives up', () => {
    expect(stream({})).toEqual([]);
  });
});
