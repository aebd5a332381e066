import type { SQSRecord } from 'aws-lambda';
import { sqsRecord } from '../lambda-events.ts';
import { MINUTE } from './timeline.ts';

interface Message {
  readonly id: string;
  readonly body: string;
  readonly group: string | undefined;
  receives: number;
  visibleAt: number;
}

export interface SendEntry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

export interface QueueOptions {
  readonly name: string;
  readonly now: () => number;
  readonly visibilityMilliseconds: number;
  /** Something may be received now. */
  readonly onVisible: () => void;
  /** Told of every message that was taken; here duplicates are made. */
  readonly onTaken: (body: string, group: string | undefined) => void;
  readonly onDeadLetter: () => void;
}

/** Deliveries of a message before it is given up. */
const RECEIVES_MAX = 5;
/** How long FIFO remembers what it took. */
const DEDUPLICATION_MILLISECONDS = 5 * MINUTE;

/** An SQS queue: groups in order, one batch of a group at a time, visibility that runs out, dead letters. */
export class SimulatedQueue {
  readonly name: string;
  readonly deadLetters: Message[] = [];
  readonly #options: QueueOptions;
  readonly #messages: Message[] = [];
  readonly #taken = new Map<string, number>();
  #sent = 0;

  constructor(options: QueueOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get size(): number {
    return this.#messages.length;
  }

  /** Takes messages, but for those that FIFO has seen in the last five minutes. */
  send(entries: readonly SendEntry[]): void {
    const now = this.#options.now();
    for (const { MessageBody, MessageGroupId, MessageDeduplicationId: id } of entries) {
      const takenAt = id === undefined ? undefined : this.#taken.get(id);
      if (takenAt !== undefined && now - takenAt < DEDUPLICATION_MILLISECONDS) continue;
      if (id !== undefined) this.#taken.set(id, now);
      this.add(MessageBody, MessageGroupId);
      this.#options.onTaken(MessageBody, MessageGroupId);
    }
  }

  /** Puts a message at the end, whatever was there before. */
  add(body: string, group: string | undefined): void {
    this.#sent += 1;
    const now = this.#options.now();
    this.#messages.push({ id: `${this.name}-${this.#sent}`, body, group, receives: 0, visibleAt: now });
    this.#options.onVisible();
  }

  /** Gives out up to `count` messages of groups that are not being worked on, in order within each group. */
  receive(count: number): readonly SQSRecord[] {
    const now = this.#options.now();
    const locked = new Set(
      this.#messages.filter((m) => m.visibleAt > now && m.group !== undefined).map((m) => m.group),
    );
    const given: Message[] = [];
    for (const message of [...this.#messages]) {
      if (given.length === count) break;
      if (message.visibleAt > now || locked.has(message.group)) continue;
      if (message.receives >= RECEIVES_MAX) {
        this.#remove(message.id);
        this.deadLetters.push(message);
        this.#options.onDeadLetter();
        continue;
      }
      message.receives += 1;
      message.visibleAt = now + this.#options.visibilityMilliseconds;
      given.push(message);
    }
    return given.map((m) => sqsRecord(m.id, m.body, m.group));
  }

  /** When the next message that is hidden comes out, if there is one. */
  nextVisibleAt(): number | undefined {
    const now = this.#options.now();
    const hidden = this.#messages.map((m) => m.visibleAt).filter((at) => at > now);
    return hidden.length === 0 ? undefined : Math.min(...hidden);
  }

  /** Takes messages off for good. */
  acknowledge(ids: readonly string[]): void {
    for (const id of ids) this.#remove(id);
    this.#options.onVisible();
  }

  /** What an operator does with dead letters: those that can be understood go back to the end. Returns the others. */
  redrive(isUnderstood: (body: string) => boolean): readonly string[] {
    const dead = this.deadLetters.splice(0);
    for (const { body, group } of dead) if (isUnderstood(body)) this.add(body, group);
    return dead.map(({ body }) => body).filter((body) => !isUnderstood(body));
  }

  #remove(id: string): void {
    const at = this.#messages.findIndex((m) => m.id === id);
    if (at >= 0) this.#messages.splice(at, 1);
  }
}
