import type { Actor } from '#shared/domain/book/entry.ts';
import type { JobState } from '#shared/domain/imports/job.ts';
import { hashOf } from '#shared/domain/wire.ts';
import { FundError, isFundError } from '#shared/errors/fund-error.ts';
import { BATCH_COMMANDS_MAX, type Kernel, type Outcome, type Prepared } from '../execute.ts';
import { importsKinds } from '../kinds/imports.ts';
import { kindOf } from '../kinds/kind.ts';
import type { Ledger } from '../ports.ts';
import { readOne } from '../read.ts';
import { SYSTEM } from '../system.ts';
import type { ImportKind, Row } from './kind.ts';
import { importKinds, isImportKind } from './kinds.ts';
import { errorsFile, errorsKey, partKey, type RowResult, readPart, STEP_ROWS_MAX } from './results.ts';

/** The files of imports. */
export interface ImportFiles {
  readonly get: (key: string) => Promise<Uint8Array>;
  readonly put: (key: string, bytes: Uint8Array) => Promise<void>;
  /** Rows of a file, by the names of the header, which must have these columns. @throws IMPORT_FILE_INVALID */
  readonly rows: (key: string, columns: readonly string[]) => Promise<readonly Row[]>;
  readonly write: (columns: readonly string[], rows: readonly Row[]) => string;
}

interface Deps {
  readonly ledger: Ledger;
  readonly kernel: Kernel;
  readonly files: ImportFiles;
}

/**
 * Deals with the next rows of an import. Does nothing when the job stands elsewhere: a step delivered twice, or late, finds
 * its rows done. Every row's commands have ids made of owner and content, so whatever a step had done before it was cut
 * off is found done, in this file or in another that has the same row.
 * @throws BOOK_BUSY, and whatever the store throws; the message then comes again
 */
export const importStep = async (deps: Deps, fundId: string, jobId: string, fromRow: number): Promise<void> => {
  const job = await readOne(deps.ledger, fundId, 'job', jobId);
  if (job === undefined || job.status !== 'open' || job.nextRow !== fromRow) return;
  const kind = isImportKind(job.kind) ? importKinds[job.kind] : undefined;
  try {
    if (kind === undefined) throw new FundError('IMPORT_FILE_INVALID', { reason: `no kind ${job.kind}` });
    const rows = await deps.files.rows(job.fileKey, kind.columns);
    await takeStep(deps, fundId, jobId, job, kind, rows);
  } catch (error) {
    if (!isFundError(error) || error.code !== 'IMPORT_FILE_INVALID') throw error;
    const payload = { jobId, reason: JSON.stringify(error.details).slice(0, 300) };
    await system(
      deps.kernel,
      fundId,
      importsKinds['import.fail'].prepare(fundId, `import-fail:${jobId}`, payload, SYSTEM),
    );
  }
};

const takeStep = async (
  deps: Deps,
  fundId: string,
  jobId: string,
  job: JobState,
  kind: ImportKind,
  rows: readonly Row[],
): Promise<void> => {
  const fromRow = job.nextRow;
  const toRow = Math.min(rows.length, fromRow + STEP_ROWS_MAX);
  const results = await runRows(deps.kernel, fundId, job.owner, kind, rows.slice(fromRow, toRow), fromRow);
  await deps.files.put(partKey(job, fromRow), Buffer.from(JSON.stringify(results)));
  if (toRow === rows.length) await writeErrors(deps.files, job, kind, rows);
  const count = (status: RowResult['status']): number => results.filter((r) => r.status === status).length;
  const payload = {
    jobId,
    fromRow,
    toRow,
    rows: rows.length,
    applied: count('applied'),
    replayed: count('replayed'),
    refused: count('refused'),
  };
  await system(
    deps.kernel,
    fundId,
    importsKinds['import.advance'].prepare(fundId, `import-advance:${jobId}:${fromRow}`, payload, SYSTEM),
  );
};

const system = async (kernel: Kernel, fundId: string, command: Prepared): Promise<void> => {
  await kernel.execute(fundId, [command], { recordRefusals: true });
};

/** Runs rows in batches that fit one transaction; a row is one or more commands. */
const runRows = async (
  kernel: Kernel,
  fundId: string,
  owner: Actor,
  kind: ImportKind,
  rows: readonly Row[],
  firstRow: number,
): Promise<readonly RowResult[]> => {
  const prepared = rows.map((row, i) => prepareRow(fundId, owner, kind, row, firstRow + i));
  const results: RowResult[] = [];
  let batch: PreparedRow[] = [];
  const flush = async (): Promise<void> => {
    const outcomes = await kernel.execute(
      fundId,
      batch.flatMap((r) => r.commands),
      { recordRefusals: false },
    );
    let at = 0;
    for (const { row, commands, refusal } of batch) {
      results.push(resultOf(row, outcomes.slice(at, at + commands.length), refusal));
      at += commands.length;
    }
    batch = [];
  };
  for (const row of prepared) {
    const size = batch.reduce((sum, r) => sum + r.commands.length, 0);
    if (size + row.commands.length > BATCH_COMMANDS_MAX) await flush();
    batch.push(row);
  }
  await flush();
  return results;
};

interface PreparedRow {
  /** Number of the row in the file, 1 for the first after the header. */
  readonly row: number;
  readonly commands: readonly Prepared[];
  readonly refusal?: FundError;
}

const prepareRow = (fundId: string, owner: Actor, kind: ImportKind, row: Row, index: number): PreparedRow => {
  try {
    const commands = kind.commands(row, owner).map((c) => {
      const id = `row:${hashOf([owner.id, c.kind, c.payload]).slice(0, 32)}`;
      return kindOf(kind.kinds, c.kind).prepare(fundId, id, c.payload, owner);
    });
    return { row: index + 1, commands };
  } catch (error) {
    if (isFundError(error)) return { row: index + 1, commands: [], refusal: error };
    const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 300) : 'unreadable';
    return { row: index + 1, commands: [], refusal: new FundError('IMPORT_ROW_INVALID', { reason }) };
  }
};

const resultOf = (row: number, outcomes: readonly Outcome[], refusal: FundError | undefined): RowResult => {
  const refused = outcomes.find((o) => o.status === 'refused');
  const error = refusal ?? (refused?.status === 'refused' ? refused.error : undefined);
  if (error !== undefined) return { row, status: 'refused', code: error.code, details: error.details };
  const applied = outcomes.filter((o) => o.status === 'applied');
  const last = applied.at(-1);
  return {
    row,
    status: applied.every((o) => o.replayed) ? 'replayed' : 'applied',
    ...(last === undefined ? {} : { id: last.primary.id, seq: last.seq }),
  };
};

/** Puts all refused rows, with the reasons, into one file the owner can correct and hand in again. */
const writeErrors = async (
  files: ImportFiles,
  job: JobState,
  kind: ImportKind,
  rows: readonly Row[],
): Promise<void> => {
  const parts = Array.from({ length: Math.ceil(rows.length / STEP_ROWS_MAX) }, (_, i) =>
    readPart(files, job, i * STEP_ROWS_MAX),
  );
  const { columns, lines } = errorsFile(Object.keys(rows[0] ?? {}), rows, (await Promise.all(parts)).flat());
  await files.put(errorsKey(job), Buffer.from(files.write(columns.length === 0 ? kind.columns : columns, lines)));
};
