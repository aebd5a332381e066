import { setTimeout as delay } from 'node:timers/promises';
import type { Activity } from '../activity.ts';
import type { BucketNotifier } from '../notifications.ts';
import type { Changes } from './changes.ts';
import type { Complain, EventSource } from './source.ts';

const PAUSE_AFTER_ERROR_MILLISECONDS = 500;

/** Tells queues about stored objects as soon as they are stored. */
export class ObjectSource implements EventSource {
  readonly name = 'bucket notifications';
  readonly #notifier: BucketNotifier;
  readonly #changes: Changes;
  readonly #activity: Activity;
  readonly #complain: Complain;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(notifier: BucketNotifier, changes: Changes, activity: Activity, complain: Complain) {
    this.#notifier = notifier;
    this.#changes = changes;
    this.#activity = activity;
    this.#complain = complain;
  }

  start(): void {
    this.#running = this.#run();
  }

  async isDrained(): Promise<boolean> {
    return this.#notifier.pending() === 0;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#changes.close();
    this.#notifier.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const mark = this.#changes.mark();
      try {
        if (this.#notifier.pending() === 0) await this.#changes.since(mark, signal);
        else await this.#activity.during(() => this.#notifier.drain());
      } catch (error) {
        this.#complain('stored objects cannot be told about', error);
        await delay(PAUSE_AFTER_ERROR_MILLISECONDS);
      }
    }
  }
}
