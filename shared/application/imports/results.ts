import * as z from 'zod';
import { catalogue, ERROR_CODES, type ErrorCode } from '#shared/errors/catalogue.ts';
import type { Row } from './kind.ts';

/** What became of one row of a file. `replayed`: it had taken effect before. */
export interface RowResult {
  /** 1 for the first row after the header. */
  readonly row: number;
  readonly status: 'applied' | 'replayed' | 'refused';
  readonly id?: string;
  readonly seq?: number;
  readonly code?: ErrorCode;
  readonly details?: Readonly<Record<string, string>>;
}

/** Columns of the errors file beside those of the file itself. */
const ROW = '行号 row';
const CODE = '错误代码 code';
const REASON = '原因 reason';

/** The refused rows as they came, with row number, code and the reason in words. */
export const errorsFile = (
  header: readonly string[],
  rows: readonly Row[],
  results: readonly RowResult[],
): { readonly columns: readonly string[]; readonly lines: readonly Row[] } => ({
  columns: [ROW, CODE, REASON, ...header],
  lines: results.flatMap(({ row, code, details }) =>
    code === undefined
      ? []
      : [{ [ROW]: String(row), [CODE]: code, [REASON]: reasonOf(code, details ?? {}), ...rows[row - 1] }],
  ),
});

const reasonOf = (code: ErrorCode, details: Readonly<Record<string, string>>): string => {
  const facts = Object.entries(details).map(([name, value]) => `${name}=${value}`);
  return [catalogue[code].zh, catalogue[code].en, ...facts].join('; ');
};

/** Rows one step deals with; a file of thousands is many steps, each of which may be repeated without harm. */
export const STEP_ROWS_MAX = 200;

interface Job {
  readonly fileKey: string;
  readonly nextRow: number;
}

/** Where the results of the step that began after `fromRow` rows are kept. */
export const partKey = (job: Pick<Job, 'fileKey'>, fromRow: number): string =>
  `${job.fileKey}.results/${String(fromRow).padStart(8, '0')}.json`;

/** Where the file of refused rows is found once an import is done. */
export const errorsKey = (job: Pick<Job, 'fileKey'>): string => `${job.fileKey}.errors.csv`;

const partSchema = z.array(
  z.strictObject({
    row: z.int(),
    status: z.enum(['applied', 'replayed', 'refused']),
    id: z.string().exactOptional(),
    seq: z.int().exactOptional(),
    code: z.enum(ERROR_CODES).exactOptional(),
    details: z.record(z.string(), z.string()).exactOptional(),
  }),
);

/** Results of one step. */
export const readPart = async (
  files: { readonly get: (key: string) => Promise<Uint8Array> },
  job: Pick<Job, 'fileKey'>,
  fromRow: number,
): Promise<readonly RowResult[]> =>
  partSchema.parse(JSON.parse(Buffer.from(await files.get(partKey(job, fromRow))).toString('utf8')));

/** Results of rows from number `from` on, as many as one step dealt with, and the number of the next. */
export const partRows = async (
  files: { readonly get: (key: string) => Promise<Uint8Array> },
  job: Job,
  from: number,
): Promise<{ readonly items: readonly RowResult[]; readonly next?: number }> => {
  if (from > job.nextRow) return { items: [] };
  const start = Math.floor((from - 1) / STEP_ROWS_MAX) * STEP_ROWS_MAX;
  const items = (await readPart(files, job, start)).filter((r) => r.row >= from);
  const next = start + STEP_ROWS_MAX + 1;
  return { items, ...(next <= job.nextRow ? { next } : {}) };
};
