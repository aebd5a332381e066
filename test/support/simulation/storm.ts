import {
  InternalServerError,
  ProvisionedThroughputExceededException,
  ThrottlingException,
  TransactionCanceledException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';
import type { Call, Service } from './network.ts';
import type { Random } from './random.ts';
import { DAY, EVENING, HOUR, MINUTE, NIGHT, SECOND } from './timeline.ts';

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
  'gateway gives up waiting',
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
export interface Fate {
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

interface Outage {
  readonly service: Service;
  readonly from: number;
  readonly to: number;
}

/** A service is away for minutes or hours, in the evening when statements come or at night when days are closed. */
const outageOf = (random: Random, from: number, to: number): Outage => {
  const day = from + random.between(0, Math.floor((to - from) / DAY)) * DAY;
  const start = day + random.pick([EVENING, NIGHT]) - random.between(0, 20 * MINUTE);
  const service = random.pick(['dynamodb', 'dynamodb', 'sqs', 's3'] as const);
  return { service, from: start, to: start + random.spread(10 * MINUTE, 4 * HOUR) };
};

/** Rates a kind of fault may have in one run: most are rare, some are not there, so that runs differ in character. */
const RATES = [0, 0.003, 0.01, 0.04] as const;

/** The weather of one run: how often each fault comes, and whether it still may. */
export class Storm {
  readonly fired = new Map<Fault, number>();
  calm = false;
  readonly #random: Random;
  readonly #rates: ReadonlyMap<Fault, number>;
  readonly #outages: readonly Outage[];

  constructor(random: Random, from: number, to: number) {
    this.#random = random;
    this.#rates = new Map(FAULTS.map((fault) => [fault, random.pick(RATES)]));
    this.#outages = Array.from({ length: random.between(0, 3) }, () => outageOf(random, from, to));
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
