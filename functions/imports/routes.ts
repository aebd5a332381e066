import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Kernel } from '#shared/application/execute.ts';
import { importKinds, isImportKind } from '#shared/application/imports/kinds.ts';
import { errorsKey, partRows } from '#shared/application/imports/results.ts';
import type { ImportFiles } from '#shared/application/imports/step.ts';
import { importsKinds } from '#shared/application/kinds/imports.ts';
import type { Ledger } from '#shared/application/ports.ts';
import { readOne } from '#shared/application/read.ts';
import type { Reader } from '#shared/application/reading.ts';
import { fundIdText, jobIdText, lineText } from '#shared/contracts/scalars.ts';
import { idFrom } from '#shared/domain/ids.ts';
import type { JobState } from '#shared/domain/imports/job.ts';
import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import { actorOf, type Principal, ROLES, type Role, requireAnyRole } from '#shared/runtime/principal.ts';
import { type Route, route } from '#shared/runtime/route.ts';
import { BANK_PREFIX } from '#shared/storage/names.ts';

/** Largest file taken: with the reasons added, the file of refused rows still fits one answer of a function. */
const FILE_BYTES_MAX = 3_500_000;

const oneJob = z.strictObject({ fundId: fundIdText, jobId: jobIdText });
const ofKind = z.strictObject({ fundId: fundIdText, kind: z.string().max(30) });
const anything = z.record(z.string(), z.json());
const rowNumber = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .default('1')
  .transform(Number)
  .meta({ description: 'Number of the first row wanted' });

const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text);
const SENDERS: readonly Role[] = [...new Set(Object.values(importKinds).flatMap((k) => k.roles.filter(isRole)))];
const VIEWERS: readonly Role[] = [...new Set([...READERS, ...SENDERS])];

/** Whole files, by key. The routes keep and hand out files; they do not read rows. */
type Files = Pick<ImportFiles, 'get' | 'put'>;

/** Files of thousands of rows: handed in once, carried out step by step, with an answer for every row. */
export const importRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader, files: Files): readonly Route[] => {
  const jobOf = async (fundId: string, jobId: string, principal: Principal): Promise<JobState> => {
    const job = await readOne(ledger, fundId, 'job', jobId);
    if (job === undefined || !maySee(job, principal)) throw new FundError('IMPORT_NOT_FOUND', { jobId });
    return job;
  };
  return [
    route({
      method: 'POST',
      path: '/funds/{fundId}/imports/{kind}',
      operationId: 'importOpen',
      summary: { zh: '上传批量文件', en: 'Hand in a file of rows' },
      roles: SENDERS,
      params: ofKind,
      query: z.strictObject({ fileName: lineText(120) }),
      upload: { contentType: 'text/csv', bytesMax: FILE_BYTES_MAX },
      response: anything,
      status: 202,
      handle: async ({ params: { fundId, kind }, query, file, principal }) => {
        if (!isImportKind(kind)) throw new FundError('ROUTE_NOT_FOUND', { kind });
        requireAnyRole(principal, importKinds[kind].roles.filter(isRole));
        const sha256 = createHash('sha256').update(file).digest('hex');
        const jobId = idFrom('IM', [fundId, principal.subject, kind, sha256]);
        const fileKey = `${BANK_PREFIX.imports}${fundId}/${jobId}.csv`;
        await files.put(fileKey, file);
        const payload = { jobId, kind, fileName: query.fileName, fileKey, sha256, bytes: file.byteLength };
        return await open(kernel, fundId, jobId, payload, principal);
      },
    }),
    route({
      method: 'GET',
      path: '/funds/{fundId}/imports/{jobId}',
      operationId: 'getImport',
      summary: { zh: '查看导入进度', en: 'Show how far an import is' },
      roles: VIEWERS,
      params: oneJob,
      query: z.strictObject({}),
      response: anything,
      status: 200,
      handle: async ({ params: { fundId, jobId }, principal }) => ({
        jobId,
        ...(await jobOf(fundId, jobId, principal)),
      }),
    }),
    route({
      method: 'GET',
      path: '/funds/{fundId}/imports/{jobId}/rows',
      operationId: 'getImportRows',
      summary: { zh: '逐行结果', en: 'What became of each row' },
      roles: VIEWERS,
      params: oneJob,
      query: z.strictObject({ from: rowNumber }),
      response: z.strictObject({ items: z.array(anything), next: z.int().optional() }),
      status: 200,
      handle: async ({ params: { fundId, jobId }, query: { from }, principal }) =>
        await partRows(files, await jobOf(fundId, jobId, principal), from),
    }),
    route({
      method: 'GET',
      path: '/funds/{fundId}/imports/{jobId}/errors',
      operationId: 'getImportErrors',
      summary: { zh: '下载未通过的行', en: 'Download the rows that were refused' },
      roles: VIEWERS,
      params: oneJob,
      query: z.strictObject({}),
      response: z.string(),
      download: 'text/csv',
      status: 200,
      handle: async ({ params: { fundId, jobId }, principal }) => {
        const job = await jobOf(fundId, jobId, principal);
        ensure(job.status === 'done', 'IMPORT_RUNNING', { done: String(job.nextRow), status: job.status });
        return Buffer.from(await files.get(errorsKey(job))).toString('utf8');
      },
    }),
    fundListRoute(reader)({
      path: '/imports',
      operationId: 'listImports',
      summary: { zh: '导入任务列表', en: 'List imports' },
      roles: READERS,
      list: 'job',
    }),
  ];
};

/** Who handed a file in sees it, and so does the fund office; another bank does not. */
const maySee = (job: JobState, principal: Principal): boolean =>
  job.owner.id === principal.subject || READERS.some((role) => principal.roles.includes(role));

/** Opens the job, or finds the same file there already. */
const open = async (
  kernel: Kernel,
  fundId: string,
  jobId: string,
  payload: Readonly<Record<string, unknown>>,
  principal: Principal,
) => {
  const command = importsKinds['import.open'].prepare(fundId, `import-open:${jobId}`, payload, actorOf(principal));
  const [outcome] = await kernel.execute(fundId, [command], { recordRefusals: false });
  if (outcome === undefined || outcome.status === 'idle') throw new Error('the kernel opened no job');
  if (outcome.status === 'applied') return { jobId, replayed: outcome.replayed, ...outcome.primary.state };
  // The same bytes under another file name are the same job.
  if (outcome.error.code !== 'COMMAND_ID_REUSED') throw outcome.error;
  return { jobId, replayed: true };
};
