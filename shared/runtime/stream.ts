import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Entry } from '#shared/domain/book/entry.ts';
import { decodeEntry } from '#shared/storage/codecs/entry.ts';
import { fundOfBook } from '#shared/storage/keys.ts';
import { METRICS } from '#shared/storage/names.ts';
import { JOURNAL } from '#shared/storage/tables.ts';
import { logError } from './log.ts';

export type StreamHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

/** An item as the stream has it. */
type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

/** The entry a record tells of. */
export const entryOf = (image: Image): Entry => decodeEntry(unmarshall(image as Parameters<typeof unmarshall>[0]));

/** The fund whose book it was written to, for those who then read the book itself. */
export const fundOf = (image: Image): string => {
  const book = image[JOURNAL.partitionKey]?.S;
  if (book === undefined) throw new Error('the record names no book');
  return fundOfBook(book);
};

/**
 * The handler of the Journal's stream: reads the new entries of a batch as `read` does, and hands them over. What goes wrong is thrown, for only then does
 * Lambda halve the batch until a bad record is alone; told of the first record, it would try the same batch for hours and
 * then give up all of it. The Journal only grows, so a record of anything but an insertion means that somebody got at it:
 * it is counted and alarmed.
 */
export const createJournalHandler =
  <Told>(read: (image: Image) => Told, process: (told: readonly Told[]) => Promise<void>): StreamHandler =>
  async (event) => {
    try {
      for (const record of event.Records) if (record.eventName !== 'INSERT') reportTampering(record);
      await process(event.Records.flatMap(imageOf).map(read));
      return { batchItemFailures: [] };
    } catch (error) {
      logError('stream records must come again', error, { count: event.Records.length });
      throw error;
    }
  };

const imageOf = ({ eventName, dynamodb }: DynamoDBRecord): readonly Image[] =>
  eventName === 'INSERT' && dynamodb?.NewImage !== undefined ? [dynamodb.NewImage] : [];

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
