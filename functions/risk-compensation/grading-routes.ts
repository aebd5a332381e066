import * as z from 'zod';
import type { Kernel } from '#shared/application/execute.ts';
import { guaranteeKinds } from '#shared/application/kinds/guarantee.ts';
import type { Ledger } from '#shared/application/ports.ts';
import { charterOf } from '#shared/application/read.ts';
import type { Reader } from '#shared/application/reading.ts';
import { snapshotOf } from '#shared/application/snapshot.ts';
import { gradingRow } from '#shared/contracts/guarantee.ts';
import { firmIdText, fundIdText } from '#shared/contracts/scalars.ts';
import { coverRules } from '#shared/domain/charter/charter.ts';
import { ref } from '#shared/domain/entities.ts';
import { explanation } from '#shared/domain/guarantee/grading.ts';
import { score } from '#shared/domain/guarantee/scoring.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import { batchRoute } from '#shared/runtime/batch-route.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import { oneFund, type Route, route } from '#shared/runtime/route.ts';

const oneFirm = z.strictObject({ fundId: fundIdText, enterpriseId: firmIdText });

/** Grades of enterprises, given before any loan; banks see them, because they lend by them. */
export const gradingRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => [
  commandRoute(
    kernel,
    guaranteeKinds,
  )({
    kind: 'grade.assess',
    path: '/gradings',
    params: oneFund,
    summary: { zh: '企业信用评级', en: 'Grade an enterprise' },
    roles: ['officer'],
    body: gradingRow,
    about: 'enterpriseId',
  }),
  batchRoute(
    kernel,
    guaranteeKinds,
  )({
    kind: 'grade.assess',
    path: '/gradings/bulk',
    summary: { zh: '批量企业信用评级', en: 'Grade enterprises in bulk' },
    roles: ['officer'],
    row: gradingRow,
    target: 'enterpriseId',
  }),
  fundListRoute(reader)({
    path: '/gradings',
    operationId: 'listGradings',
    summary: { zh: '企业等级列表', en: 'List the grades of enterprises' },
    roles: [...READERS, 'bank'],
    list: 'grade',
  }),
  route({
    method: 'GET',
    path: '/funds/{fundId}/gradings/{enterpriseId}',
    operationId: 'getGrading',
    summary: { zh: '查看企业等级及得分说明', en: 'Show a grade, and which fact gave which points' },
    roles: READERS,
    params: oneFirm,
    query: z.strictObject({}),
    response: z.record(z.string(), z.json()),
    status: 200,
    handle: async ({ params: { fundId, enterpriseId } }) => {
      const { head, read } = snapshotOf(await ledger.load(fundId, [ref('enterprise', enterpriseId)]));
      const grade = read('enterprise', enterpriseId)?.grade;
      if (grade === undefined) throw new FundError('GRADE_MISSING', { enterpriseId });
      return { asOfSeq: head.seq, enterpriseId, grade, explanation: await explain(ledger, fundId, grade) };
    },
  }),
];

/** The explanation follows from facts and model, and so is made again from what is on record. */
const explain = async (
  ledger: Ledger,
  fundId: string,
  { charterVersion, facts }: { readonly charterVersion: number; readonly facts: Readonly<Record<string, string>> },
) => {
  const { grading } = coverRules(await charterOf(ledger, fundId, charterVersion));
  if (grading === null) throw new Error(`charter ${charterVersion} of ${fundId} has no scoring model`);
  return explanation(grading, facts, score(grading, facts));
};
