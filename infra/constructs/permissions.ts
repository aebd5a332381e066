import { type Acknowledgment, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { BANK_PREFIX } from '#shared/storage/names.ts';
import { STATE } from '#shared/storage/tables.ts';

export interface Stores {
  readonly key: IKey;
  readonly journal: Table;
  readonly state: Table;
  readonly views: Table;
  readonly bank: Bucket;
}

/** Something a function may do, and why what a check finds in it is as it should be. */
export interface Permission {
  readonly statements: readonly PolicyStatement[];
  readonly acknowledged?: Acknowledgment;
}

/** What functions may do, in the words of the adapters that do it. Each names its actions and the very resource. */
export const permissionsOn = ({ key, journal, state, views, bank }: Stores) => {
  const decrypt = allow([key.keyArn], ['kms:Decrypt', 'kms:DescribeKey']);
  const encrypt = allow([key.keyArn], ENCRYPT);
  const bankFiles = (prefix: string, actions: string[], keyUse: PolicyStatement[]): Permission => ({
    statements: [allow([bank.arnForObjects(`${prefix}*`)], actions), ...keyUse],
    acknowledged: wildcard(
      bank,
      bank.bucketArn,
      `/${prefix}*`,
      'Files have names of their own; the folder is the limit.',
    ),
  });
  return {
    /** Head and entities, as a decision or a caller needs them. */
    loadBook: (): Permission => ({ statements: [allow([state.tableArn], ['dynamodb:GetItem']), decrypt] }),
    /** The same, and to write entries, entities and head: together or not at all. */
    commit: (): Permission => ({
      statements: [
        allow([state.tableArn], ['dynamodb:GetItem']),
        allow([journal.tableArn, state.tableArn], ['dynamodb:PutItem'], IN_A_TRANSACTION),
        decrypt,
        encrypt,
      ],
    }),
    /** Who waits for the nightly job. */
    readWorklists: (): Permission => ({
      statements: [allow([`${state.tableArn}/index/${STATE.index.name}`], ['dynamodb:Query']), decrypt],
    }),
    readEntries: (): Permission => ({ statements: [allow([journal.tableArn], ['dynamodb:Query']), decrypt] }),
    readViews: (): Permission => ({ statements: [allow([views.tableArn], ['dynamodb:Query']), decrypt] }),
    /** How far the views have come. */
    readWatermark: (): Permission => ({ statements: [allow([views.tableArn], ['dynamodb:GetItem']), decrypt] }),
    writeViews: (): Permission => ({
      statements: [allow([views.tableArn], ['dynamodb:PutItem', 'dynamodb:UpdateItem']), decrypt, encrypt],
    }),
    /** The Journal's stream. Streams are listed by table, for at that time there is no one stream to name. */
    readStream: (): Permission => ({
      statements: [
        allow(
          [journal.tableStreamArn ?? ''],
          ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        ),
        allow([`${journal.tableArn}/stream/*`], ['dynamodb:ListStreams']),
        decrypt,
      ],
      acknowledged: wildcard(journal, journal.tableArn, '/stream/*', 'Lambda lists the streams of this one table.'),
    }),
    writeToBank: (): Permission => bankFiles(BANK_PREFIX.outbox, ['s3:PutObject'], [decrypt, encrypt]),
    readFromBank: (): Permission => bankFiles(BANK_PREFIX.inbox, ['s3:GetObject'], [decrypt]),
    keepImports: (): Permission => bankFiles(BANK_PREFIX.imports, ['s3:GetObject', 's3:PutObject'], [decrypt, encrypt]),
    send: ({ queueArn }: Queue): Permission => ({ statements: [allow([queueArn], ['sqs:SendMessage'])] }),
  };
};

export type Permissions = ReturnType<typeof permissionsOn>;

type Conditions = NonNullable<ConstructorParameters<typeof PolicyStatement>[0]>['conditions'];

const allow = (resources: string[], actions: string[], conditions?: Conditions): PolicyStatement =>
  new PolicyStatement({ actions, resources, ...(conditions === undefined ? {} : { conditions }) });

const IN_A_TRANSACTION = { StringEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } };

const ENCRYPT = [
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** The finding about a wildcard after an ARN that another stack exports, which is how functions see what is stored. */
const wildcard = (owner: Construct, arn: string, suffix: string, reason: string): Acknowledgment => {
  const stack = Stack.of(owner);
  const { 'Fn::ImportValue': name } = stack.resolve(stack.exportValue(arn));
  return { id: `AwsSolutions-IAM5[Resource::${name}${suffix}]`, reason };
};
