import { type CfnResource, Stack } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { NagRuleCompliance } from 'cdk-nag';
import * as z from 'zod';
import type { Rule } from './jinqu-checks.ts';
import { verdict } from './verdict.ts';

/** What a FIFO queue gives up stays in order. */
export const fifoDeadLettersAreFifo: Rule = {
  name: 'FifoDeadLetters',
  wants: 'A FIFO queue has a dead-letter queue in its own stack, and that is FIFO too.',
  why: 'AWS takes no other, and says so only at deployment; without one a bad message holds its fund up for ever.',
  check: (node) => {
    if (!(node instanceof CfnQueue) || node.fifoQueue !== true) return NagRuleCompliance.NOT_APPLICABLE;
    const queues = siblings(node).filter((each) => each instanceof CfnQueue);
    if (queues.some((each) => deadLettersOf(each) === nameOf(node))) return NagRuleCompliance.NOT_APPLICABLE;
    return verdict(queues.find((each) => nameOf(each) === deadLettersOf(node))?.fifoQueue === true);
  },
};

/** One bad message or record does not send its whole batch back. */
export const eventSourcesReportItems: Rule = {
  name: 'EventSourcesReportItems',
  wants:
    'An event source takes partial failures; that of a stream is bounded, split on error, and keeps what it gives up.',
  why: 'Without it good messages are carried out again and again beside a bad one, and a stream stands still for a day.',
  check: (node) => {
    if (!(node instanceof CfnEventSourceMapping)) return NagRuleCompliance.NOT_APPLICABLE;
    const reports = node.functionResponseTypes?.includes('ReportBatchItemFailures') === true;
    // Only streams are read from a position.
    if (node.startingPosition === undefined) return verdict(reports);
    const { maximumRetryAttempts = -1, maximumRecordAgeInSeconds = -1 } = node;
    const bounded = maximumRetryAttempts >= 0 && maximumRecordAgeInSeconds > 0;
    const keeps = node.destinationConfig !== undefined && node.bisectBatchOnFunctionError === true;
    return verdict(reports && bounded && keeps);
  },
};

/** No function ships without a sentence on what its failure means. */
export const functionsAreExplained: Rule = {
  name: 'FunctionsExplained',
  wants: 'A function is watched by an alarm that says what broke, what it means, and where the runbook is.',
  why: 'Whoever is woken by an alarm has not written the function.',
  check: (node) => {
    if (!(node instanceof CfnFunction)) return NagRuleCompliance.NOT_APPLICABLE;
    const named = JSON.stringify({ Name: 'FunctionName', Value: { Ref: nameOf(node) } });
    return verdict(
      siblings(node).some(
        (each) =>
          each instanceof CfnAlarm &&
          /\S.*Runbook: \S+#\S+/.test(each.alarmDescription ?? '') &&
          watchedBy(each).includes(named),
      ),
    );
  },
};

const siblings = (node: CfnResource): readonly unknown[] => Stack.of(node).node.findAll();

const nameOf = (node: CfnResource): string => Stack.of(node).getLogicalId(node);

const redrive = z.object({ deadLetterTargetArn: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }) });

const deadLettersOf = (queue: CfnQueue): string | undefined =>
  redrive.safeParse(Stack.of(queue).resolve(queue.redrivePolicy)).data?.deadLetterTargetArn['Fn::GetAtt'][0];

const dimensions = z.array(z.object({ name: z.string(), value: z.json() }));
const metrics = z.array(
  z.object({ metricStat: z.object({ metric: z.object({ dimensions: dimensions.optional() }) }).optional() }),
);

/** The dimensions an alarm looks at, each as text. */
const watchedBy = (alarm: CfnAlarm): readonly string[] => {
  const stack = Stack.of(alarm);
  const single = dimensions.safeParse(stack.resolve(alarm.dimensions)).data ?? [];
  const several = metrics.safeParse(stack.resolve(alarm.metrics)).data ?? [];
  return [...single, ...several.flatMap((each) => each.metricStat?.metric.dimensions ?? [])].map(({ name, value }) =>
    JSON.stringify({ Name: name, Value: value }),
  );
};
