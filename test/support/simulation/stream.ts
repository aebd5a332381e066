import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Surroundings } from './hosts.ts';
import type { Stored } from './tables.ts';
import { HOUR, SECOND } from './timeline.ts';

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

/** The Journal's stream: what was stored, mostly in order, kept for those who come back for it. */
export class JournalStream {
  readonly records: DynamoDBRecord[] = [];
  readonly #world: Surroundings;
  readonly #consumers: StreamSource[] = [];

  constructor(world: Surroundings) {
    this.#world = world;
  }

  attach(consumer: StreamSource): void {
    this.#consumers.push(consumer);
  }

  /** Adds the entries of one transaction; they may come out in another order. */
  add(entries: readonly Stored[]): void {
    const { storm } = this.#world;
    const disordered = entries.length > 1 && storm.strikes('stream in disorder', 10);
    for (const { item, before } of disordered ? storm.random.shuffle(entries) : entries)
      this.records.push({
        eventName: before === undefined ? 'INSERT' : 'MODIFY',
        dynamodb: { SequenceNumber: String(this.records.length), NewImage: marshall(item) as Image },
      });
    for (const consumer of this.#consumers) consumer.wake();
  }
}

const BATCH_MAX = 8;
const GIVEN_UP: DynamoDBBatchResponse = { batchItemFailures: [] };

/** Hands a stream's records to a function, in order, again when it failed, and now and then for no reason at all. */
export class StreamSource {
  readonly #stream: JournalStream;
  readonly #world: Surroundings;
  readonly #invoke: (records: DynamoDBRecord[]) => Promise<DynamoDBBatchResponse | 'died'>;
  #position = 0;
  #busy = false;

  constructor(
    stream: JournalStream,
    world: Surroundings,
    invoke: (records: DynamoDBRecord[]) => Promise<DynamoDBBatchResponse | 'died'>,
  ) {
    this.#stream = stream;
    this.#world = world;
    this.#invoke = invoke;
    stream.attach(this);
  }

  /** Records nobody has handled yet. */
  get waiting(): number {
    return this.#stream.records.length - this.#position;
  }

  wake(): void {
    if (this.#busy || this.waiting === 0) return;
    this.#busy = true;
    const { storm, timeline } = this.#world;
    const late = storm.strikes('stream late') ? storm.random.spread(SECOND, 6 * HOUR) : 0;
    timeline.after(storm.random.between(50, 500) + late, () => {
      this.#handle().catch((error: unknown) => timeline.fail(error));
    });
  }

  async #handle(): Promise<void> {
    const { storm, timeline } = this.#world;
    const batch = this.#stream.records.slice(this.#position, this.#position + storm.random.between(1, BATCH_MAX));
    // A function that fails is asked again, as one that died is; Lambda would halve the batch before. After hours of failing,
    // records are given up: whoever waits for them must come by what they said in another way.
    const answer = storm.strikes('stream gives up', 2)
      ? GIVEN_UP
      : await this.#invoke(batch).catch(() => 'failed' as const);
    const failed =
      answer === 'died' || answer === 'failed'
        ? this.#position
        : Number(answer.batchItemFailures[0]?.itemIdentifier ?? -1);
    this.#position = failed < 0 ? this.#position + batch.length : failed;
    if (failed < 0 && storm.strikes('stream comes again'))
      this.#position = Math.max(0, this.#position - storm.random.between(1, 2 * BATCH_MAX));
    const wait = failed < 0 ? 0 : storm.random.between(SECOND, 20 * SECOND);
    timeline.after(wait, () => {
      this.#busy = false;
      this.wake();
    });
  }
}
