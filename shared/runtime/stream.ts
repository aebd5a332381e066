import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Entry } from '#shared/domain/book/entry.ts';
import { decodeEntry } from '#shared/storage/codecs/entry.ts';
import { METRICS } from '#shared/storage/names.ts';
import { logError } from './log.ts';

export type StreamHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

/**
 * The handler of the Journal's stream: hands over the new entries of a batch. What goes wrong is thrown, for only then does
 * Lambda halve the batch until a bad record is alone; told of the first record, it would try the same batch for hours and
 * then give up all of it. The Journal only grows, so a record of anything but an insertion means that somebody got at it:
 * it is counted and alarmed.
 */
export const createJournalHandler =
  (process: (entries: readonly Entry[]) => Promise<void>): StreamHandler =>
  async (event) => {
    try {
      for (const record of event.Records) if (record.eventName !== 'INSERT') reportTampering(record);
      await process(event.Records.flatMap(entryOf));
      return { batchItemFailures: [] };
    } catch (error) {
      logError('stream records must come again', error, { count: event.Records.length });
      throw error;
    }
  };

const entryOf = (record: DynamoDBRecord): readonly Entry[] => {
  const image = record.dynamodb?.NewImage;
  if (record.eventName !== 'INSERT' || image === undefined) return [];
  return [decodeEntry(unmarshall(image as Parameters<typeof unmarshall>[0]))];
};

/** An embedded metric: CloudWatch makes the number that the alarm watches out of this line of the log. */
const reportTampering = (record: DynamoDBRecord): void => {
  const { namespace, journalTampered } = METRICS;
  const Metrics = [{ Name: journalTampered, Unit: 'Count' }];
  console.log(
    JSON.stringify({
      _aws: {
        Timestamp: (record.dynamodb?.ApproximateCreationDateTime ?? 0) * 1_000,
        CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [[]], Metrics }],
      },
      [journalTampered]: 1,
      eventName: record.eventName,
      keys: record.dynamodb?.Keys,
    }),
  );
};
