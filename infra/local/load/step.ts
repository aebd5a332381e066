import type { BusinessDate } from '#shared/domain/calendar.ts';
import type { SandboxBank } from '../bank/bank.ts';
import type { Caller } from '../client/api.ts';

/** What a step may use: the API as any of its people, the bank's counter, and what earlier steps wrote down. */
export interface Desk {
  readonly as: (userId: string) => Caller;
  readonly bank: SandboxBank;
  /** What was noted under a name. Throws when nothing was. */
  readonly recall: (name: string) => string;
  readonly note: (name: string, value: string) => void;
  /** Waits until queues and streams are empty. */
  readonly idle: () => Promise<void>;
}

/** One thing one person did on one day. */
export interface Step {
  /** Unique in the portfolio; also the Idempotency-Key of the one command it sends. */
  readonly id: string;
  readonly on: BusinessDate;
  /** The chapter of the story it belongs to, for the progress display. */
  readonly chapter: Chapter;
  /** Whether the bank has something to do on that day because of it. */
  readonly bank?: true;
  readonly run: (desk: Desk) => Promise<void>;
}

export type Chapter = 'founding' | 'capital' | 'lending' | 'repayment' | 'cover';
