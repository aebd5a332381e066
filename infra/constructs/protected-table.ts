import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { TableDefinition } from '#shared/storage/tables.ts';
import type { StageConfig } from '../config.ts';
import { removalPolicyOf } from './retention.ts';

export interface ProtectedTableProps {
  readonly config: StageConfig;
  readonly definition: TableDefinition;
  readonly key: IKey;
  readonly resourcePolicy?: PolicyDocument;
}

/** The longest window AWS offers for going back to a point in time. */
const RECOVERY_DAYS = 35;

/**
 * A table built from its definition in shared/storage: on demand, under our own key, recoverable to any second of the last
 * 35 days, and in production not to be deleted, by a stack or by hand.
 */
export const protectedTable = (
  scope: Construct,
  id: string,
  { config, definition, key, resourcePolicy }: ProtectedTableProps,
): Table => {
  const { partitionKey, sortKey, stream, index } = definition;
  const table = new Table(scope, id, {
    partitionKey: text(partitionKey),
    ...(sortKey === undefined ? {} : { sortKey: text(sortKey) }),
    ...(stream === undefined ? {} : { stream: StreamViewType[stream] }),
    ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: RECOVERY_DAYS },
    deletionProtection: config.production,
    removalPolicy: removalPolicyOf(config),
  });
  if (index !== undefined) {
    table.addGlobalSecondaryIndex({
      indexName: index.name,
      partitionKey: text(index.partitionKey),
      sortKey: text(index.sortKey),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
  return table;
};

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });
