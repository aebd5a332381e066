import * as z from 'zod';
import type { Kernel } from '#shared/application/execute.ts';
import { portfolioReport } from '#shared/application/guidance-report.ts';
import { guidanceKinds } from '#shared/application/kinds/guidance.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { guidancePayloads as payloads } from '#shared/contracts/commands/guidance.ts';
import {
  commitmentCallProposal,
  commitmentProposal,
  investmentProposal,
} from '#shared/contracts/documents/guidance.ts';
import { commitmentIdText, fundIdText } from '#shared/contracts/scalars.ts';
import { ref } from '#shared/domain/entities.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { entityRoute } from '#shared/runtime/entity-route.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import { oneFund, type Route, route } from '#shared/runtime/route.ts';

const oneCommitment = z.strictObject({ fundId: fundIdText, commitmentId: commitmentIdText });

/** Direct investments, commitments to sub-funds and their calls, and what may stop them. */
export const investingRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => {
  const command = commandRoute(kernel, guidanceKinds);
  const list = fundListRoute(reader);
  return [
    command({
      kind: 'investment.propose',
      path: '/investments',
      params: oneFund,
      summary: { zh: '提出直接投资', en: 'Propose a direct investment' },
      roles: ['officer'],
      body: investmentProposal,
      payload: ({ body, commandId }) => ({ caseId: idFrom('CS', commandId), investment: body }),
    }),
    command({
      kind: 'commitment.propose',
      path: '/commitments',
      params: oneFund,
      summary: { zh: '提出子基金出资承诺', en: 'Propose a commitment to a sub-fund' },
      roles: ['officer'],
      body: commitmentProposal,
      payload: ({ body, commandId }) => ({ caseId: idFrom('CS', commandId), commitment: body }),
    }),
    command({
      kind: 'commitment.contract',
      path: '/commitments/{commitmentId}/contracts',
      params: oneCommitment,
      summary: { zh: '登记子基金合伙协议', en: 'Record the signed partnership agreement' },
      roles: ['officer'],
      body: payloads['commitment.contract'].omit({ commitmentId: true }),
    }),
    command({
      kind: 'commitment.propose-call',
      path: '/commitments/{commitmentId}/calls',
      params: oneCommitment,
      summary: { zh: '提出子基金缴款', en: 'Propose to pay a call of the sub-fund' },
      roles: ['officer'],
      body: commitmentCallProposal.omit({ commitmentId: true }),
      payload: ({ params, body, commandId }) => ({
        caseId: idFrom('CS', commandId),
        call: { commitmentId: params.commitmentId, ...body },
      }),
    }),
    command({
      kind: 'commitment.close',
      path: '/commitments/{commitmentId}/closings',
      params: oneCommitment,
      summary: { zh: '终止未缴承诺', en: 'End a commitment: what was not called will not be' },
      roles: ['director'],
      body: payloads['commitment.close'].omit({ commitmentId: true }),
    }),
    command({
      kind: 'key-person.report',
      path: '/key-person-events',
      params: oneFund,
      summary: { zh: '报告关键人士事件', en: 'Report that a key person has left or cannot act' },
      roles: ['officer', 'reviewer', 'director'],
      body: payloads['key-person.report'],
    }),
    command({
      kind: 'investing.propose-resumption',
      path: '/key-person-events/resumptions',
      params: oneFund,
      summary: { zh: '提请恢复新增投资', en: 'Propose to invest again after key-person events' },
      roles: ['officer', 'director'],
      body: payloads['investing.propose-resumption'].omit({ caseId: true }),
      payload: ({ body, commandId }) => ({ caseId: idFrom('CS', commandId), ...body }),
    }),
    entityRoute(ledger)({
      path: '/commitments/{commitmentId}',
      operationId: 'getCommitment',
      summary: { zh: '查看子基金承诺', en: 'Show a commitment' },
      roles: READERS,
      params: oneCommitment,
      refs: (p) => [ref('commitment', p.commitmentId)],
      missing: 'COMMITMENT_NOT_FOUND',
    }),
    list({
      path: '/commitments',
      operationId: 'listCommitments',
      summary: { zh: '子基金承诺列表', en: 'List commitments' },
      roles: READERS,
      list: 'commitment',
    }),
    list({
      path: '/commitment-calls',
      operationId: 'listCommitmentCalls',
      summary: { zh: '子基金缴款列表', en: 'List calls of sub-funds' },
      roles: READERS,
      list: 'commitment-call',
    }),
    route({
      method: 'GET',
      path: '/funds/{fundId}/portfolio',
      operationId: 'getPortfolio',
      summary: { zh: '投资组合、限额与时限', en: 'Portfolio, limits and time limits, as of now' },
      roles: READERS,
      params: oneFund,
      query: z.strictObject({}),
      response: z.record(z.string(), z.json()).meta({ id: 'Portfolio' }),
      status: 200,
      handle: ({ params }) => portfolioReport(ledger, params.fundId),
    }),
  ];
};
