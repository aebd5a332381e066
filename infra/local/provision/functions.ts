import { join } from 'node:path';
import * as z from 'zod';
import type { Activity } from '../activity.ts';
import type { Credentials, Endpoints } from '../engines/clients.ts';
import { LambdaFunction } from '../lambda/function.ts';
import { physicalName } from '../template/inventory.ts';
import { stringOf } from '../template/json.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Environment, Resolver } from '../template/resolver.ts';
import type { StackResource } from '../template/stack.ts';
import { findBundle } from './assets.ts';

const whole = z.coerce.number().int();
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const functionSchema = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Timeout: whole.default(3),
  MemorySize: whole.default(128),
  ReservedConcurrentExecutions: whole.optional(),
  Environment: z.object({ Variables: z.record(z.string(), text).default({}) }).optional(),
});

/** What every function of this cloud shares. */
export interface FunctionSurroundings {
  readonly environment: Environment;
  readonly endpoints: Endpoints;
  readonly credentials: Credentials;
  readonly clock: SharedArrayBuffer;
  readonly logDirectory: string;
  readonly activity: Activity;
}

/** Makes a function's name and ARN known to the resolver, before anything that refers to it is resolved. */
export function nameFunction(resolver: Resolver, resource: StackResource, environment: Environment): void {
  const { stack, logicalId, properties } = resource;
  const name = physicalName(
    resource,
    stringOf(resolver.resolve(properties['FunctionName'], stack), 'FunctionName'),
    64,
  );
  const { partition, region, accountId } = environment;
  const arn = `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
  resolver.know(stack, logicalId, { ref: name, attributes: { Arn: arn } });
}

/**
 * The function of a resource named before, with the environment of the template and what Lambda adds to it. Everything
 * that environment refers to must be known to the resolver.
 */
export function provisionFunction(
  resolver: Resolver,
  resource: StackResource,
  surroundings: FunctionSurroundings,
): LambdaFunction {
  const { stack, logicalId } = resource;
  const settings = propertiesOf(resolver, resource, functionSchema);
  const { ref: functionName, attributes } = resolver.identityOf(stack, logicalId);
  const { file, isModule, exportName } = findBundle(stack, settings.Code.S3Key, settings.Handler);
  const start = {
    functionName,
    functionArn: attributes['Arn'] ?? functionName,
    memoryMegabytes: settings.MemorySize,
    file,
    isModule,
    exportName,
    clock: surroundings.clock,
  };
  const variables = { ...settings.Environment?.Variables, ...lambdaVariables(functionName, settings, surroundings) };
  const code = { start, variables, timeoutSeconds: settings.Timeout };
  return new LambdaFunction(
    code,
    join(surroundings.logDirectory, `${functionName}.log`),
    surroundings.activity,
    settings.ReservedConcurrentExecutions,
  );
}

/**
 * What Lambda sets, and where the services answer. The endpoints are addresses and not names, which makes the SDK put
 * the bucket into the path of an S3 request.
 */
function lambdaVariables(
  functionName: string,
  settings: z.output<typeof functionSchema>,
  { environment, endpoints, credentials }: FunctionSurroundings,
): Record<string, string> {
  return {
    AWS_REGION: environment.region,
    AWS_DEFAULT_REGION: environment.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.MemorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    _HANDLER: settings.Handler,
    TZ: ':UTC',
  };
}
