import { Duration, Validations } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { type Alarms, PERIOD } from './alarms.ts';

export interface MessageQueueProps {
  readonly config: StageConfig;
  readonly alarms: Alarms;
  /** Its own name within the stage and in those of its alarms, such as `fund-queue`. */
  readonly name: string;
  /** Timeout of the function that reads it. A message stays hidden six times as long, as AWS asks for. */
  readonly consumerTimeoutSeconds: number;
  /** How long a message may wait before somebody is told. */
  readonly ageMaxSeconds: number;
  /** What it means to a user of the funds that messages wait or are given up. */
  readonly errorImpact: string;
  /** For senders that cannot give a deduplication id. */
  readonly contentBasedDeduplication?: boolean;
  /** False only for what S3 writes to, which cannot write to a FIFO queue. */
  readonly fifo?: boolean;
}

/** Deliveries of a message before it is given up; with six timeouts between them, minutes to hours of trying. */
const RECEIVES_MAX = 5;

/**
 * A queue with its dead-letter queue of the same kind, encrypted, TLS only, and watched: a message that was given up or
 * that waits too long raises an alarm. FIFO queues order by message group and run the groups side by side.
 */
export class MessageQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: MessageQueueProps) {
    super(scope, id);
    const { config, name, fifo = true } = props;
    const common = { ...PROTECTED, ...(fifo ? FIFO : {}) };
    const deadLetters = `${name}-dead-letters`;
    this.deadLetters = new Queue(this, 'DeadLetters', { ...common, queueName: queueName(config, deadLetters, fifo) });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      queueName: queueName(config, name, fifo),
      ...(props.contentBasedDeduplication === undefined
        ? {}
        : { contentBasedDeduplication: props.contentBasedDeduplication }),
      visibilityTimeout: Duration.seconds(6 * props.consumerTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: RECEIVES_MAX },
    });
    watchDeadLetters(this, this.deadLetters, props);
    props.alarms.add(this, {
      id: `${props.name}-late`,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: Stats.MAXIMUM }),
      threshold: props.ageMaxSeconds,
      broke: `A message of ${props.name} has waited ${props.ageMaxSeconds} seconds.`,
      impact: props.errorImpact,
    });
  }
}

export type FailureQueueProps = Pick<MessageQueueProps, 'config' | 'name' | 'alarms' | 'errorImpact'>;

/** A queue for what was given up elsewhere: records of a stream, firings of a schedule. Watched like any other. */
export class FailureQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: FailureQueueProps) {
    super(scope, id);
    const name = queueName(props.config, `${props.name}-dead-letters`, false);
    this.queue = new Queue(this, 'Queue', { ...PROTECTED, queueName: name });
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'Nothing reads it by itself: it is where a stream or a schedule leaves what it gives up.',
    });
    watchDeadLetters(this, this.queue, props);
  }
}

/** The longest SQS keeps a message. What was given up at a holiday's start is still there at its end. */
const RETENTION = Duration.days(14);

const PROTECTED = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: RETENTION,
} satisfies QueueProps;

const FIFO = {
  fifo: true,
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
} satisfies QueueProps;

/** Named, so that the runbook can say which queue to look into. */
const queueName = ({ stage }: StageConfig, name: string, fifo: boolean): string =>
  `jinqu-${stage}-${name}${fifo ? '.fifo' : ''}`;

const watchDeadLetters = (
  scope: Construct,
  queue: Queue,
  { alarms, name, errorImpact }: Omit<FailureQueueProps, 'config'>,
): void => {
  alarms.add(scope, {
    id: `${name}-dead-letters`,
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }),
    threshold: 1,
    broke: `${name} has given up a message.`,
    impact: errorImpact,
  });
};
