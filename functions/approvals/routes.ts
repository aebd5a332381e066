import * as z from 'zod';
import type { Kernel } from '#shared/application/execute.ts';
import { approvalsKinds } from '#shared/application/kinds/approvals.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { approvalsPayloads as payloads } from '#shared/contracts/commands/approvals.ts';
import { caseIdText, fundIdText } from '#shared/contracts/scalars.ts';
import { ref } from '#shared/domain/entities.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { batchRoute } from '#shared/runtime/batch-route.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { entityRoute } from '#shared/runtime/entity-route.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import { oneFund, type Route } from '#shared/runtime/route.ts';

const oneCase = z.strictObject({ fundId: fundIdText, caseId: caseIdText });
const oneCharter = z.strictObject({ fundId: fundIdText, version: z.string().regex(/^[1-9]\d{0,4}$/) });

/** What is decided, by whom, and the charters it is decided under. */
export const approvalRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => {
  const command = commandRoute(kernel, approvalsKinds);
  const batch = batchRoute(kernel, approvalsKinds);
  const entity = entityRoute(ledger);
  return [
    command({
      kind: 'charter.propose',
      path: '/charters',
      params: oneFund,
      summary: { zh: '提出章程或章程修订', en: 'Propose a charter or an amendment' },
      roles: ['admin'],
      body: payloads['charter.propose'].omit({ caseId: true }),
      payload: ({ body, commandId }) => ({ caseId: idFrom('CS', commandId), ...body }),
    }),
    command({
      kind: 'case.review',
      path: '/cases/{caseId}/reviews',
      params: oneCase,
      summary: { zh: '风险复核', en: 'Give the risk review' },
      roles: ['reviewer'],
      body: payloads['case.review'].omit({ caseId: true }),
    }),
    command({
      kind: 'case.vote',
      path: '/cases/{caseId}/votes',
      params: oneCase,
      summary: { zh: '投决会表决', en: 'Cast a committee vote' },
      roles: ['committee', 'observer'],
      body: payloads['case.vote'].omit({ caseId: true }),
    }),
    command({
      kind: 'case.object',
      path: '/cases/{caseId}/objections',
      params: oneCase,
      summary: { zh: '公示异议', en: 'Object during public notice' },
      roles: ['officer', 'reviewer', 'committee', 'auditor'],
      body: payloads['case.object'].omit({ caseId: true }),
    }),
    command({
      kind: 'case.approve',
      path: '/cases/{caseId}/approvals',
      params: oneCase,
      summary: { zh: '终审批准', en: 'Give a final approval' },
      roles: ['director', 'science-bureau', 'finance-bureau', 'financial-office'],
      body: payloads['case.approve'].omit({ caseId: true }),
    }),
    batch({
      kind: 'case.approve',
      path: '/approvals',
      summary: { zh: '批量终审批准', en: 'Give final approvals in bulk' },
      roles: ['director', 'science-bureau', 'finance-bureau', 'financial-office'],
      row: payloads['case.approve'],
      target: 'caseId',
    }),
    command({
      kind: 'case.reject',
      path: '/cases/{caseId}/rejections',
      params: oneCase,
      summary: { zh: '终审否决', en: 'Refuse in final approval' },
      roles: ['director', 'science-bureau', 'finance-bureau', 'financial-office'],
      body: payloads['case.reject'].omit({ caseId: true }),
    }),
    command({
      kind: 'case.withdraw',
      path: '/cases/{caseId}/withdrawals',
      params: oneCase,
      summary: { zh: '撤回', en: 'Withdraw a case' },
      roles: ['officer', 'admin', 'bank'],
      body: payloads['case.withdraw'].omit({ caseId: true }),
    }),
    command({
      kind: 'delegation.give',
      path: '/delegations',
      params: oneFund,
      summary: { zh: '授权委托投票', en: 'Delegate one’s vote' },
      roles: ['committee'],
      body: payloads['delegation.give'],
    }),
    entity({
      path: '/cases/{caseId}',
      operationId: 'getCase',
      summary: { zh: '查看事项', en: 'Show a case and what it is about' },
      roles: READERS,
      params: oneCase,
      refs: (p) => [ref('case', p.caseId), ref('proposal', p.caseId)],
      missing: 'CASE_NOT_FOUND',
    }),
    entity({
      path: '/charters/{version}',
      operationId: 'getCharter',
      summary: { zh: '查看章程', en: 'Show a charter version' },
      roles: READERS,
      params: oneCharter,
      refs: (p) => [ref('charter', p.version)],
      missing: 'CHARTER_NOT_FOUND',
    }),
    fundListRoute(reader)({
      path: '/cases',
      operationId: 'listCases',
      summary: { zh: '事项列表', en: 'List cases' },
      roles: READERS,
      list: 'case',
    }),
    fundListRoute(reader)({
      path: '/charters',
      operationId: 'listCharters',
      summary: { zh: '章程版本列表', en: 'List charter versions' },
      roles: READERS,
      list: 'charter',
    }),
  ];
};
