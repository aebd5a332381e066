import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { LambdaFunction } from '../lambda/function.ts';
import { failedItems } from './batch-response.ts';
import type { Filter } from './filter.ts';
import type { StreamEventRecord } from './stream-record.ts';

/** How an event source mapping hands the records of a stream to a function. */
export interface StreamMapping {
  readonly target: Pick<LambdaFunction, 'name' | 'arn' | 'invoke'>;
  readonly batchSize: number;
  readonly partialResponses: boolean;
  readonly bisect: boolean;
  /** Repetitions of a failing batch before it is given up; Infinity for ever. */
  readonly retriesMax: number;
  /** Age at which a failing record is given up; Infinity for never. */
  readonly ageSecondsMax: number;
  readonly filter: Filter;
  /** Tells the on-failure destination what was given up: where it lies in the stream, not what it holds. */
  readonly tellDestination: ((message: object) => Promise<void>) | undefined;
}

type Batch = readonly StreamEventRecord[];
type Checkpoint = (sequenceNumber: string) => void;

const PAUSE_MILLISECONDS_MIN = 100;
const PAUSE_MILLISECONDS_MAX = 5_000;

/** Hands batches of one stream to a function, in order, until each record is finished or given up. */
export class StreamDelivery {
  readonly #mapping: StreamMapping;
  readonly #stopping = new AbortController();

  constructor(mapping: StreamMapping) {
    this.#mapping = mapping;
  }

  get functionName(): string {
    return this.#mapping.target.name;
  }

  get batchSize(): number {
    return this.#mapping.batchSize;
  }

  /** Ends the repetition of failing batches; they are not finished then. */
  stop(): void {
    this.#stopping.abort();
  }

  /**
   * Resolves when every record is finished or given up, or when stopped.
   *
   * @param checkpoint called with the last record that is finished, each time that moves on
   */
  async deliver(shard: string, batch: Batch, checkpoint: Checkpoint): Promise<void> {
    const { target, bisect, retriesMax } = this.#mapping;
    let rest = batch;
    for (let attempt = 1; rest.length > 0 && !this.#stopping.signal.aborted; attempt += 1) {
      const finished = await this.#attempt(rest);
      if (finished > 0) {
        checkpoint(lastOf(rest.slice(0, finished)));
        rest = rest.slice(finished);
        attempt = 0;
        continue;
      }
      if (bisect && rest.length > 1) {
        const middle = Math.ceil(rest.length / 2);
        await this.deliver(shard, rest.slice(0, middle), checkpoint);
        rest = rest.slice(middle);
        attempt = 0;
        continue;
      }
      const condition = this.#giveUp(rest, attempt > retriesMax);
      if (condition !== undefined) {
        const told = describe(rest, shard, target.arn, condition, attempt);
        await this.#mapping.tellDestination?.(told);
        checkpoint(lastOf(rest));
        return;
      }
      await this.#pause(attempt);
    }
  }

  /** How many records, from the first, one invocation has finished. */
  async #attempt(batch: Batch): Promise<number> {
    const { target, filter, partialResponses } = this.#mapping;
    const wanted = batch.filter((record) => filter(record));
    if (wanted.length === 0) return batch.length;
    const outcome = await target.invoke({ Records: wanted });
    const identifiers = wanted.map((record) => record.dynamodb.SequenceNumber);
    const failed = failedItems(outcome, identifiers, partialResponses);
    if (failed.size === 0) return batch.length;
    return batch.findIndex((record) => failed.has(record.dynamodb.SequenceNumber));
  }

  #giveUp(batch: Batch, exhausted: boolean): string | undefined {
    const created = batch[0]?.dynamodb.ApproximateCreationDateTime ?? 0;
    if (Date.now() / 1000 - created > this.#mapping.ageSecondsMax) return 'RecordAgeExceeded';
    return exhausted ? 'RetryAttemptsExhausted' : undefined;
  }

  async #pause(attempt: number): Promise<void> {
    const milliseconds = Math.min(PAUSE_MILLISECONDS_MIN * 2 ** (attempt - 1), PAUSE_MILLISECONDS_MAX);
    await delay(milliseconds, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}

const lastOf = (batch: Batch): string => batch.at(-1)?.dynamodb.SequenceNumber ?? '';

/** The message Lambda sends to an on-failure destination. */
function describe(batch: Batch, shard: string, functionArn: string, condition: string, invocations: number) {
  const arrivalOf = (record: StreamEventRecord | undefined) =>
    new Date((record?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000).toISOString();
  return {
    requestContext: { requestId: randomUUID(), functionArn, condition, approximateInvokeCount: invocations },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: shard,
      startSequenceNumber: batch[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: batch.at(-1)?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrivalOf(batch[0]),
      approximateArrivalOfLastRecord: arrivalOf(batch.at(-1)),
      batchSize: batch.length,
      streamArn: batch[0]?.eventSourceARN,
    },
  };
}
