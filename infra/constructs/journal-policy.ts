import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StageConfig } from '../config.ts';

/** Ways to change or remove an entry that is there, or all of them. */
const REWRITES = [
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
  'dynamodb:UpdateTimeToLive',
];

/**
 * What keeps the Journal append-only as far as IAM can say it: nobody, whatever their own policies allow, may change or
 * remove entries, and entries are put by transactions only.
 *
 * The limit of it: no policy can say "only if there is none". A PutItem of a transaction may replace an entry; that the
 * ledger's own puts carry the condition, and that the stream's readers raise an alarm on any replacement, closes the gap.
 *
 * A stage that is not in production may delete the table, so that its stack can be taken down.
 */
export const journalPolicy = ({ production, breakGlassRoleArn }: StageConfig): PolicyDocument => {
  const exceptInEmergency =
    breakGlassRoleArn === undefined ? {} : { ArnNotEquals: { 'aws:PrincipalArn': breakGlassRoleArn } };
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'EntriesAreForEver',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: production ? [...REWRITES, 'dynamodb:DeleteTable'] : REWRITES,
        resources: THIS_TABLE,
        conditions: exceptInEmergency,
      }),
      new PolicyStatement({
        sid: 'EntriesComeInTransactions',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['dynamodb:PutItem'],
        resources: THIS_TABLE,
        // Also true when there is no transaction at all.
        conditions: {
          StringNotEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' },
          ...exceptInEmergency,
        },
      }),
    ],
  });
};

/** A table's own policy speaks of the table it hangs on; naming it here would be a circle. */
const THIS_TABLE = ['*'];
