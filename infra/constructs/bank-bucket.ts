import { Aws, Duration } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { BANK_PREFIX } from '#shared/storage/names.ts';
import type { StageConfig } from '../config.ts';
import { removalPolicyOf } from './retention.ts';

export interface BankBucketProps {
  readonly config: StageConfig;
  readonly key: IKey;
  /** Told of every file the bank delivers. */
  readonly inbox: Queue;
}

/**
 * The bucket we exchange files with the bank through. Every version of every file stays; each access is logged in a bucket
 * of its own; what arrives in the inbox is told to the queue.
 */
export class BankBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { config, key, inbox }: BankBucketProps) {
    super(scope, id);
    const common = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: removalPolicyOf(config),
    } satisfies BucketProps;
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...common,
      // The log service writes under the bucket's own key only.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(config.logRetentionDays) }],
    });
    this.bucket = new Bucket(this, 'Bucket', {
      ...common,
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      // The library's own types disagree under exactOptionalPropertyTypes; a Bucket is an IBucket.
      serverAccessLogsBucket: accessLogs as IBucket,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    this.#tell(inbox);
  }

  /**
   * Said in the bucket itself, not by the function CDK would run at deployment: nothing of ours may change a bucket's
   * notifications. The queue's permission goes by account, for by bucket the two would wait for each other.
   */
  #tell(inbox: Queue): void {
    inbox.grantSendMessages(
      new ServicePrincipal('s3.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    const bucket = this.bucket.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = {
      queueConfigurations: [
        {
          event: 's3:ObjectCreated:*',
          queue: inbox.queueArn,
          filter: { s3Key: { rules: [{ name: 'prefix', value: BANK_PREFIX.inbox }] } },
        },
      ],
    };
    // S3 tries the queue at once, and the permission is a resource of its own.
    const permission = inbox.node.tryFindChild('Policy');
    if (permission !== undefined) bucket.node.addDependency(permission);
  }
}
