import { createHash } from 'node:crypto';

interface Happening {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Something that must never be true was true. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/**
 * Virtual time: a queue of what happens when. Nothing else makes anything happen, so the same seed tells the same story;
 * the log's hash proves it.
 */
export class Timeline {
  nowMilliseconds: number;
  steps = 0;
  readonly #heap: Happening[] = [];
  readonly #log = createHash('sha256');
  readonly #keep: boolean;
  readonly lines: string[] = [];
  #order = 0;
  #broken: unknown;

  constructor(start: string, keepLog = false) {
    this.nowMilliseconds = Date.parse(start);
    this.#keep = keepLog;
  }

  /** Today in Shanghai. */
  get today(): string {
    return new Date(this.nowMilliseconds + 8 * HOUR).toISOString().slice(0, 10);
  }

  at(milliseconds: number, run: () => void): void {
    this.#order += 1;
    push(this.#heap, { at: Math.max(milliseconds, this.nowMilliseconds), order: this.#order, run });
  }

  after(milliseconds: number, run: () => void): void {
    this.at(this.nowMilliseconds + milliseconds, run);
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.after(milliseconds, resolve));
  }

  log(line: string): void {
    const text = `${new Date(this.nowMilliseconds).toISOString()} ${line}`;
    this.#log.update(text);
    if (this.#keep) this.lines.push(text);
  }

  /** Ends the run at the next step. */
  fail(error: unknown): void {
    this.#broken ??= error;
  }

  /**
   * Lets happen what happens until then; `check` looks at the world after every step.
   * @throws what was reported to {@link fail}, or what `check` throws
   */
  async runUntil(end: number, check: () => void): Promise<void> {
    for (;;) {
      const next = this.#heap[0];
      if (next === undefined || next.at > end) break;
      pop(this.#heap);
      this.nowMilliseconds = next.at;
      this.steps += 1;
      next.run();
      // Every promise that can go on does, until all wait for the timeline again.
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (this.#broken !== undefined) throw this.#broken;
      check();
    }
    this.nowMilliseconds = Math.max(this.nowMilliseconds, end);
  }

  /** Hash of everything logged so far. */
  hash(): string {
    return this.#log.copy().digest('hex');
  }
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** When the bank states the day, and when the schedule fires, after eight in the morning in Shanghai. */
export const EVENING = 14 * HOUR;
export const NIGHT = 16 * HOUR + 30 * MINUTE;

const isBefore = (a: Happening, b: Happening): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

const push = (heap: Happening[], item: Happening): void => {
  let i = heap.push(item) - 1;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || !isBefore(item, above)) break;
    heap[i] = above;
    i = parent;
  }
  heap[i] = item;
};

const pop = (heap: Happening[]): void => {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    const [left, right] = [heap[child], heap[child + 1]];
    if (left === undefined) break;
    let smaller = left;
    if (right !== undefined && isBefore(right, left)) {
      smaller = right;
      child += 1;
    }
    if (!isBefore(smaller, last)) break;
    heap[i] = smaller;
    i = child;
  }
  heap[i] = last;
};
