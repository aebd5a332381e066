import { Duration } from 'aws-cdk-lib';
import { Alarm, type ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';

/** One thing that is watched. */
export interface Watch {
  /** Names the alarm and its section in docs/runbook.md. */
  readonly id: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparison: ComparisonOperator;
  readonly evaluationPeriods?: number;
  /** What broke. */
  readonly broke: string;
  /** What it means to a user of the funds. */
  readonly impact: string;
}

/** Where the instructions for an alarm are, from the root of the repository. */
export const runbookOf = (id: string): string => `docs/runbook.md#${id}`;

/** The topic every alarm of a stage is sent to, encrypted, and the way to make an alarm. */
export class Alarms extends Construct {
  readonly #topic: Topic;
  readonly #stage: string;

  constructor(scope: Construct, id: string, config: StageConfig) {
    super(scope, id);
    this.#stage = config.stage;
    const key = new Key(this, 'Key', { enableKeyRotation: true, description: `Alarms of Jinqu ${config.stage}` });
    // The keys of AWS itself cannot be used here: CloudWatch may only use a key whose policy names it.
    key.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
    this.#topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    if (config.alarmEmail !== undefined) this.#topic.addSubscription(new EmailSubscription(config.alarmEmail));
  }

  /** Adds an alarm to the stack of `scope`; its text says what broke, what that means, and where to read on. */
  add(scope: Construct, { id, metric, threshold, comparison, evaluationPeriods = 1, broke, impact }: Watch): Alarm {
    const alarm = new Alarm(scope, `Alarm${pascal(id)}`, {
      alarmName: `jinqu-${this.#stage}-${id}`,
      alarmDescription: `${broke} ${impact} Runbook: ${runbookOf(id)}`,
      metric,
      threshold,
      comparisonOperator: comparison,
      evaluationPeriods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
    return alarm;
  }
}

const pascal = (id: string): string => id.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());

/** How long a metric is summed up before an alarm looks at it. */
export const PERIOD = Duration.minutes(5);
