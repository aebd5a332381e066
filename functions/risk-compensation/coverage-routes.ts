import * as z from 'zod';
import { coverageReport } from '#shared/application/coverage.ts';
import type { Kernel } from '#shared/application/execute.ts';
import { guaranteeKinds } from '#shared/application/kinds/guarantee.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { resumeProposal } from '#shared/contracts/documents/guarantee.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import { oneFund, type Route, route } from '#shared/runtime/route.ts';

/** What the fund stands in for, by bank and district, against what it has. */
export const coverageRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => [
  commandRoute(
    kernel,
    guaranteeKinds,
  )({
    kind: 'breaker.propose-resume',
    path: '/breakers/resumptions',
    params: oneFund,
    summary: { zh: '提请恢复新增备案', en: 'Propose that a stopped scope may file again' },
    roles: ['officer', 'director'],
    body: resumeProposal,
    payload: ({ body, commandId }) => ({ caseId: idFrom('CS', commandId), resume: body }),
  }),
  fundListRoute(reader)({
    path: '/breakers',
    operationId: 'listBreakers',
    summary: { zh: '熔断与超限情况', en: 'List what has warned, stopped or been exceeded' },
    roles: READERS,
    list: 'exposure',
  }),
  route({
    method: 'GET',
    path: '/funds/{fundId}/coverage',
    operationId: 'getCoverage',
    summary: { zh: '在保规模、熔断与限额', en: 'Cover, breakers and limits, as of now' },
    roles: READERS,
    params: oneFund,
    query: z.strictObject({}),
    response: z.record(z.string(), z.json()).meta({ id: 'Coverage' }),
    status: 200,
    handle: ({ params }) => coverageReport(ledger, params.fundId),
  }),
];
