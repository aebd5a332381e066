import {
  InternalServerError,
  ProvisionedThroughputExceededException,
  ThrottlingException,
  TransactionCanceledException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';
import { type Call, type Container, type Network, never, type Service } from './network.ts';
import type { Random } from './random.ts';
import { HOUR, MINUTE, SECOND, type Timeline } from './timeline.ts';

/** Everything that goes wrong between functions and services, and around them. */
export const FAULTS = [
  'call never arrives',
  'answer is lost',
  'transaction conflict',
  'throttled',
  'transaction in progress',
  'server error',
  'outage',
  'batch taken in part',
  'upload conflict',
  'stale index',
  'container dies before a call',
  'container dies after a call',
  'call lands although its container died',
  'container stalls',
  'clock is off',
  'message delivered again',
  'message delivered while it is worked on',
  'dead letter',
  'stream comes again',
  'stream in disorder',
  'stream late',
  'stream gives up',
  'schedule fires twice',
  'schedule fires late',
  'schedule does not fire',
  'notification comes again',
] as const;
export type Fault = (typeof FAULTS)[number];

/** What becomes of one call. */
interface Fate {
  readonly waitMilliseconds: number;
  readonly backMilliseconds: number;
  /** Whether the service ever sees it. */
  readonly arrives: boolean;
  /** What the caller is told, whatever the service answered. */
  readonly error?: Error;
  readonly death?: 'before' | 'after';
}

const named = (name: string): Error => Object.assign(new Error(name), { name });
const metadata = { $metadata: {}, message: 'simulated' };

/** Rates a kind of fault may have in one run: most are rare, some are not there, so that runs differ in character. */
const RATES = [0, 0.003, 0.01, 0.04] as const;

/** The weather of one run: how often each fault comes, and whether it still may. */
export class Storm {
  readonly fired = new Map<Fault, number>();
  calm = false;
  readonly #random: Random;
  readonly #rates: ReadonlyMap<Fault, number>;
  readonly #outages: readonly { readonly service: Service; readonly from: number; readonly to: number }[];

  constructor(random: Random, from: number, to: number) {
    this.#random = random;
    this.#rates = new Map(FAULTS.map((fault) => [fault, random.pick(RATES)]));
    this.#outages = Array.from({ length: random.between(0, 2) }, () => {
      const start = random.between(from, to);
      const service = random.pick(['dynamodb', 'dynamodb', 'sqs', 's3'] as const);
      return { service, from: start, to: start + random.spread(MINUTE, 2 * HOUR) };
    });
  }

  /** Whether a fault strikes now; `weight` for those that are asked about less often than once per call. */
  strikes(fault: Fault, weight = 1): boolean {
    if (this.calm || !this.#random.chance((this.#rates.get(fault) ?? 0) * weight)) return false;
    this.note(fault);
    return true;
  }

  note(fault: Fault): void {
    this.fired.set(fault, (this.fired.get(fault) ?? 0) + 1);
  }

  get random(): Random {
    return this.#random;
  }

  fateOf({ service, command, size }: Call, now: number): Fate {
    const { between } = this.#random;
    const usual = { waitMilliseconds: between(1, 20), backMilliseconds: between(1, 20), arrives: true };
    if (this.calm) return usual;
    const fate = this.strikes('container stalls')
      ? { ...usual, waitMilliseconds: this.#random.spread(SECOND, 3 * HOUR) }
      : usual;
    if (this.#outages.some((o) => o.service === service && o.from <= now && now <= o.to)) {
      this.note('outage');
      return {
        ...fate,
        arrives: false,
        error: service === 'dynamodb' ? throttling(this.#random) : named('ServiceUnavailable'),
      };
    }
    if (this.strikes('container dies before a call')) return { ...fate, death: 'before' };
    if (this.strikes('container dies after a call')) return { ...fate, death: 'after' };
    if (this.strikes('call never arrives')) return { ...fate, arrives: false, error: named('TimeoutError') };
    if (this.strikes('answer is lost')) return { ...fate, error: named('TimeoutError') };
    if (this.strikes('throttled')) return { ...fate, arrives: false, error: throttling(this.#random) };
    if (service === 'dynamodb') return this.#transactionFate(command, size, fate);
    if (service === 's3' && command === 'PUT' && this.strikes('upload conflict', 4))
      return { ...fate, arrives: false, error: named('ConditionalRequestConflict') };
    return fate;
  }

  #transactionFate(command: string, size: number, fate: Fate): Fate {
    if (this.strikes('server error'))
      return { ...fate, arrives: this.#random.chance(0.5), error: new InternalServerError({ ...metadata }) };
    if (!command.startsWith('Transact')) return fate;
    if (this.strikes('transaction conflict')) return { ...fate, arrives: false, error: this.#cancelled(size) };
    if (command === 'TransactWriteItemsCommand' && this.strikes('transaction in progress')) {
      const error = new TransactionInProgressException({ ...metadata, Message: 'in progress' });
      return { ...fate, arrives: this.#random.chance(0.5), error };
    }
    return fate;
  }

  /** One item or several in conflict or throttled, anywhere in the transaction. */
  #cancelled(size: number): Error {
    const at = this.#random.between(0, size - 1);
    const codes = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'] as const;
    const CancellationReasons = Array.from({ length: size }, (_, i) => ({
      Code: i === at || this.#random.chance(0.1) ? this.#random.pick(codes) : 'None',
    }));
    return new TransactionCanceledException({ ...metadata, CancellationReasons });
  }
}

/** Which of the two comes depends on what was exhausted. */
const throttling = (random: Random): Error =>
  random.chance(0.5)
    ? new ThrottlingException({ ...metadata })
    : new ProvisionedThroughputExceededException({ ...metadata });

/** A function that runs longer is ended by Lambda, unless it is one that nobody ends: the worst case. */
const TIMEOUT_MILLISECONDS = 2 * MINUTE;

/** Calls take their time on the timeline, and meet the fates of a storm. */
export const stormyNetwork = (timeline: Timeline, storm: Storm): Network => {
  const sleep = (container: Container, milliseconds: number): Promise<void> =>
    new Promise((resolve) =>
      timeline.after(milliseconds, () => {
        if (container.alive) resolve();
      }),
    );

  /** The way out: a request that is under way may arrive although who sent it is dead by then. */
  const carry = <T>(container: Container, fate: Fate, effect: () => T): Promise<Carried<T>> =>
    new Promise((resolve) => {
      if (fate.waitMilliseconds > TIMEOUT_MILLISECONDS && storm.random.chance(0.5))
        timeline.after(TIMEOUT_MILLISECONDS, () => container.kill());
      timeline.after(fate.waitMilliseconds, () => {
        if (!container.alive && !storm.random.chance(0.5)) return;
        if (!container.alive && fate.arrives) storm.note('call lands although its container died');
        const carried = fate.arrives ? attempt(effect) : { error: fate.error };
        if (container.alive) resolve(carried);
      });
    });

  return {
    now: () => timeline.nowMilliseconds,
    sleep,
    call: async (container, call, effect) => {
      container.calls += 1;
      const fate = storm.fateOf(call, timeline.nowMilliseconds);
      timeline.log(`${container.name} ${call.command} ${call.size} ${fate.death ?? fate.error?.name ?? ''}`);
      if (fate.death === 'before') {
        container.kill();
        return await never();
      }
      const carried = await carry(container, fate, effect);
      if (fate.death === 'after') {
        container.kill();
        return await never();
      }
      await sleep(container, fate.backMilliseconds);
      if (fate.error !== undefined) throw fate.error;
      if ('error' in carried) throw carried.error;
      return carried.value;
    },
  };
};

type Carried<T> = { readonly value: T } | { readonly error: unknown };

const attempt = <T>(effect: () => T): Carried<T> => {
  try {
    return { value: effect() };
  } catch (error) {
    return { error };
  }
};
