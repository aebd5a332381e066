import type { DynamoDBRecord, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { TIMEOUT_SECONDS } from '#infra/constructs/timeouts.ts';
import { paymentMessage } from '#shared/contracts/messages.ts';
import type { ApiAnswer, ApiRequest } from '../api/client.ts';
import { Auditor } from './audit/auditor.ts';
import { Oracle } from './audit/oracle.ts';
import { SimulatedBank } from './bank.ts';
import { Bucket } from './bucket.ts';
import { type Cloud, clientsOf } from './cloud.ts';
import {
  type FunctionName,
  type Functions,
  functionsOf,
  fundMessage,
  type QUEUES,
  type Seams,
  soundSeams,
} from './functions.ts';
import type { SimulatedFund } from './fund.ts';
import { FunctionHost, QueueSource, type Surroundings } from './hosts.ts';
import { type Container, clockOf, type Network } from './network.ts';
import { SimulatedQueue } from './queue.ts';
import type { Random } from './random.ts';
import type { Storm } from './storm.ts';
import { stormyNetwork } from './stormy-network.ts';
import { JournalStream, StreamSource } from './stream.ts';
import { TABLES, Tables } from './tables.ts';
import { DAY, HOUR, MINUTE, SECOND, type Timeline } from './timeline.ts';

/** A bug that is planted to see whether it is found: in a seam between parts, or in what the services promise. */
export interface Planted {
  readonly seams?: Partial<Seams>;
  /** Conditions that the store forgets. */
  readonly tablesForget?: (table: string, clause: string) => boolean;
  readonly bucketForgets?: boolean;
}

/** A message stays hidden six times as long as the function that reads it may run, as the stacks have it. */
const hidden = (timeoutSeconds: number): number => 6 * timeoutSeconds * SECOND;

const VISIBILITY = {
  fund: hidden(TIMEOUT_SECONDS.worker),
  payments: hidden(TIMEOUT_SECONDS.send),
  imports: hidden(TIMEOUT_SECONDS.worker),
  inbox: hidden(TIMEOUT_SECONDS.intake),
  close: hidden(TIMEOUT_SECONDS.close),
} as const;

/** API Gateway waits no longer for a function. */
const GATEWAY_MILLISECONDS = 29 * SECOND;

const RULES = { fund: fundMessage, payments: paymentMessage } as const;

/** Everything there is of one fund office: the functions, the services under them, the bank, and the auditor. */
export class Office {
  readonly tables: Tables;
  readonly bucket: Bucket;
  readonly bank: SimulatedBank;
  readonly auditor: Auditor;
  readonly deaths = new Map<FunctionName, number>();
  /** Bodies of all commands the fund's queue ever took. */
  readonly commands: string[] = [];
  readonly #fundId: string;
  readonly #poison = new Set<string>();
  readonly #world: Surroundings;
  readonly #random: Random;
  readonly #network: Network;
  readonly #queues: Readonly<Record<keyof typeof QUEUES, SimulatedQueue>>;
  readonly #sources: Partial<Record<keyof typeof QUEUES, QueueSource>>;
  readonly #stream: JournalStream;
  readonly #consumers: readonly StreamSource[];
  readonly #oracle: Oracle;
  readonly #seams: Seams;
  readonly #cloud: Cloud;
  readonly #api: FunctionHost<ApiRequest, ApiAnswer>;

  constructor(fund: SimulatedFund, timeline: Timeline, storm: Storm, random: Random, planted: Planted) {
    this.#fundId = fund.charter.fundId;
    this.#world = { timeline, storm };
    this.#random = random;
    this.#network = stormyNetwork(timeline, storm);
    this.#seams = { ...soundSeams, ...planted.seams };
    this.#stream = new JournalStream(this.#world);
    this.bucket = new Bucket((key) => this.#onFile(key), planted.bucketForgets);
    this.bank = new SimulatedBank(timeline, random.fork('bank'), this.bucket, fund.charter);
    this.auditor = new Auditor(fund, this.bank, this.bucket);
    this.tables = new Tables({
      now: () => timeline.nowMilliseconds,
      indexLagMilliseconds: () =>
        storm.strikes('stale index', 10) ? random.spread(SECOND, HOUR) : random.between(0, 500),
      onStored: (stored) => {
        this.auditor.onStored(stored);
        this.#oracle.onStored();
        this.#stream.add(stored.filter((s) => s.table === TABLES.journalTable));
      },
      ...(planted.tablesForget === undefined ? {} : { forgets: planted.tablesForget }),
    });
    this.#queues = {
      fund: this.#queue('fund'),
      payments: this.#queue('payments'),
      imports: this.#queue('imports'),
      inbox: this.#queue('inbox'),
      close: this.#queue('close'),
    };
    this.#cloud = {
      tables: this.tables,
      bucket: this.bucket,
      queues: this.#queues,
      takesMessage: () => !storm.strikes('batch taken in part'),
    };
    this.#oracle = new Oracle(timeline, this.#cloud);
    this.#sources = {
      fund: this.#source('fund', 'worker'),
      payments: this.#source('payments', 'sender'),
      inbox: this.#source('inbox', 'intake'),
      close: this.#source('close', 'close'),
    };
    this.#consumers = [this.#consumer('relay'), this.#consumer('project')];
    this.#api = this.#host('api', (functions) => {
      const api = functions.api();
      return (request: ApiRequest) => api.send(request);
    });
  }

  /** Sends a request to the API; undefined when no answer comes back, although it may yet be worked on. */
  async send(request: ApiRequest): Promise<ApiAnswer | undefined> {
    const { timeline, storm } = this.#world;
    const late = timeline.sleep(GATEWAY_MILLISECONDS).then(() => 'late' as const);
    const answer = await Promise.race([this.#api.invoke(request), late]);
    if (answer === 'late') storm.note('gateway gives up waiting');
    return answer === 'died' || answer === 'late' ? undefined : answer;
  }

  /** The schedule says that it is time for the daily close. */
  tick(): void {
    this.#queues.close.add('{}', 'daily-close');
  }

  /** Puts something on the fund's queue that no sender of ours would. */
  poison(body: string): void {
    this.#poison.add(body);
    this.#queues.fund.add(body, this.#fundId);
  }

  /** What an operator does once a day: looks at the dead letters, sends back what can be understood, and keeps the rest. */
  redrive(): void {
    for (const [name, queue] of Object.entries(this.#queues)) {
      const rule = name === 'fund' || name === 'payments' ? RULES[name] : undefined;
      const strange = queue.redrive(
        (body) => rule === undefined || (isJson(body) && rule.safeParse(JSON.parse(body)).success),
      );
      for (const body of strange) this.#poison.delete(body);
    }
  }

  /** What nobody has dealt with yet: messages, records, and what should have come to light among the dead letters. */
  get unfinished(): readonly string[] {
    return [
      ...Object.values(this.#queues).flatMap((q) =>
        q.size + q.deadLetters.length > 0 ? [`${q.name}: ${q.size}, dead: ${q.deadLetters.length}`] : [],
      ),
      ...this.#consumers.flatMap((c) => (c.waiting > 0 ? [`stream: ${c.waiting}`] : [])),
      ...[...this.#poison].map((body) => `never seen among the dead letters: ${body}`),
    ];
  }

  #queue(name: keyof typeof QUEUES): SimulatedQueue {
    const { timeline, storm } = this.#world;
    return new SimulatedQueue({
      name,
      now: () => timeline.nowMilliseconds,
      visibilityMilliseconds: VISIBILITY[name],
      onVisible: () => this.#sources[name]?.wake(),
      onTaken: (body, group) => {
        if (name === 'fund') this.commands.push(body);
        if (storm.strikes('message delivered again', 5))
          timeline.after(storm.random.spread(10 * SECOND, 20 * DAY), () => this.#queues[name].add(body, group));
      },
      onDeadLetter: () => storm.note('dead letter'),
    });
  }

  #host<Event, Result>(name: FunctionName, make: (functions: Functions) => (event: Event) => Promise<Result>) {
    const onDeath = (who: FunctionName): unknown => this.deaths.set(who, (this.deaths.get(who) ?? 0) + 1);
    return new FunctionHost<Event, Result>(
      name,
      this.#world,
      (container) => make(this.#functionsIn(container, name)),
      onDeath,
    );
  }

  #functionsIn(container: Container, name: FunctionName): Functions {
    const clock = clockOf(this.#network, container);
    const seams: Seams =
      name === 'api'
        ? {
            ...this.#seams,
            kernel: (kernel) => this.#oracle.watch(this.#seams.kernel(kernel), clock, container),
          }
        : this.#seams;
    return functionsOf(clientsOf(this.#cloud, this.#network, container), clock, () => this.#random.next(), seams);
  }

  #source(queue: keyof typeof QUEUES, name: 'worker' | 'sender' | 'intake' | 'close'): QueueSource {
    const host = this.#host(name, (functions) => (event: SQSEvent) => functions[name](event));
    return new QueueSource(this.#queues[queue], this.#world, (records) => host.invoke({ Records: [...records] }));
  }

  #consumer(name: 'relay' | 'project'): StreamSource {
    const host = this.#host(name, (functions) => (event: DynamoDBStreamEvent) => functions[name](event));
    return new StreamSource(this.#stream, this.#world, (Records: DynamoDBRecord[]) => host.invoke({ Records }));
  }

  /** S3 tells of a file at least once. */
  #onFile(key: string): void {
    const { timeline, storm } = this.#world;
    const tell = (): void => {
      if (key.startsWith('outbox/')) this.bank.receive(key);
      else if (key.startsWith('inbox/'))
        this.#queues.inbox.add(
          JSON.stringify({ Records: [{ s3: { object: { key: encodeURIComponent(key) } } }] }),
          undefined,
        );
    };
    timeline.after(this.#random.between(100, 5 * SECOND), tell);
    if (storm.strikes('notification comes again', 10)) timeline.after(storm.random.spread(MINUTE, 2 * DAY), tell);
  }
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
