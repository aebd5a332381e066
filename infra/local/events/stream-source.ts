import { setTimeout as delay } from 'node:timers/promises';
import type { _Record, DynamoDBStreamsClient, Shard } from '@aws-sdk/client-dynamodb-streams';
import type { LocalState } from '../state.ts';
import type { Changes } from './changes.ts';
import type { Complain, EventSource } from './source.ts';
import type { StreamDelivery } from './stream-delivery.ts';
import { StreamReader } from './stream-reader.ts';
import { eventRecordOf } from './stream-record.ts';

/** A stream, and from where a mapping that has never run reads it. */
export interface StreamPlace {
  readonly arn: string;
  readonly fromStart: boolean;
  readonly region: string;
  /** Names the mapping in the cloud's state: the same at every start. */
  readonly key: string;
  /** ARN of the queue that is told about what has been given up. */
  readonly deadLetterArn: string | undefined;
}

interface StreamSurroundings {
  readonly client: DynamoDBStreamsClient;
  readonly state: LocalState;
  readonly changes: Changes;
  readonly complain: Complain;
}

const PAUSE_AFTER_ERROR_MILLISECONDS = 500;
const DISCOVERY_MILLISECONDS = 30_000;
const DONE = 'done';

/**
 * Reads a table's stream shard by shard, parents before children, and hands it on in order. The last record that was
 * finished is kept in the cloud's state after each batch: a killed cloud goes on there and repeats at most one batch.
 */
export class StreamSource implements EventSource {
  readonly name: string;
  readonly deadLetterArn: string | undefined;
  readonly #place: StreamPlace;
  readonly #delivery: StreamDelivery;
  readonly #around: StreamSurroundings;
  readonly #reader: StreamReader;
  readonly #stopping = new AbortController();
  readonly #followed = new Map<string, { iterator: string | undefined; busy: boolean; end: Promise<void> }>();
  #running: Promise<void> = Promise.resolve();
  #begun = false;

  constructor(place: StreamPlace, delivery: StreamDelivery, around: StreamSurroundings) {
    this.name = `stream ${place.arn} to ${delivery.functionName}`;
    this.deadLetterArn = place.deadLetterArn;
    this.#place = place;
    this.#delivery = delivery;
    this.#around = around;
    this.#reader = new StreamReader(around.client, place.arn);
  }

  start(): void {
    this.#running = this.#run();
  }

  async isDrained(): Promise<boolean> {
    if (!this.#begun) return false;
    const drained = [...this.#followed.values()].map(async ({ iterator, busy }) => {
      if (busy || iterator === undefined) return false;
      return (await this.#reader.read(iterator, 1)).records.length === 0;
    });
    return (await Promise.all(drained)).every(Boolean);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#delivery.stop();
    await this.#running;
    await Promise.all([...this.#followed.values()].map(({ end }) => end));
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        const shards = await this.#reader.shards();
        if (!this.#place.fromStart) await this.#skipThePast(shards);
        this.#followWhatIsDue(shards);
        this.#begun = true;
        const ends = [...this.#followed.values()].map(({ end }) => end);
        await Promise.race([...ends, this.#pause(DISCOVERY_MILLISECONDS)]);
      } catch (error) {
        await this.#complainAndPause(error);
      }
    }
  }

  #followWhatIsDue(shards: readonly Shard[]): void {
    const present = new Set(shards.map(({ ShardId }) => ShardId));
    for (const { ShardId: id = '', ParentShardId: parent } of shards) {
      const parentFinished = parent === undefined || !present.has(parent) || this.#position(parent) === DONE;
      if (this.#position(id) === DONE || this.#followed.has(id) || !parentFinished) continue;
      const entry = { iterator: undefined, busy: false, end: Promise.resolve() };
      this.#followed.set(id, entry);
      entry.end = this.#follow(id, entry).finally(() => this.#followed.delete(id));
    }
  }

  async #follow(shard: string, entry: { iterator: string | undefined; busy: boolean }): Promise<void> {
    while (!this.#stopped) {
      try {
        entry.iterator ??= await this.#reader.after(shard, this.#position(shard));
        const mark = this.#around.changes.mark();
        entry.busy = true;
        const { records, next } = await this.#reader.read(entry.iterator, this.#delivery.batchSize);
        await this.#handOn(shard, records);
        if (this.#stopped) return;
        entry.iterator = next;
        entry.busy = false;
        if (next === undefined) return this.#around.state.set(this.#stateKey(shard), DONE);
        if (records.length === 0) await this.#around.changes.since(mark, this.#stopping.signal);
      } catch (error) {
        entry.iterator = undefined;
        await this.#complainAndPause(error);
      }
    }
  }

  async #handOn(shard: string, records: readonly _Record[]): Promise<void> {
    if (records.length === 0) return;
    const { arn, region } = this.#place;
    await this.#delivery.deliver(
      shard,
      records.map((record) => eventRecordOf(record, arn, region)),
      (sequenceNumber) => this.#around.state.set(this.#stateKey(shard), sequenceNumber),
    );
  }

  /** A mapping that starts at the latest record passes over, once, what is in the stream when it is made. */
  async #skipThePast(shards: readonly Shard[]): Promise<void> {
    const { state } = this.#around;
    const key = `${this.#place.key}/began`;
    if (state.get(key) !== undefined) return;
    for (const { ShardId: shard = '' } of shards) {
      const last = await this.#reader.last(shard);
      if (last !== undefined) state.set(this.#stateKey(shard), last);
    }
    state.set(key, new Date().toISOString());
  }

  #position(shard: string): string | undefined {
    return this.#around.state.get(this.#stateKey(shard));
  }

  #stateKey(shard: string): string {
    return `${this.#place.key}/${shard}`;
  }

  async #complainAndPause(error: unknown): Promise<void> {
    if (this.#stopped) return;
    this.#around.complain(`stream ${this.#place.arn} cannot be read`, error);
    await this.#pause(PAUSE_AFTER_ERROR_MILLISECONDS);
  }

  async #pause(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => undefined);
  }
}
