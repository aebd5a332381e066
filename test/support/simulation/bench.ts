import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Entry } from '#shared/domain/book/entry.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { toWire } from '#shared/domain/wire.ts';
import { decodeEntry } from '#shared/storage/codecs/entry.ts';
import type { Item } from '#shared/storage/codecs/stored.ts';
import type { World } from '../world.ts';
import { Bucket } from './bucket.ts';
import { type Cloud, clientsOf } from './cloud.ts';
import { type Functions, functionsOf, type QUEUES, soundSeams } from './functions.ts';
import { Container, type Network, never } from './network.ts';
import { SimulatedQueue } from './queue.ts';
import { Tables } from './tables.ts';
import { HOUR } from './timeline.ts';

/** At which call a function dies, and whether the call still has its effect. */
export interface Death {
  /** 1 for the first. */
  readonly call: number;
  readonly when: 'before' | 'after';
}

export const describeDeath = ({ call, when }: Death): string => `dies ${when} call ${call}`;

type QueueName = keyof typeof QUEUES;
type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

/**
 * The functions on a workbench: everything happens at once and in order, and a function dies exactly where it is told to.
 * Hours pass between one delivery and the next, so that no queue remembers what it took.
 */
export class Bench {
  readonly tables: Tables;
  readonly bucket = new Bucket(() => undefined);
  readonly #clock: World['clock'];
  readonly #cloud: Cloud;
  readonly #queues: Readonly<Record<QueueName, SimulatedQueue>>;
  #hours = 0;
  #relayed: number;

  /** Continues the story of a world in memory. */
  constructor(world: World) {
    this.#clock = world.clock;
    this.tables = new Tables({
      now: () => 0,
      indexLagMilliseconds: () => 0,
      onStored: () => undefined,
    });
    const { journal, state } = world.ledger;
    this.tables.restore({ journalTable: journal, stateTable: state, viewsTable: new Map() });
    this.#relayed = journal.size;
    const queue = (name: QueueName): SimulatedQueue =>
      new SimulatedQueue({
        name,
        now: () => this.#hours * HOUR,
        visibilityMilliseconds: 1,
        onVisible: () => undefined,
        onTaken: () => undefined,
        onDeadLetter: () => undefined,
      });
    this.#queues = {
      fund: queue('fund'),
      payments: queue('payments'),
      imports: queue('imports'),
      inbox: queue('inbox'),
      close: queue('close'),
    };
    this.#cloud = { tables: this.tables, bucket: this.bucket, queues: this.#queues, takesMessage: () => true };
  }

  /** The entries of the book, in order. */
  entries(): readonly Entry[] {
    return [...this.tables.contents('journalTable').values()].map(decodeEntry).sort((a, b) => a.seq - b.seq);
  }

  /** Everything that is stored, by where: texts are equal exactly when no byte differs. */
  contents(): ReadonlyMap<string, string> {
    const tables = (['journalTable', 'stateTable', 'viewsTable'] as const).flatMap((role) =>
      [...this.tables.contents(role)].map(([key, item]) => [`${role} ${key}`, canonicalJson(toWire(item))] as const),
    );
    const files = [...this.bucket.objects].map(([key, { bytes }]) => [key, Buffer.from(bytes).toString()] as const);
    return new Map([...tables, ...files]);
  }

  /** Runs a function in a container of its own. Resolves to how many calls it made, and to 'died' if it was to die. */
  async run<Answer>(
    use: (functions: Functions) => Promise<Answer>,
    death?: Death,
  ): Promise<{ readonly answer: Answer | 'died'; readonly calls: number }> {
    this.#hours += 6;
    const container = new Container('bench');
    const functions = functionsOf(
      clientsOf(this.#cloud, deadlyNetwork(death), container),
      this.#clock,
      () => 0,
      soundSeams,
    );
    const answer = await Promise.race([use(functions), container.died]);
    return { answer, calls: container.calls };
  }

  /** Takes everything off a queue. */
  take(name: QueueName): readonly SQSRecord[] {
    const taken: SQSRecord[] = [];
    for (;;) {
      const records = this.#queues[name].receive(10);
      if (records.length === 0) return taken;
      taken.push(...records);
      this.#queues[name].acknowledge(records.map((r) => r.messageId));
    }
  }

  /** Stream records of the entries that no relay has seen. */
  news(): readonly DynamoDBRecord[] {
    const fresh = [...this.tables.contents('journalTable').values()].slice(this.#relayed);
    this.#relayed += fresh.length;
    return fresh.map(recordOf);
  }

  /** Stream records of all entries of one type, as they come when a stream is read again. */
  records(type: string): readonly DynamoDBRecord[] {
    return [...this.tables.contents('journalTable').values()].filter((item) => item['type'] === type).map(recordOf);
  }

  /** Lets relay, worker, sender and projector do what is left to do. */
  async settle(): Promise<void> {
    for (;;) {
      const Records = [...this.news()];
      const { functions } = await this.#all();
      await functions.relay({ Records });
      await functions.project({ Records });
      const [commands, payments] = [this.take('fund'), this.take('payments')];
      if (Records.length + commands.length + payments.length === 0) return;
      assertTaken(await functions.worker({ Records: [...commands] }));
      assertTaken(await functions.sender({ Records: [...payments] }));
    }
  }

  async #all(): Promise<{ functions: Functions }> {
    const { answer } = await this.run(async (functions) => ({ functions }));
    if (answer === 'died') throw new Error('nobody was to die');
    return answer;
  }
}

const assertTaken = ({ batchItemFailures }: SQSBatchResponse): void => {
  if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} messages went back`);
};

const recordOf = (item: Item, i: number): DynamoDBRecord => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: String(i), NewImage: marshall(item) as Image },
});

/** Calls happen at once; one of them is the last of its container. */
const deadlyNetwork = (death: Death | undefined): Network => ({
  now: () => 0,
  sleep: async () => undefined,
  call: async (container, _call, effect) => {
    if (!container.alive) return await never();
    container.calls += 1;
    const isLast = death?.call === container.calls;
    if (isLast && death.when === 'before') {
      container.kill();
      return await never();
    }
    const value = effect();
    if (isLast) {
      container.kill();
      return await never();
    }
    return value;
  },
});
