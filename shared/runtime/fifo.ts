import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { logError } from './log.ts';

export type QueueHandler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/**
 * The handler of a FIFO queue. The messages of one group (one fund) are handed over together, in order. When that fails,
 * or a message cannot be understood, it and all later ones of its group go back, so that order is kept; other groups are
 * not held up.
 */
export const createFifoHandler = <Message>(
  schema: z.ZodType<Message>,
  process: (group: string, messages: readonly Message[]) => Promise<void>,
): QueueHandler => {
  const runGroup = async (group: string, records: readonly SQSRecord[]): Promise<readonly SQSRecord[]> => {
    const understood = records.map((record) => parse(schema, record));
    const firstBad = understood.indexOf(undefined);
    const good = firstBad < 0 ? understood : understood.slice(0, firstBad);
    try {
      if (good.length > 0)
        await process(
          group,
          good.filter((m) => m !== undefined),
        );
      return firstBad < 0 ? [] : records.slice(firstBad);
    } catch (error) {
      logError('messages go back to the queue', error, { fundId: group, count: records.length });
      return records;
    }
  };
  return async (event) => {
    const groups = Map.groupBy(event.Records, (r) => r.attributes.MessageGroupId ?? r.messageId);
    const failed: SQSRecord[] = [];
    for (const [group, records] of groups) failed.push(...(await runGroup(group, records)));
    return { batchItemFailures: failed.map((r) => ({ itemIdentifier: r.messageId })) };
  };
};

const parse = <Message>(schema: z.ZodType<Message>, record: SQSRecord): Message | undefined => {
  try {
    return schema.parse(JSON.parse(record.body));
  } catch (error) {
    logError('a message cannot be understood', error, { key: record.messageId });
    return undefined;
  }
};
