import { Duration, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { type Alarms, PERIOD } from './alarms.ts';
import type { Entry, FunctionBundles } from './function-bundles.ts';
import type { Permission } from './permissions.ts';
import { stageLog } from './retention.ts';

/** The one place that says which Node.js the functions run on. */
export const RUNTIME = Runtime.NODEJS_24_X;

const ARCHITECTURES = { arm64: Architecture.ARM_64, x86_64: Architecture.X86_64 };

export interface ServiceFunctionProps {
  readonly config: StageConfig;
  readonly alarms: Alarms;
  readonly bundles: FunctionBundles;
  readonly entry: Entry;
  /** What it means to a user of the funds that this function fails. Goes into the alarm. */
  readonly errorImpact: string;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Exactly what it may do, besides writing its log and traces. */
  readonly permissions: readonly Permission[];
}

/** Lambda gives processor time by memory, and loading a bundle is what takes most of it. */
const MEMORY_MB = 1024;

/**
 * A Lambda function: bundled from one composition root with everything it needs and nothing else, its own role, its own log
 * with an end, traced, and an alarm when it fails.
 */
export class ServiceFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { config, entry } = props;
    const logGroup = stageLog(this, 'Log', config, entry);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    for (const { statements, acknowledged } of props.permissions) {
      for (const statement of statements) role.addToPolicy(statement);
      if (acknowledged !== undefined) Validations.of(role).acknowledge(acknowledged);
    }
    this.function = new LambdaFunction(this, 'Function', {
      functionName: `jinqu-${config.stage}-${entry.replace('/', '-')}`,
      description: `Jinqu ${entry}`,
      code: props.bundles.codeOf(entry),
      handler: 'index.handler',
      runtime: RUNTIME,
      architecture: ARCHITECTURES[config.architecture],
      memorySize: MEMORY_MB,
      timeout: Duration.seconds(props.timeoutSeconds),
      environment: { ...props.environment },
      tracing: Tracing.ACTIVE,
      role,
      logGroup,
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray takes segments without naming a resource; it is the only statement with this resource.',
    });
    this.#watch(props);
  }

  #watch({ alarms, entry, errorImpact }: ServiceFunctionProps): void {
    alarms.add(this, {
      id: `${entry.replace('/', '-')}-failing`,
      metric: this.function.metricErrors({ period: PERIOD }),
      threshold: 1,
      broke: `${entry} has ended in an error or run out of time.`,
      impact: errorImpact,
    });
  }
}
