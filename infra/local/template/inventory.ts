import { isObject, type Json, requiredString } from './json.ts';
import type { Environment, Resolver } from './resolver.ts';
import { resourcesOf, type Stack, type StackResource } from './stack.ts';

/** The resource types the local cloud runs. */
const INTERPRETED = [
  'AWS::DynamoDB::Table',
  'AWS::SQS::Queue',
  'AWS::S3::Bucket',
  'AWS::Lambda::Function',
  'AWS::Lambda::EventSourceMapping',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Stage',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::Scheduler::Schedule',
  'Custom::S3BucketNotifications',
] as const;

/** The resource types that change nothing on one machine: who may do what, what is watched, how it is encrypted. */
const IGNORED: ReadonlySet<string> = new Set([
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
  'AWS::Logs::ResourcePolicy',
  'AWS::KMS::Key',
  'AWS::KMS::Alias',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SNS::Subscription',
  'AWS::SQS::QueuePolicy',
  'AWS::S3::BucketPolicy',
  'AWS::Lambda::Permission',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::CDK::Metadata',
  'Custom::S3AutoDeleteObjects',
  'Custom::LogRetention',
]);

/** A resource type the local cloud runs. */
export type InterpretedType = (typeof INTERPRETED)[number];

const isInterpreted = (type: string): type is InterpretedType => INTERPRETED.some((known) => known === type);

/** The resources of all stacks, sorted by type, without those whose condition does not hold. */
export interface Inventory {
  of(type: InterpretedType): readonly StackResource[];
}

/**
 * Sorts the resources of the stacks into those that run here and those known to change nothing here; the latter are made
 * known to the resolver under made-up names. Throws for a resource of any other type, naming it, so that a template
 * never runs in part without anyone noticing.
 */
export function takeInventory(stacks: readonly Stack[], resolver: Resolver, environment: Environment): Inventory {
  const byType = new Map<InterpretedType, StackResource[]>();
  const resources = resourcesOf(stacks).filter(
    ({ condition, stack }) => condition === undefined || resolver.holds(condition, stack),
  );
  const providers = customResourceProviders(resources);
  for (const resource of resources) {
    const { type, stack, logicalId } = resource;
    if (isInterpreted(type) && !providers.has(`${stack.name}/${logicalId}`)) {
      byType.set(type, [...(byType.get(type) ?? []), resource]);
    } else if (IGNORED.has(type) || isInterpreted(type)) {
      resolver.know(stack, logicalId, madeUpIdentity(resource, environment));
    } else {
      throw new Error(`the local cloud cannot run ${type} (${stack.name}/${logicalId})`);
    }
  }
  return { of: (type) => byType.get(type) ?? [] };
}

/** Functions that only serve a custom resource at deployment; the local cloud does the custom resource's work itself. */
function customResourceProviders(resources: readonly StackResource[]): Set<string> {
  const providers = new Set<string>();
  for (const { type, stack, properties } of resources) {
    const token: Json | undefined = type.startsWith('Custom::') ? properties['ServiceToken'] : undefined;
    const reference = isObject(token) ? token['Fn::GetAtt'] : undefined;
    if (reference === undefined) continue;
    const logicalId = typeof reference === 'string' ? reference.split('.')[0] : Object.values(reference ?? {})[0];
    providers.add(`${stack.name}/${requiredString(logicalId, `${type} ServiceToken`)}`);
  }
  return providers;
}

function madeUpIdentity({ type, logicalId, stack }: StackResource, environment: Environment) {
  const service = (type.split('::')[1] ?? 'local').toLowerCase();
  const { partition, region, accountId } = environment;
  const arn = `arn:${partition}:${service}:${region}:${accountId}:${stack.name}/${logicalId}`;
  return { ref: logicalId, attributes: { Arn: arn, KeyId: logicalId, TopicName: logicalId, TopicArn: arn } };
}

/** A name on this machine for a resource that the template does not name: the same at every start. */
export const physicalName = (resource: StackResource, given: string | undefined, lengthMax: number): string =>
  given ?? `${resource.stack.name}-${resource.logicalId}`.slice(-lengthMax);
