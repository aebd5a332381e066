import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { requireSystem } from '../approvals/guards.ts';
import type { CommandSpec, Decision, Snapshot } from '../book/decision.ts';
import type { EntryDraft, OutboxCommand } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import { requireEdge } from '../machine.ts';
import { type JobState, jobMachine } from './job.ts';

/** @throws IMPORT_NOT_FOUND */
export const readJob = (state: Snapshot, jobId: string): JobState => {
  const found = state.read('job', jobId);
  if (found === undefined) throw new FundError('IMPORT_NOT_FOUND', { jobId });
  return found;
};

/** The command that takes the next step; its id is derived from where it begins. */
const continueCommand = (jobId: string, fromRow: number): OutboxCommand => ({
  queue: 'imports',
  id: `import:${jobId}:${fromRow}`,
  kind: 'import.step',
  payload: { jobId, fromRow },
});

const recorded = (
  jobId: string,
  job: JobState,
  entry: Pick<EntryDraft, 'type' | 'summary' | 'outbox' | 'facts'>,
  today: BusinessDate,
  edge?: keyof typeof jobMachine.edges,
): Decision => ({
  entries: [
    {
      ...entry,
      businessDate: today,
      links: { job: jobId },
      digests: [
        {
          type: 'job',
          id: jobId,
          fields: {
            status: job.status,
            kind: job.kind,
            owner: job.owner.id,
            fileName: job.fileName,
            rows: String(job.rows),
            done: String(job.nextRow),
            applied: String(job.applied),
            replayed: String(job.replayed),
            refused: String(job.refused),
          },
        },
      ],
    },
  ],
  changes: [
    {
      type: 'job',
      id: jobId,
      state: job,
      ...(edge === undefined ? {} : { priorStatuses: jobMachine.edges[edge].from }),
    },
  ],
});

export interface OpenImportPayload {
  readonly jobId: string;
  readonly kind: string;
  readonly fileName: string;
  readonly fileKey: string;
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Takes a file in. The job's id comes from owner, kind and content, so the same file handed in again is the same job.
 * @throws IMPORT_EXISTS
 */
export const openImport: CommandSpec<OpenImportPayload> = {
  kind: 'import.open',
  primary: (p) => ref('job', p.jobId),
  decide: (state, { payload, actor }, _rules, today) => {
    const { jobId, ...file } = payload;
    ensure(state.read('job', jobId) === undefined, 'IMPORT_EXISTS', { jobId });
    const job: JobState = {
      ...file,
      status: 'open',
      owner: actor,
      openedOn: today,
      rows: 0,
      nextRow: 0,
      applied: 0,
      replayed: 0,
      refused: 0,
    };
    const entry = {
      type: 'import.opened',
      summary: `批量导入 ${file.kind} ${file.fileName}`,
      facts: { sha256: file.sha256, bytes: String(file.bytes) },
      outbox: [continueCommand(jobId, 0)],
    };
    return recorded(jobId, job, entry, today);
  },
};

export interface AdvanceImportPayload {
  readonly jobId: string;
  /** Where the step began; must be where the job stands. */
  readonly fromRow: number;
  readonly toRow: number;
  readonly rows: number;
  readonly applied: number;
  readonly replayed: number;
  readonly refused: number;
}

/**
 * Notes that a step is done and asks for the next one, or ends the job.
 * @throws ROLE_REQUIRED, IMPORT_NOT_FOUND, STATE_INVALID, IMPORT_STEP_STALE
 */
export const advanceImport: CommandSpec<AdvanceImportPayload> = {
  kind: 'import.advance',
  primary: (p) => ref('job', p.jobId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireSystem(actor);
    const { jobId, fromRow, toRow, rows } = payload;
    const job = readJob(state, jobId);
    requireEdge(jobMachine, 'advance', job.status);
    ensure(job.nextRow === fromRow && fromRow <= toRow && toRow <= rows, 'IMPORT_STEP_STALE', {
      nextRow: String(job.nextRow),
    });
    const after: JobState = {
      ...job,
      status: toRow === rows ? 'done' : 'open',
      rows,
      nextRow: toRow,
      applied: job.applied + payload.applied,
      replayed: job.replayed + payload.replayed,
      refused: job.refused + payload.refused,
    };
    const entry = {
      type: after.status === 'done' ? 'import.done' : 'import.advanced',
      summary: `批量导入 ${toRow}/${rows} 行，未通过 ${after.refused} 行`,
      ...(after.status === 'done' ? {} : { outbox: [continueCommand(jobId, toRow)] }),
    };
    return recorded(jobId, after, entry, today, 'advance');
  },
};

export interface FailImportPayload {
  readonly jobId: string;
  readonly reason: string;
}

/**
 * The file cannot be read as what it claims to be; no row of it has taken effect.
 * @throws ROLE_REQUIRED, IMPORT_NOT_FOUND, STATE_INVALID
 */
export const failImport: CommandSpec<FailImportPayload> = {
  kind: 'import.fail',
  primary: (p) => ref('job', p.jobId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireSystem(actor);
    const job = readJob(state, payload.jobId);
    requireEdge(jobMachine, 'fail', job.status);
    const after: JobState = { ...job, status: 'failed', failure: payload.reason };
    return recorded(payload.jobId, after, { type: 'import.failed', summary: payload.reason }, today, 'fail');
  },
};
