import * as z from 'zod';
import type { Kernel } from '#shared/application/execute.ts';
import { returnInvestmentReport } from '#shared/application/guidance-report.ts';
import { guidanceKinds } from '#shared/application/kinds/guidance.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { guidancePayloads as payloads } from '#shared/contracts/commands/guidance.ts';
import { recognitionProposal } from '#shared/contracts/documents/guidance.ts';
import { fundIdText, recognitionIdText } from '#shared/contracts/scalars.ts';
import { ref } from '#shared/domain/entities.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { entityRoute } from '#shared/runtime/entity-route.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import { oneFund, type Route, route } from '#shared/runtime/route.ts';

const oneRecognition = z.strictObject({ fundId: fundIdText, recognitionId: recognitionIdText });

/** What the fund brings to the zone, and the time it has. */
export const policyRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => {
  const command = commandRoute(kernel, guidanceKinds);
  return [
    command({
      kind: 'recognition.propose',
      path: '/recognitions',
      params: oneFund,
      summary: { zh: '提出返投认定', en: 'Propose to recognise what a firm has brought to the zone' },
      roles: ['officer'],
      body: recognitionProposal,
      payload: ({ body, commandId }) => ({ caseId: idFrom('CS', commandId), recognition: body }),
    }),
    command({
      kind: 'recognition.claw-back',
      path: '/recognitions/{recognitionId}/claw-backs',
      params: oneRecognition,
      summary: { zh: '扣回返投认定', en: 'Take a recognition back: the firm has moved out' },
      roles: ['officer', 'reviewer'],
      body: payloads['recognition.claw-back'].omit({ recognitionId: true }),
    }),
    command({
      kind: 'fund.establish',
      path: '/establishment',
      params: oneFund,
      summary: { zh: '登记基金设立', en: 'Record that the fund has been set up' },
      roles: ['director'],
      body: payloads['fund.establish'],
    }),
    entityRoute(ledger)({
      path: '/recognitions/{recognitionId}',
      operationId: 'getRecognition',
      summary: { zh: '查看返投认定', en: 'Show a recognition' },
      roles: READERS,
      params: oneRecognition,
      refs: (p) => [ref('recognition', p.recognitionId)],
      missing: 'RECOGNITION_NOT_FOUND',
    }),
    fundListRoute(reader)({
      path: '/recognitions',
      operationId: 'listRecognitions',
      summary: { zh: '返投认定列表', en: 'List recognitions' },
      roles: READERS,
      list: 'recognition',
    }),
    fundListRoute(reader)({
      path: '/timers',
      operationId: 'listTimers',
      summary: { zh: '时限列表', en: 'List the time limits that run or ran' },
      roles: READERS,
      list: 'timer',
    }),
    route({
      method: 'GET',
      path: '/funds/{fundId}/return-investment',
      operationId: 'getReturnInvestment',
      summary: { zh: '返投完成情况', en: 'How much must be invested in the zone, and how much is recognised' },
      roles: READERS,
      params: oneFund,
      query: z.strictObject({}),
      response: z.record(z.string(), z.json()).meta({ id: 'ReturnInvestment' }),
      status: 200,
      handle: ({ params }) => returnInvestmentReport(ledger, params.fundId),
    }),
  ];
};
