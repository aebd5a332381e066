import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { JOURNAL, STATE, VIEWS } from '#shared/storage/tables.ts';
import type { StageConfig } from '../config.ts';
import { Alarms } from '../constructs/alarms.ts';
import { BankBucket } from '../constructs/bank-bucket.ts';
import { journalPolicy } from '../constructs/journal-policy.ts';
import { MessageQueue } from '../constructs/message-queue.ts';
import { protectedTable } from '../constructs/protected-table.ts';
import { removalPolicyOf } from '../constructs/retention.ts';
import { TIMEOUT_SECONDS } from '../constructs/timeouts.ts';

export interface StorageStackProps extends StackProps {
  readonly config: StageConfig;
}

/** Everything that must outlive a deployment: the tables, the bank's files, their key, and who is told of alarms. */
export class StorageStack extends Stack {
  readonly key: Key;
  readonly journal: Table;
  readonly state: Table;
  readonly views: Table;
  readonly bank: Bucket;
  /** What tells of files the bank has delivered; beside the bucket, because the bucket names it. */
  readonly inbox: MessageQueue;
  readonly alarms: Alarms;

  constructor(scope: Construct, id: string, { config, ...props }: StorageStackProps) {
    super(scope, id, props);
    this.alarms = new Alarms(this, 'Alarms', config);
    this.key = new Key(this, 'Key', {
      description: `Books and bank files of Jinqu ${config.stage}`,
      enableKeyRotation: true,
      removalPolicy: removalPolicyOf(config),
    });
    const table = { config, key: this.key };
    this.journal = protectedTable(this, 'Journal', {
      ...table,
      definition: JOURNAL,
      resourcePolicy: journalPolicy(config),
    });
    this.state = protectedTable(this, 'State', { ...table, definition: STATE });
    this.views = protectedTable(this, 'Views', { ...table, definition: VIEWS });
    this.inbox = new MessageQueue(this, 'Inbox', {
      config,
      alarms: this.alarms,
      name: 'bank-inbox',
      fifo: false,
      consumerTimeoutSeconds: TIMEOUT_SECONDS.intake,
      ageMaxSeconds: 900,
      errorImpact: 'Answers and statements of the bank do not reach the books; payments stay unsettled.',
    });
    this.bank = new BankBucket(this, 'Bank', { config, key: this.key, inbox: this.inbox.queue }).bucket;
    new CfnOutput(this, 'JournalTable', { value: this.journal.tableName });
    new CfnOutput(this, 'StateTable', { value: this.state.tableName });
    new CfnOutput(this, 'ViewsTable', { value: this.views.tableName });
    new CfnOutput(this, 'BankBucket', { value: this.bank.bucketName });
  }
}
