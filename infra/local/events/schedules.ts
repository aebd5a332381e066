import { createHash, randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Activity } from '../activity.ts';
import type { VirtualClock } from '../clock.ts';
import type { Queue } from '../provision/queues.ts';
import type { LocalState } from '../state.ts';
import { Turns } from '../turns.ts';
import type { NextOccurrence } from './schedule-expression.ts';
import type { Complain } from './source.ts';

/** A schedule of EventBridge Scheduler: when, and what is sent where. */
export interface Schedule {
  readonly name: string;
  readonly logicalId: string;
  readonly arn: string;
  readonly next: NextOccurrence;
  readonly queue: Queue;
  readonly groupId: string | undefined;
  /** The message's text, in which `<aws.scheduler.…>` words are replaced; undefined for the default event. */
  readonly input: string | undefined;
}

interface SchedulesSurroundings {
  readonly client: SQSClient;
  readonly state: LocalState;
  readonly clock: VirtualClock;
  readonly activity: Activity;
  readonly complain: Complain;
}

const LOOK_MILLISECONDS = 100;

/**
 * Fires schedules on the virtual clock. Up to when each has been looked after is kept in the cloud's state; occurrences
 * passed since then, while the cloud was down or in a leap of the clock, fire it once. A clock set back is followed back.
 * A kill between the message and the state fires it again, as EventBridge itself may.
 */
export class Schedules {
  readonly #schedules: readonly Schedule[];
  readonly #around: SchedulesSurroundings;
  readonly #turns = new Turns();
  #timer: NodeJS.Timeout | undefined;

  constructor(schedules: readonly Schedule[], around: SchedulesSurroundings) {
    this.#schedules = schedules;
    this.#around = around;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.fireDue().catch((error: unknown) => this.#around.complain('a schedule cannot fire', error));
    }, LOOK_MILLISECONDS);
  }

  /** Resolves when everything due has been sent. */
  fireDue(): Promise<void> {
    return this.#turns.take(async () => {
      for (const schedule of this.#schedules) await this.#fireIfDue(schedule);
    });
  }

  /**
   * Fires one schedule now, whenever it is due; what was due of it is done with that.
   * @param part of its name or logical id; throws when it fits none or several
   */
  fire(part: string): Promise<void> {
    const wanted = part.toLowerCase();
    const found = this.#schedules.filter(({ name, logicalId }) =>
      [name, logicalId].some((text) => text.toLowerCase().includes(wanted)),
    );
    const [schedule] = found;
    if (schedule === undefined || found.length > 1) {
      const names = this.#schedules.map(({ name }) => name).join(', ');
      throw new Error(`${found.length} schedules fit "${part}"; there are: ${names || 'none'}`);
    }
    return this.#turns.take(() => this.#fireNow(schedule, this.#now()));
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#turns.over();
  }

  async #fireIfDue(schedule: Schedule): Promise<void> {
    const { state } = this.#around;
    const now = this.#now();
    const handled = Number(state.get(keyOf(schedule)) ?? Number.NaN);
    if (Number.isNaN(handled) || handled > now) return state.set(keyOf(schedule), String(now));
    const due = schedule.next(handled);
    if (due !== undefined && due <= now) await this.#fireNow(schedule, due);
  }

  async #fireNow(schedule: Schedule, occurrence: number): Promise<void> {
    const { client, state, activity } = this.#around;
    const now = this.#now();
    await activity.during(async () => {
      await client.send(new SendMessageCommand(messageOf(schedule, occurrence, now)));
    });
    state.set(keyOf(schedule), String(now));
  }

  #now(): number {
    return Date.parse(this.#around.clock.now());
  }
}

const keyOf = (schedule: Schedule): string => `schedule/${schedule.name}`;

function messageOf(schedule: Schedule, occurrence: number, now: number) {
  const { queue, groupId, arn } = schedule;
  const time = new Date(occurrence).toISOString().replace('.000Z', 'Z');
  const words: Record<string, string> = {
    'scheduled-time': time,
    'schedule-arn': arn,
    'execution-id': randomUUID(),
    'attempt-number': '1',
  };
  const body =
    schedule.input?.replace(/<aws\.scheduler\.([a-z-]+)>/g, (whole, word: string) => words[word] ?? whole) ??
    defaultEvent(arn, time);
  // Years pass in minutes here, so that the queue's own deduplication by content would swallow most of them.
  const deduplication = createHash('sha256').update(`${arn} ${occurrence} ${now}`).digest('hex');
  return {
    QueueUrl: queue.url,
    MessageBody: body,
    ...(queue.fifo ? { MessageGroupId: groupId, MessageDeduplicationId: deduplication } : {}),
  };
}

const defaultEvent = (arn: string, time: string): string =>
  JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: arn.split(':')[4],
    time,
    region: arn.split(':')[3],
    resources: [arn],
    detail: '{}',
  });
