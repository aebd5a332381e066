import * as z from 'zod';
import type { Kernel } from '#shared/application/execute.ts';
import { partnersReport, performanceReport } from '#shared/application/guidance-report.ts';
import { guidanceKinds } from '#shared/application/kinds/guidance.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { distributionRequest, feePaymentProposal } from '#shared/contracts/documents/guidance.ts';
import { dateText, distributionIdText, fundIdText } from '#shared/contracts/scalars.ts';
import { ref } from '#shared/domain/entities.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { entityRoute } from '#shared/runtime/entity-route.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import { oneFund, type Route, route } from '#shared/runtime/route.ts';

const oneDistribution = z.strictObject({ fundId: fundIdText, distributionId: distributionIdText });
const asOf = z.strictObject({ asOf: dateText });

/** What the partners get, what the manager is owed, and how the fund does. */
export const partnerRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => {
  const command = commandRoute(kernel, guidanceKinds);
  return [
    command({
      kind: 'distribution.propose',
      path: '/distributions',
      params: oneFund,
      summary: { zh: '提出收益分配', en: 'Propose a distribution; the waterfall says who gets what' },
      roles: ['officer', 'director'],
      body: distributionRequest,
      payload: ({ body, commandId }) => ({ caseId: idFrom('CS', commandId), distribution: body }),
    }),
    command({
      kind: 'management-fee.propose-payment',
      path: '/management-fees/payments',
      params: oneFund,
      summary: { zh: '提出支付管理费', en: 'Propose to pay management fee that is owed' },
      roles: ['officer'],
      body: feePaymentProposal,
      payload: ({ body, commandId }) => ({ caseId: idFrom('CS', commandId), fee: body }),
    }),
    entityRoute(ledger)({
      path: '/distributions/{distributionId}',
      operationId: 'getDistribution',
      summary: { zh: '查看收益分配', en: 'Show a distribution, tier by tier' },
      roles: READERS,
      params: oneDistribution,
      refs: (p) => [ref('distribution', p.distributionId)],
      missing: 'DISTRIBUTION_NOT_FOUND',
    }),
    fundListRoute(reader)({
      path: '/distributions',
      operationId: 'listDistributions',
      summary: { zh: '收益分配列表', en: 'List distributions' },
      roles: READERS,
      list: 'distribution',
    }),
    route({
      method: 'GET',
      path: '/funds/{fundId}/partners',
      operationId: 'getPartners',
      summary: { zh: '出资人台账与资金闲置天数', en: 'What each partner paid in and got, and what lies idle' },
      roles: READERS,
      params: oneFund,
      query: asOf,
      response: z.record(z.string(), z.json()).meta({ id: 'Partners' }),
      status: 200,
      handle: ({ params, query }) => partnersReport(ledger, params.fundId, query.asOf),
    }),
    route({
      method: 'GET',
      path: '/funds/{fundId}/performance',
      operationId: 'getPerformance',
      summary: { zh: '业绩指标', en: 'DPI, RVPI, TVPI and yearly rate as of a date' },
      roles: READERS,
      params: oneFund,
      query: asOf,
      response: z.record(z.string(), z.json()).meta({ id: 'Performance' }),
      status: 200,
      handle: ({ params, query }) => performanceReport(ledger, reader, params.fundId, query.asOf),
    }),
  ];
};
