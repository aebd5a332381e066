import { TimeZone } from 'aws-cdk-lib';
import { Schedule, ScheduleExpression, ScheduleTargetInput, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { Alarms } from './alarms.ts';
import { FailureQueue } from './message-queue.ts';

export interface DailyScheduleProps {
  readonly config: StageConfig;
  readonly alarms: Alarms;
  readonly queue: Queue;
}

/**
 * Says once a day, by the clock of Shanghai, that it is time for the daily close. It may say so twice or late: what is asked
 * for is decided by the dates in the books.
 */
export class DailySchedule extends Construct {
  constructor(scope: Construct, id: string, { config, alarms, queue }: DailyScheduleProps) {
    super(scope, id);
    const [hour = '', minute = ''] = config.closeAt.split(':');
    const failures = new FailureQueue(this, 'Failures', {
      config,
      alarms,
      name: 'daily-schedule',
      errorImpact: 'Nobody asked for the daily close: ageing, grades, provisions and lapsing cases are a day old.',
    });
    new Schedule(this, 'Schedule', {
      description: `Daily close of Jinqu ${config.stage}`,
      schedule: ScheduleExpression.cron({ hour, minute, timeZone: TimeZone.ASIA_SHANGHAI }),
      timeWindow: TimeWindow.off(),
      target: new SqsSendMessage(queue, {
        messageGroupId: 'daily-close',
        // Distinguishes the days for the queue's deduplication; the consumer goes by the books.
        input: ScheduleTargetInput.fromObject({ scheduledTime: '<aws.scheduler.scheduled-time>' }),
        deadLetterQueue: failures.queue,
      }),
    });
  }
}
