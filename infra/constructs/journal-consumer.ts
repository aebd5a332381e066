import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { type Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { type Alarms, PERIOD } from './alarms.ts';
import { FailureQueue } from './message-queue.ts';

export interface JournalConsumerProps {
  readonly config: StageConfig;
  readonly alarms: Alarms;
  /** In the names of its alarms, such as `journal-relay`. */
  readonly name: string;
  readonly journal: Table;
  readonly consumer: LambdaFunction;
  /** What it means to a user of the funds that the consumer lags or has given up. */
  readonly errorImpact: string;
}

/** Entries handed over at once. */
const BATCH_MAX = 100;

/** Retries and age end well before the 24 hours after which the stream forgets; an outage of hours is outlived. */
const RETRIES_MAX = 1_000;
const RECORD_AGE_MAX = Duration.hours(12);
const LAG_MAX_MILLISECONDS = 5 * 60 * 1_000;

/**
 * Has a function read the Journal's stream, in order per book. A batch that fails is split until the bad record is alone;
 * what is given up in the end is kept as a pointer in a queue.
 */
export class JournalConsumer extends Construct {
  readonly failures: FailureQueue;

  constructor(scope: Construct, id: string, props: JournalConsumerProps) {
    super(scope, id);
    const { config, alarms, name, journal, consumer, errorImpact } = props;
    this.failures = new FailureQueue(this, 'Failures', { config, alarms, name, errorImpact });
    consumer.addEventSourceMapping('Journal', {
      eventSourceArn: journal.tableStreamArn ?? '',
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: BATCH_MAX,
      bisectBatchOnError: true,
      retryAttempts: RETRIES_MAX,
      maxRecordAge: RECORD_AGE_MAX,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(this.failures.queue),
    });
    alarms.add(this, {
      id: `${name}-lagging`,
      metric: consumer.metric('IteratorAge', { period: PERIOD, statistic: Stats.MAXIMUM }),
      threshold: LAG_MAX_MILLISECONDS,
      broke: `${name} is five minutes behind the Journal.`,
      impact: errorImpact,
    });
  }
}
