import { createDynamoLedger } from '#shared/adapters/dynamodb/ledger.ts';
import { createKernel, type Kernel, type Outcome, type Prepared } from '#shared/application/execute.ts';
import type { Clock, Ledger } from '#shared/application/ports.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { isFundError } from '#shared/errors/fund-error.ts';
import { type Cloud, clientsOf } from '../cloud.ts';
import { Container, immediateNetwork } from '../network.ts';
import { TABLES } from '../tables.ts';
import { type Timeline, Violation } from '../timeline.ts';

/** A command somebody waits for, and what could have become of it in the states the book has been in since. */
interface Pending {
  readonly fundId: string;
  readonly commands: readonly Prepared[];
  readonly clock: Clock;
  readonly possible: Set<string>[];
}

const nameOf = (outcome: Outcome): string => (outcome.status === 'refused' ? outcome.error.code : outcome.status);

/**
 * Watches what the API answers: a refusal must be one that some state of the book, between question and answer, gives. So
 * contention, stale reads and mixtures of two states are never told as business.
 */
export class Oracle {
  readonly #timeline: Timeline;
  readonly #kernelWith: (clock: Clock) => Kernel;
  readonly #pending = new Set<Pending>();
  #asked: Promise<unknown> = Promise.resolve();

  constructor(timeline: Timeline, cloud: Cloud) {
    this.#timeline = timeline;
    const { dynamodb } = clientsOf(
      cloud,
      immediateNetwork(() => timeline.nowMilliseconds),
      new Container('oracle'),
    );
    const store = createDynamoLedger(dynamodb, TABLES);
    // Decides on what is stored at this moment, and stores nothing.
    const ledger: Ledger = { load: store.load, commit: async () => 'committed' };
    this.#kernelWith = (clock) => createKernel({ ledger, clock, calendar: chinaCalendar, jitter: () => 0 });
  }

  /** The book has changed: asks anew what could become of everything that is under way. */
  onStored(): void {
    for (const pending of this.#pending) void this.#ask(pending);
  }

  /** A kernel whose refusals are held against what was possible. */
  watch(kernel: Kernel, clock: Clock, container: Container): Kernel {
    return {
      execute: async (fundId, commands, options) => {
        const pending: Pending = { fundId, commands, clock, possible: commands.map(() => new Set()) };
        this.#pending.add(pending);
        void container.died.then(() => this.#pending.delete(pending));
        void this.#ask(pending);
        try {
          const outcomes = await kernel.execute(fundId, commands, options);
          await this.#ask(pending);
          for (const [i, outcome] of outcomes.entries()) this.#check(pending, i, nameOf(outcome));
          return outcomes;
        } catch (error) {
          await this.#asked;
          if (isFundError(error) && error.code !== 'BOOK_BUSY')
            for (const i of commands.keys()) this.#check(pending, i, error.code);
          throw error;
        } finally {
          this.#pending.delete(pending);
        }
      },
    };
  }

  #check({ commands, possible }: Pending, i: number, told: string): void {
    if (told === 'applied' || told === 'idle' || possible[i]?.has(told) === true) return;
    const { id = '', kind = '' } = commands[i]?.command ?? {};
    const could = [...(possible[i] ?? [])].join(', ');
    this.#timeline.fail(new Violation(`${kind} ${id} was refused with ${told}, which no state gives (only: ${could})`));
  }

  #ask({ fundId, commands, clock, possible }: Pending): Promise<unknown> {
    this.#asked = this.#kernelWith(clock)
      .execute(fundId, commands, { recordRefusals: false })
      .then(
        (outcomes) => outcomes.forEach((outcome, i) => void possible[i]?.add(nameOf(outcome))),
        (error: unknown) => this.#timeline.fail(error),
      );
    return this.#asked;
  }
}
