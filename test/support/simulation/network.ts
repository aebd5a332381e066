import type { Clock } from '#shared/application/ports.ts';
import { parseDate } from '#shared/domain/calendar.ts';
import { HOUR } from './timeline.ts';

export type Service = 'dynamodb' | 'sqs' | 's3';

/** One call of a function to a service. */
export interface Call {
  readonly service: Service;
  readonly command: string;
  /** Items of a transaction, messages of a batch. */
  readonly size: number;
}

/** An execution environment of a function. It works on one event at a time and may die at any moment. */
export class Container {
  readonly name: string;
  /** How far its clock is off. */
  readonly skewMilliseconds: number;
  readonly died: Promise<'died'>;
  alive = true;
  calls = 0;
  #onDeath: () => void = () => undefined;

  constructor(name: string, skewMilliseconds = 0) {
    this.name = name;
    this.skewMilliseconds = skewMilliseconds;
    this.died = new Promise((resolve) => {
      this.#onDeath = () => resolve('died');
    });
  }

  kill(): void {
    this.alive = false;
    this.#onDeath();
  }
}

/** What lies between a function and the services it calls. */
export interface Network {
  /** Carries a call out and brings its answer back, or not. A call of a dead container never comes back. */
  readonly call: <T>(container: Container, call: Call, effect: () => T) => Promise<T>;
  readonly now: () => number;
  readonly sleep: (container: Container, milliseconds: number) => Promise<void>;
}

/** The clock of a container. */
export const clockOf = (network: Network, container: Container): Clock => {
  const now = (): number => network.now() + container.skewMilliseconds;
  return {
    now: () => new Date(now()).toISOString(),
    today: () => parseDate(new Date(now() + 8 * HOUR).toISOString().slice(0, 10)),
    sleep: (milliseconds) => network.sleep(container, milliseconds),
  };
};

/** Calls are carried out at once and never fail. */
export const immediateNetwork = (now: () => number): Network => ({
  now,
  sleep: async () => undefined,
  call: async (_container, _call, effect) => effect(),
});

/** A promise for what never comes. */
export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
