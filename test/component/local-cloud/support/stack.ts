import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { StackInput } from '#infra/local/template/stack.ts';

const ref = (Ref: string) => ({ Ref });
const att = (...path: readonly [string, string]) => ({ 'Fn::GetAtt': path });

const handler = (name: string, environment: object, more: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: { 'Fn::Join': ['-', ['assets', ref('AWS::AccountId')]] }, S3Key: 'handlers.zip' },
    Handler: `index.${name}`,
    Runtime: 'nodejs24.x',
    MemorySize: 256,
    Timeout: 10,
    Role: att('Role', 'Arn'),
    Environment: { Variables: environment },
    ...more,
  },
});

const queue = (name: string, dead: string | undefined, more: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: {
    VisibilityTimeout: 4,
    ...(dead === undefined ? {} : { RedrivePolicy: { deadLetterTargetArn: att(dead, 'Arn'), maxReceiveCount: 2 } }),
    ...(name.endsWith('.fifo') ? { QueueName: name, FifoQueue: true } : {}),
    ...more,
  },
});

const mapping = (source: object, target: string, more: object) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: source, FunctionName: ref(target), ...more },
});

const route = (RouteKey: string, more: object = {}) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: ref('Api'),
    RouteKey,
    Target: { 'Fn::Join': ['', ['integrations/', ref('ApiIntegration')]] },
    ...more,
  },
});

const jwt = (more: object = {}) => ({ AuthorizationType: 'JWT', AuthorizerId: ref('Authorizer'), ...more });
const lists = { LISTS: ref('Lists') };
const partial = ['ReportBatchItemFailures'];
const table = (keys: readonly string[], more: object = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    KeySchema: keys.map((AttributeName, i) => ({ AttributeName, KeyType: i === 0 ? 'HASH' : 'RANGE' })),
    AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    ...more,
  },
});

/** A stack with one of everything: entries that stream to a relay and a listener, work, an inbox, an API, a schedule. */
const template = (issuer: string) => ({
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
    Entries: table(['book', 'seq'], { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
    Lists: table(['name']),
    Work: queue('work.fifo', 'WorkDead'),
    WorkDead: queue('work-dead.fifo', undefined),
    Inbox: queue('Inbox', 'InboxDead'),
    InboxDead: queue('InboxDead', undefined),
    StreamDead: queue('StreamDead', undefined),
    Files: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        NotificationConfiguration: {
          QueueConfigurations: [
            {
              Event: 's3:ObjectCreated:*',
              Queue: att('Inbox', 'Arn'),
              Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } },
            },
          ],
        },
      },
    },
    ApiFunction: handler('api', { ENTRIES: ref('Entries'), GREETING: '你好' }, { Timeout: 2 }),
    Relay: handler('relay', { WORK_QUEUE: ref('Work') }),
    Listener: handler('listen', lists),
    Worker: handler('work', lists),
    InboxFunction: handler('inbox', lists),
    RelaySource: mapping(att('Entries', 'StreamArn'), 'Relay', {
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 10,
      FilterCriteria: {
        Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"book":{"S":[{"anything-but":["silent"]}]}}}}' }],
      },
    }),
    ListenerSource: mapping(att('Entries', 'StreamArn'), 'Listener', {
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 10,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1,
      FunctionResponseTypes: partial,
      DestinationConfig: { OnFailure: { Destination: att('StreamDead', 'Arn') } },
    }),
    WorkSource: mapping(att('Work', 'Arn'), 'Worker', { BatchSize: 10, FunctionResponseTypes: partial }),
    InboxSource: mapping(att('Inbox', 'Arn'), 'InboxFunction', {
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
    }),
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Name: 'small',
        ProtocolType: 'HTTP',
        CorsConfiguration: {
          AllowOrigins: ['http://127.0.0.1:5173'],
          AllowMethods: ['GET'],
          AllowHeaders: ['authorization'],
        },
      },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true },
    },
    ApiIntegration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Api'),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: att('ApiFunction', 'Arn'),
        PayloadFormatVersion: '2.0',
      },
    },
    Authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: ref('Api'),
        AuthorizerType: 'JWT',
        Name: 'people',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Audience: ['jinqu'], Issuer: issuer },
      },
    },
    WriteRoute: route('POST /books/{book}/entries/{seq}'),
    OpenRoute: route('GET /open/{thing}'),
    GreedyRoute: route('ANY /open/{rest+}'),
    ClosedRoute: route('GET /closed', jwt()),
    ScopedRoute: route('GET /scoped', jwt({ AuthorizationScopes: ['books:read'] })),
    Nightly: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'nightly',
        ScheduleExpression: 'cron(30 1 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Shanghai',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: att('Inbox', 'Arn'),
          RoleArn: att('Role', 'Arn'),
          Input: '{"fired":"<aws.scheduler.scheduled-time>"}',
        },
      },
    },
    Monthly: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'monthly',
        ScheduleExpression: 'cron(0 9 1 * ? *)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: att('Work', 'Arn'),
          RoleArn: att('Role', 'Arn'),
          SqsParameters: { MessageGroupId: 'months' },
          Input: '{"seq":"a month","text":"no time in it"}',
        },
      },
    },
  },
  Outputs: {
    ListsTable: { Value: ref('Lists') },
    EntriesTable: { Value: ref('Entries') },
    FilesBucket: { Value: ref('Files') },
    InboxQueue: { Value: ref('Inbox') },
    WorkQueue: { Value: ref('Work') },
    ApiUrl: { Value: att('Api', 'ApiEndpoint') },
  },
});

/** The small stack with its functions bundled into `<directory>/assembly`. @param issuer of its authorizer */
export async function smallStack(directory: string, issuer = 'http://127.0.0.1:9') {
  const assetDirectory = join(directory, 'assembly');
  const asset = join(assetDirectory, 'asset.handlers');
  mkdirSync(asset, { recursive: true });
  // A folder above may say that everything is a module.
  writeFileSync(join(asset, 'package.json'), '{"type":"commonjs"}');
  await build({
    entryPoints: [join(import.meta.dirname, 'handlers.ts')],
    outfile: join(asset, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    logLevel: 'error',
  });
  return { name: 'Small', template: template(issuer), assetDirectory } satisfies StackInput;
}
