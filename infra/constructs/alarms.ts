import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { pascal } from './pascal.ts';
import { removalPolicyOf } from './retention.ts';

/** One thing that is watched. */
export interface Watch {
  /** Names the alarm and its section in docs/runbook.md. */
  readonly id: string;
  readonly metric: IMetric;
  /** As soon as the metric is at or above this, over one period. */
  readonly threshold: number;
  /** What broke. */
  readonly broke: string;
  /** What it means to a user of the funds. */
  readonly impact: string;
}

/** The topic every alarm of a stage is sent to, encrypted, and the way to make an alarm. */
export class Alarms extends Construct {
  readonly #topic: Topic;
  readonly #stage: string;

  constructor(scope: Construct, id: string, config: StageConfig) {
    super(scope, id);
    this.#stage = config.stage;
    const key = new Key(this, 'Key', {
      description: `Alarms of Jinqu ${config.stage}`,
      enableKeyRotation: true,
      removalPolicy: removalPolicyOf(config),
    });
    // The keys of AWS itself cannot be used here: CloudWatch may only use a key whose policy names it.
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
      }),
    );
    this.#topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    if (config.alarmEmail !== undefined) this.#topic.addSubscription(new EmailSubscription(config.alarmEmail));
  }

  /** Adds an alarm to the stack of `scope`; its text says what broke, what that means, and where to read on. */
  add(scope: Construct, { id, metric, threshold, broke, impact }: Watch): void {
    const alarm = new Alarm(scope, `Alarm${pascal(id)}`, {
      alarmName: `jinqu-${this.#stage}-${id}`,
      alarmDescription: `${broke} ${impact} Runbook: docs/runbook.md#${id}`,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
  }
}

/** How long a metric is summed up before an alarm looks at it. */
export const PERIOD = Duration.minutes(5);
