import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { FunctionName } from './functions.ts';
import { Container } from './network.ts';
import type { SimulatedQueue } from './queue.ts';
import type { Storm } from './storm.ts';
import { MINUTE, type Timeline } from './timeline.ts';

/** What the runners of functions need of the world. */
export interface Surroundings {
  readonly timeline: Timeline;
  readonly storm: Storm;
}

/** Runs one function: keeps containers warm, starts new ones, and loses some. */
export class FunctionHost<Event, Result> {
  readonly #name: FunctionName;
  readonly #world: Surroundings;
  readonly #make: (container: Container) => (event: Event) => Promise<Result>;
  readonly #warm: { readonly container: Container; readonly run: (event: Event) => Promise<Result> }[] = [];
  readonly #onDeath: (name: FunctionName) => void;
  #started = 0;

  constructor(
    name: FunctionName,
    world: Surroundings,
    make: (container: Container) => (event: Event) => Promise<Result>,
    onDeath: (name: FunctionName) => void,
  ) {
    this.#name = name;
    this.#world = world;
    this.#make = make;
    this.#onDeath = onDeath;
  }

  /** Hands an event to a container; 'died' when it did, and then nobody knows how far it came. */
  async invoke(event: Event): Promise<Result | 'died'> {
    const { storm, timeline } = this.#world;
    const environment = this.#warm.pop() ?? this.#start();
    timeline.log(`${environment.container.name} is invoked`);
    const result = await Promise.race([environment.run(event), environment.container.died]);
    if (!environment.container.alive) {
      this.#onDeath(this.#name);
      return 'died';
    }
    if (storm.random.chance(0.9)) this.#warm.push(environment);
    return result as Result;
  }

  #start() {
    const { storm } = this.#world;
    this.#started += 1;
    const skew = storm.strikes('clock is off', 20) ? storm.random.between(-5 * MINUTE, 5 * MINUTE) : 0;
    const container = new Container(`${this.#name}#${this.#started}`, skew);
    return { container, run: this.#make(container) };
  }
}

/** Messages of one receive at most. */
const BATCH_MAX = 10;

/** Hands a queue's messages to a function, as Lambda's event source does: what it does not report as failed is taken off. */
export class QueueSource {
  readonly #queue: SimulatedQueue;
  readonly #world: Surroundings;
  readonly #invoke: (records: readonly SQSRecord[]) => Promise<SQSBatchResponse | 'died'>;
  readonly #beingWorkedOn = new Map<string, number>();
  #wakesAt = Number.POSITIVE_INFINITY;

  constructor(
    queue: SimulatedQueue,
    world: Surroundings,
    invoke: (records: readonly SQSRecord[]) => Promise<SQSBatchResponse | 'died'>,
  ) {
    this.#queue = queue;
    this.#world = world;
    this.#invoke = invoke;
  }

  /** Looks into the queue soon. */
  wake(at = this.#world.timeline.nowMilliseconds): void {
    const { timeline, storm } = this.#world;
    if (at >= this.#wakesAt) return;
    const time = at + storm.random.between(5, 200);
    this.#wakesAt = time;
    timeline.at(time, () => {
      if (this.#wakesAt !== time) return;
      this.#wakesAt = Number.POSITIVE_INFINITY;
      this.#pump();
    });
  }

  #pump(): void {
    const { storm, timeline } = this.#world;
    const records = this.#queue.receive(storm.random.between(1, BATCH_MAX));
    if (records.length > 0) {
      this.#work(records).catch((error: unknown) => timeline.fail(error));
      this.wake();
      return;
    }
    const next = this.#queue.nextVisibleAt();
    if (next !== undefined) this.wake(next);
  }

  async #work(records: readonly SQSRecord[]): Promise<void> {
    const { storm } = this.#world;
    if (records.some((r) => this.#beingWorkedOn.has(r.messageId)))
      storm.note('message delivered while it is worked on');
    for (const { messageId } of records) this.#count(messageId, 1);
    const answer = await this.#invoke(records);
    for (const { messageId } of records) this.#count(messageId, -1);
    if (answer === 'died') return;
    const failed = new Set(answer.batchItemFailures.map((f) => f.itemIdentifier));
    this.#queue.acknowledge(records.map((r) => r.messageId).filter((id) => !failed.has(id)));
    this.wake();
  }

  #count(id: string, by: number): void {
    const count = (this.#beingWorkedOn.get(id) ?? 0) + by;
    if (count === 0) this.#beingWorkedOn.delete(id);
    else this.#beingWorkedOn.set(id, count);
  }
}
