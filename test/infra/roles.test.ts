import { describe, expect, test } from 'vitest';
import { permissionsByRole } from '../support/roles.ts';
import { STAGE, synthesise } from '../support/synthesis.ts';

const TRANSACTION = 'if dynamodb:EnclosingOperation StringEquals TransactWriteItems';
const DECRYPT = ['kms:Decrypt Key.Arn', 'kms:DescribeKey Key.Arn'];
const ENCRYPT = [
  'kms:Encrypt Key.Arn',
  'kms:GenerateDataKey Key.Arn',
  'kms:GenerateDataKeyWithoutPlaintext Key.Arn',
  'kms:ReEncryptFrom Key.Arn',
  'kms:ReEncryptTo Key.Arn',
];
const COMMIT = [
  'dynamodb:GetItem State.Arn',
  `dynamodb:PutItem State.Arn ${TRANSACTION}`,
  `dynamodb:PutItem Journal.Arn ${TRANSACTION}`,
  ...DECRYPT,
  ...ENCRYPT,
];
const API = [...COMMIT, 'dynamodb:Query Views.Arn'];
const IMPORTS = ['s3:GetObject BankBucket.Arn/imports/*', 's3:PutObject BankBucket.Arn/imports/*'];
const STREAM = [
  'dynamodb:DescribeStream Journal.StreamArn',
  'dynamodb:GetRecords Journal.StreamArn',
  'dynamodb:GetShardIterator Journal.StreamArn',
  'dynamodb:ListStreams Journal.Arn/stream/*',
  ...DECRYPT,
];
const receive = (queue: string): readonly string[] =>
  ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage'].map(
    (action) => `sqs:${action} ${queue}.Arn`,
  );
const giveUp = (queue: string): readonly string[] =>
  ['GetQueueAttributes', 'GetQueueUrl', 'SendMessage'].map((action) => `sqs:${action} ${queue}.Arn`);

/** Everything every function may do, besides its own log and its traces. Whoever changes it says so here. */
const FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  SeedFundApi: API,
  RiskCompensationApi: API,
  ApprovalsApi: [...API, 'dynamodb:Query State.Arn/index/worklist'],
  CapitalApi: API,
  PaymentsApi: API,
  RegisterApi: API,
  EquityApi: API,
  GuidanceFundApi: [...API, 'dynamodb:GetItem Views.Arn'],
  ImportsApi: [...API, ...IMPORTS],
  LedgerApi: [
    'dynamodb:GetItem State.Arn',
    'dynamodb:GetItem Views.Arn',
    'dynamodb:Query Journal.Arn',
    'dynamodb:Query Views.Arn',
    ...DECRYPT,
  ],
  DocsApi: [],
  SeedFundWorker: [...COMMIT, ...receive('FundQueue')],
  ImportsWorker: [...COMMIT, ...IMPORTS, ...receive('ImportsQueue')],
  PaymentsSend: [
    'dynamodb:GetItem State.Arn',
    's3:PutObject BankBucket.Arn/outbox/*',
    ...receive('PaymentsQueue'),
    ...DECRYPT,
    ...ENCRYPT,
  ],
  PaymentsIntake: [
    'dynamodb:GetItem State.Arn',
    's3:GetObject BankBucket.Arn/inbox/*',
    'sqs:SendMessage FundQueue.Arn',
    ...receive('InboxQueue'),
    ...DECRYPT,
  ],
  CloseDaily: [
    'dynamodb:GetItem State.Arn',
    'dynamodb:Query State.Arn/index/worklist',
    'sqs:SendMessage FundQueue.Arn',
    ...receive('CloseQueue'),
    ...DECRYPT,
  ],
  JournalRelay: [
    ...STREAM,
    'sqs:SendMessage FundQueue.Arn',
    'sqs:SendMessage PaymentsQueue.Arn',
    'sqs:SendMessage ImportsQueue.Arn',
    ...giveUp('JournalRelayStreamFailuresQueue'),
  ],
  JournalProject: [
    ...STREAM,
    ...ENCRYPT,
    'dynamodb:Query Journal.Arn',
    'dynamodb:GetItem Views.Arn',
    'dynamodb:PutItem Views.Arn',
    'dynamodb:UpdateItem Views.Arn',
    ...giveUp('JournalProjectStreamFailuresQueue'),
  ],
};

const SCHEDULER = ['sqs:SendMessage CloseQueue.Arn', 'sqs:SendMessage DailyFailuresQueue.Arn'];

const { storage, pipeline } = synthesise(STAGE);
const roles = permissionsByRole(pipeline);
const scheduler = (name: string): boolean => name.startsWith('SchedulerRole');

describe('least privilege', () => {
  test.each(Object.entries(FUNCTIONS))('%s may do what it does and nothing else', (name, permissions) => {
    const own = [`logs:CreateLogStream ${name}Log.Arn`, `logs:PutLogEvents ${name}Log.Arn`];
    const traces = ['xray:PutTelemetryRecords *', 'xray:PutTraceSegments *'];
    expect(roles[`${name}Role`]).toEqual([...permissions, ...own, ...traces].sort());
  });

  test('there is no other role but the schedule’s, and that sends to its two queues', () => {
    const others = Object.keys(roles).filter((name) => !Object.hasOwn(FUNCTIONS, name.replace(/Role$/, '')));
    expect(others).toHaveLength(1);
    expect(others.filter(scheduler).map((name) => roles[name])).toEqual([SCHEDULER]);
    expect(permissionsByRole(storage)).toEqual({});
  });

  test('nobody who is not Lambda or the scheduler may take a role, and no role has a policy AWS manages', () => {
    const text = JSON.stringify(Object.values(pipeline.Resources).filter(({ Type }) => Type === 'AWS::IAM::Role'));
    expect(new Set([...text.matchAll(/"Service":"([^"]+)"/g)].map(([, service]) => service))).toEqual(
      new Set(['lambda.amazonaws.com', 'scheduler.amazonaws.com']),
    );
    expect(text).not.toContain('ManagedPolicyArns');
  });
});
