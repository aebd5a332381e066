import { CfnDeletionPolicy, Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { NagRuleCompliance } from 'cdk-nag';
import * as z from 'zod';
import { JOURNAL } from '#shared/storage/tables.ts';
import type { Rule } from './jinqu-checks.ts';
import { verdict } from './verdict.ts';

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const policy = z.object({
  policyDocument: z.object({
    Statement: z.array(
      z.object({
        Effect: z.string(),
        Principal: z.json().optional(),
        Action: texts,
        Condition: z.record(z.string(), z.record(z.string(), z.string())).default({}),
      }),
    ),
  }),
});
const keys = z.array(z.object({ attributeName: z.string() }));

/** Actions nobody may ever use on the Journal. A list of its own: with the policy's, the check would miss what that leaves out. */
const FORBIDDEN = [
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
  'dynamodb:UpdateTimeToLive',
];

/** Whatever roles may do, the table of entries itself refuses changes, and single puts. */
export const journalIsAppendOnly: Rule = {
  name: 'JournalAppendOnly',
  wants: 'The Journal denies everybody to change or remove entries, and to put them outside a transaction.',
  why: 'A book that can be rewritten proves nothing.',
  check: (node) => {
    if (!(node instanceof CfnTable) || !isJournal(node)) return NagRuleCompliance.NOT_APPLICABLE;
    const parsed = policy.safeParse(Stack.of(node).resolve(node.resourcePolicy));
    const denials = (parsed.data?.policyDocument.Statement ?? []).filter(
      ({ Effect, Principal }) => Effect === 'Deny' && JSON.stringify(Principal) === '{"AWS":"*"}',
    );
    const always = denials
      .filter(({ Condition }) => Object.keys(Condition).every(isBreakGlass))
      .flatMap((s) => s.Action);
    const transactional = denials.some(
      ({ Action, Condition }) =>
        Action.includes('dynamodb:PutItem') &&
        Condition['StringNotEquals']?.['dynamodb:EnclosingOperation'] === 'TransactWriteItems',
    );
    return verdict(transactional && FORBIDDEN.every((action) => always.includes(action)));
  },
};

/** The only exception there may be: one named role, for emergencies. */
const isBreakGlass = (operator: string): boolean => operator === 'ArnNotEquals';

const isJournal = (table: CfnTable): boolean => {
  const parsed = keys.safeParse(Stack.of(table).resolve(table.keySchema));
  const names = parsed.data?.map((key) => key.attributeName) ?? [];
  return names.join() === [JOURNAL.partitionKey, JOURNAL.sortKey].join();
};

/** In production a table is deleted by nobody, be it with its stack. */
export const tablesOutliveTheirStack: Rule = {
  name: 'TablesProtected',
  wants: 'A table is protected from deletion and retained when its stack goes.',
  why: 'Books are kept for thirty years; a mistaken command must not end that.',
  check: (node) => {
    if (!(node instanceof CfnTable)) return NagRuleCompliance.NOT_APPLICABLE;
    const retained = node.cfnOptions.deletionPolicy === CfnDeletionPolicy.RETAIN;
    return verdict(node.deletionProtectionEnabled === true && retained);
  },
};
