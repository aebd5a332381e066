import type { Actor } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import { machine } from '../machine.ts';

export type JobStatus = 'open' | 'done' | 'failed';

export const jobMachine = machine('import', {
  advance: { from: ['open'], to: ['open', 'done'] },
  fail: { from: ['open'], to: ['failed'] },
} satisfies Record<string, { from: JobStatus[]; to: JobStatus[] }>);

/** A file of rows somebody handed in, each a command or more of theirs; carried out step by step. */
export interface JobState {
  readonly status: JobStatus;
  /** What the rows are. */
  readonly kind: string;
  /** For whom the rows act, with the roles they had when they handed the file in. */
  readonly owner: Actor;
  readonly fileName: string;
  readonly fileKey: string;
  /** SHA-256 of the bytes received, hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly openedOn: BusinessDate;
  /** Rows of the file without its header; known after the first step. */
  readonly rows: number;
  /** Rows dealt with so far; the next step begins after them. */
  readonly nextRow: number;
  readonly applied: number;
  /** Rows that had taken effect before, by an earlier file or step. */
  readonly replayed: number;
  readonly refused: number;
  /** Why the file as a whole could not be read. */
  readonly failure?: string;
}
