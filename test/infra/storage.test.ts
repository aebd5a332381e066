import { describe, expect, test } from 'vitest';
import { JOURNAL, STATE, VIEWS } from '#shared/storage/tables.ts';
import { ofType, PRODUCTION, STAGE, type StackTemplate, synthesise } from '../support/synthesis.ts';

const production = synthesise(PRODUCTION);
const trial = synthesise(STAGE);

const tableOf = (template: StackTemplate, name: 'Journal' | 'State' | 'Views') => {
  const found = ofType(template, 'AWS::DynamoDB::Table').find(([id]) => id.startsWith(name));
  if (found === undefined) throw new Error(`no table ${name}`);
  return found[1];
};

const text = (name: string, type: 'HASH' | 'RANGE') => ({ AttributeName: name, KeyType: type });

describe('tables', () => {
  test.each([
    ['Journal', [text(JOURNAL.partitionKey, 'HASH'), text(JOURNAL.sortKey, 'RANGE')]],
    ['State', [text(STATE.partitionKey, 'HASH')]],
    ['Views', [text(VIEWS.partitionKey, 'HASH'), text(VIEWS.sortKey, 'RANGE')]],
  ] as const)('%s has the keys that code addresses it by', (name, keys) => {
    expect(tableOf(production.storage, name).Properties['KeySchema']).toEqual(keys);
  });

  test('State has the sparse index of the worklists, and it carries keys only', () => {
    expect(tableOf(production.storage, 'State').Properties['GlobalSecondaryIndexes']).toEqual([
      {
        IndexName: STATE.index.name,
        KeySchema: [text(STATE.index.partitionKey, 'HASH'), text(STATE.index.sortKey, 'RANGE')],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ]);
  });

  test('only the Journal has a stream, and it shows what an entry was before somebody changed it', () => {
    const streams = (['Journal', 'State', 'Views'] as const).map(
      (name) => tableOf(production.storage, name).Properties['StreamSpecification'],
    );
    expect(streams).toEqual([{ StreamViewType: 'NEW_AND_OLD_IMAGES' }, undefined, undefined]);
  });

  test.each(['Journal', 'State', 'Views'] as const)(
    '%s is on demand, under our key, recoverable, undeletable',
    (name) => {
      const { Properties, DeletionPolicy } = tableOf(production.storage, name);
      expect(DeletionPolicy).toBe('Retain');
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        SSESpecification: {
          SSEEnabled: true,
          SSEType: 'KMS',
          KMSMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
        },
      });
    },
  );

  test('a trial stage can be taken down, stacks, tables and all', () => {
    expect(production.terminationProtected).toBe(true);
    expect(trial.terminationProtected).toBe(false);
    for (const [, { Properties, DeletionPolicy }] of ofType(trial.storage, 'AWS::DynamoDB::Table')) {
      expect(DeletionPolicy).toBe('Delete');
      expect(Properties['DeletionProtectionEnabled']).toBe(false);
    }
    expect(JSON.stringify(tableOf(trial.storage, 'Journal'))).not.toContain('dynamodb:DeleteTable');
  });
});

describe('the Journal’s own policy', () => {
  const statements = (input = PRODUCTION) => tableOf(synthesise(input).storage, 'Journal').Properties['ResourcePolicy'];

  test('denies everybody every way to change or remove an entry', () => {
    expect(statements()).toMatchObject({
      PolicyDocument: {
        Statement: [
          {
            Sid: 'EntriesAreForEver',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Resource: '*',
            Action: [
              'dynamodb:BatchWriteItem',
              'dynamodb:DeleteItem',
              'dynamodb:DeleteTable',
              'dynamodb:PartiQLDelete',
              'dynamodb:PartiQLInsert',
              'dynamodb:PartiQLUpdate',
              'dynamodb:UpdateItem',
              'dynamodb:UpdateTimeToLive',
            ],
          },
          {
            Sid: 'EntriesComeInTransactions',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Resource: '*',
            Action: 'dynamodb:PutItem',
            Condition: { StringNotEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } },
          },
        ],
      },
    });
    expect(JSON.stringify(statements())).not.toContain('ArnNotEquals');
  });

  test('makes one exception, for the role that was named for emergencies', () => {
    const breakGlassRoleArn = 'arn:aws-cn:iam::123456789012:role/break-glass';
    const exception = { ArnNotEquals: { 'aws:PrincipalArn': breakGlassRoleArn } };
    expect(statements({ ...PRODUCTION, breakGlassRoleArn })).toMatchObject({
      PolicyDocument: {
        Statement: [
          { Condition: exception },
          { Condition: { ...exception, StringNotEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } } },
        ],
      },
    });
  });
});

describe('the bank’s bucket', () => {
  const [bankId, bank] = ofType(production.storage, 'AWS::S3::Bucket').find(([id]) => /^BankBucket/.test(id)) ?? [];

  test('keeps every version, is closed to the public, under our key, and logs each access', () => {
    expect(bank?.DeletionPolicy).toBe('Retain');
    expect(bank?.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
      LoggingConfiguration: { DestinationBucketName: { Ref: expect.stringMatching(/^BankAccessLogs/) } },
    });
  });

  test('no bucket answers without TLS', () => {
    const denied = ofType(production.storage, 'AWS::S3::BucketPolicy').flatMap(([, { Properties }]) =>
      JSON.stringify(Properties).includes('"Bool":{"aws:SecureTransport":"false"}') ? [Properties['Bucket']] : [],
    );
    expect(denied).toHaveLength(ofType(production.storage, 'AWS::S3::Bucket').length);
    expect(denied).toContainEqual({ Ref: bankId });
  });

  test('tells the inbox queue of what the bank delivers, and may do so before it is asked to', () => {
    const [queue, ...others] = [bank?.Properties['NotificationConfiguration']].flatMap((each) => each ?? []);
    expect(others).toEqual([]);
    expect(queue).toMatchObject({
      QueueConfigurations: [
        {
          Event: 's3:ObjectCreated:*',
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'inbox/' }] } },
          Queue: { 'Fn::GetAtt': [expect.stringMatching(/^InboxQueue/), 'Arn'] },
        },
      ],
    });
    const permissions = ofType(production.storage, 'AWS::SQS::QueuePolicy').filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes('"Service":"s3.amazonaws.com"'),
    );
    expect(permissions).toHaveLength(1);
    expect([bank?.DependsOn].flat()).toContain(permissions[0]?.[0]);
    expect(JSON.stringify(permissions)).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}');
  });
});

test('the outputs the loader and the local cloud read keep their names', () => {
  expect(Object.keys(trial.storage.Outputs)).toEqual(
    expect.arrayContaining(['JournalTable', 'StateTable', 'ViewsTable', 'BankBucket']),
  );
  expect(Object.keys(trial.pipeline.Outputs)).toEqual(['ApiUrl', 'FundQueueUrl', 'PaymentsQueueUrl', 'CloseQueueUrl']);
});
