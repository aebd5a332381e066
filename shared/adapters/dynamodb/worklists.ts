import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Worklists } from '#shared/application/close.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { gradedOf, gradeVersionKey, reminderOf, worklists } from '#shared/storage/keys.ts';
import { STATE } from '#shared/storage/tables.ts';

const { index } = STATE;

/** Sort keys of one worklist, up to a bound, all pages. */
const sortKeys = async (
  client: DynamoDBDocumentClient,
  stateTable: string,
  list: string,
  below?: string,
): Promise<readonly string[]> => {
  const keys: string[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const answer = await client.send(
      new QueryCommand({
        TableName: stateTable,
        IndexName: index.name,
        KeyConditionExpression: below === undefined ? '#list = :list' : '#list = :list AND #sort < :below',
        ExpressionAttributeNames: {
          '#list': index.partitionKey,
          ...(below === undefined ? {} : { '#sort': index.sortKey }),
        },
        ExpressionAttributeValues: { ':list': list, ...(below === undefined ? {} : { ':below': below }) },
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
    );
    for (const item of answer.Items ?? []) keys.push(String(item[index.sortKey]));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return keys;
};

export const createWorklists = (client: DynamoDBDocumentClient, stateTable: string): Worklists => ({
  funds: () => sortKeys(client, stateTable, worklists.funds),
  openLoans: (fundId) => sortKeys(client, stateTable, worklists.loans(fundId)),
  openPayments: (fundId) => sortKeys(client, stateTable, worklists.payments(fundId)),
  expiredCases: async (fundId, date) => {
    const keys = await sortKeys(client, stateTable, worklists.cases(fundId), date);
    return keys.map((key) => key.slice(key.indexOf('#') + 1));
  },
  reminders: async (fundId, date) =>
    (await sortKeys(client, stateTable, worklists.reminders(fundId), addDays(date, 1))).map(reminderOf),
  olderGrades: async (fundId, charterVersion, date) =>
    (await sortKeys(client, stateTable, worklists.grades(fundId), gradeVersionKey(charterVersion))).flatMap((key) =>
      gradedOf(key, date),
    ),
});
