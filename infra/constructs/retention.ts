import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';

/** What a stage keeps when its stacks go: everything in production, nothing elsewhere. */
export const removalPolicyOf = ({ production }: StageConfig): RemovalPolicy =>
  production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

/** A log with a name an operator can type, and an end. */
export const stageLog = (scope: Construct, id: string, config: StageConfig, name: string): LogGroup =>
  new LogGroup(scope, id, {
    logGroupName: `/jinqu/${config.stage}/${name}`,
    retention: config.logRetentionDays,
    removalPolicy: removalPolicyOf(config),
  });
