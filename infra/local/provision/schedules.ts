import * as z from 'zod';
import { compileSchedule } from '../events/schedule-expression.ts';
import type { Schedule } from '../events/schedules.ts';
import { physicalName } from '../template/inventory.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Environment, Resolver } from '../template/resolver.ts';
import type { StackResource } from '../template/stack.ts';
import type { Queue } from './queues.ts';

/** A start or end date would change when a schedule fires, so a schedule with one is refused rather than misread. */
const scheduleSchema = z.object({
  Name: z.string().optional(),
  GroupName: z.string().default('default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  StartDate: z.undefined().optional(),
  EndDate: z.undefined().optional(),
  Target: z.object({
    Arn: z.string(),
    Input: z.string().optional(),
    SqsParameters: z.object({ MessageGroupId: z.string().optional() }).optional(),
  }),
});

/**
 * The schedule of a resource, known to the resolver afterwards; nothing for one that is switched off. Throws for a target
 * that is not one of the queues, and for a FIFO queue without a message group.
 */
export function provisionSchedule(
  resolver: Resolver,
  resource: StackResource,
  environment: Environment,
  queues: readonly Queue[],
): Schedule | undefined {
  const { stack, logicalId } = resource;
  const settings = propertiesOf(resolver, resource, scheduleSchema);
  const name = physicalName(resource, settings.Name, 64);
  const { partition, region, accountId } = environment;
  const arn = `arn:${partition}:scheduler:${region}:${accountId}:schedule/${settings.GroupName}/${name}`;
  resolver.know(stack, logicalId, { ref: name, attributes: { Arn: arn } });
  if (settings.State === 'DISABLED') return undefined;
  const queue = queues.find((each) => each.arn === settings.Target.Arn);
  if (queue === undefined) throw new Error(`schedule ${name}: the local cloud only sends to queues`);
  const groupId = settings.Target.SqsParameters?.MessageGroupId;
  if (queue.fifo && groupId === undefined) throw new Error(`schedule ${name}: a FIFO queue needs a message group`);
  const next = compileSchedule(settings.ScheduleExpression, settings.ScheduleExpressionTimezone);
  return { name, logicalId, arn, next, queue, groupId, input: settings.Target.Input };
}
