import * as z from 'zod';
import { type CsvRow, writeCsv } from '#shared/adapters/csv/csv.ts';
import type { Step } from '../step.ts';

/** A file of rows that one person hands in. */
export interface FileStory {
  readonly id: string;
  readonly on: Step['on'];
  readonly userId: string;
  readonly fundId: string;
  /** Kind of import. */
  readonly kind: 'firms' | 'gradings' | 'filings' | 'balances';
  readonly fileName: string;
  readonly rows: readonly CsvRow[];
}

const shownJob = z.object({ status: z.string(), rows: z.int(), refused: z.int() });

/** Hands the file in and waits until every row has taken effect. @throws when one was refused */
export const fileStep = ({ id, on, userId, fundId, kind, fileName, rows }: FileStory): Step => ({
  id,
  on,
  chapter: 'cover',
  run: async (desk) => {
    const caller = desk.as(userId);
    const path = `/funds/${fundId}/imports`;
    const jobId = await caller.upload(`${path}/${kind}`, id, fileName, writeCsv(Object.keys(rows[0] ?? {}), rows));
    await desk.idle();
    const job = await caller.get(`${path}/${jobId}`, shownJob);
    if (job.status !== 'done' || job.refused > 0 || job.rows !== rows.length)
      throw new Error(`import ${jobId} (${fileName}) is ${job.status}, ${job.refused} of ${job.rows} rows refused`);
  },
});
