import * as z from 'zod';
import { readDues } from '#shared/application/dues.ts';
import type { Kernel } from '#shared/application/execute.ts';
import { lendingKinds } from '#shared/application/kinds/lending.ts';
import { seedKinds } from '#shared/application/kinds/seed.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { lendingPayloads as payloads } from '#shared/contracts/commands/lending.ts';
import { seedPayloads } from '#shared/contracts/commands/seed.ts';
import { conversionProposal, publicEquityProposal } from '#shared/contracts/documents/seed.ts';
import { extensionProposal, loanApplication, novationProposal, writeOffProposal } from '#shared/contracts/documents.ts';
import {
  acquisitionIdText,
  caseIdText,
  dateText,
  enterpriseIdText,
  fenText,
  fundIdText,
  loanIdText,
  slugText,
} from '#shared/contracts/scalars.ts';
import { ref } from '#shared/domain/entities.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { batchRoute } from '#shared/runtime/batch-route.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { entityRoute } from '#shared/runtime/entity-route.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import { oneFund, type Route, route } from '#shared/runtime/route.ts';

const oneLoan = z.strictObject({ fundId: fundIdText, loanId: loanIdText });
const oneMilestone = z.strictObject({ fundId: fundIdText, loanId: loanIdText, milestoneId: slugText });
const oneCase = z.strictObject({ fundId: fundIdText, caseId: caseIdText });
const oneAcquisition = z.strictObject({ fundId: fundIdText, acquisitionId: acquisitionIdText });
const oneEnterprise = z.strictObject({ fundId: fundIdText, enterpriseId: enterpriseIdText });

const dues = z
  .strictObject({
    outstandingFen: fenText,
    overdueFen: fenText,
    daysPastDue: z.int(),
    penaltyFen: fenText,
    payoffFen: fenText,
    next: z.strictObject({ dueDate: dateText, amountFen: fenText }).exactOptional(),
  })
  .meta({ id: 'LoanDues' });

/** Loans, from application to the last recovery, and what else a seed fund gives: shares, and shares for loans. */
export const loanRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => {
  const command = commandRoute(kernel, { ...lendingKinds, ...seedKinds });
  const entity = entityRoute(ledger);
  return [
    command({
      kind: 'loan.apply',
      path: '/loans/applications',
      params: oneFund,
      summary: { zh: '提交免息贷款申请', en: 'File a loan application' },
      roles: ['officer'],
      body: loanApplication,
      payload: ({ body, commandId }) => ({ caseId: idFrom('CS', commandId), application: body }),
    }),
    command({
      kind: 'loan.reapply',
      path: '/loans/applications/{caseId}/revisions',
      params: oneCase,
      summary: { zh: '修改申请并重新提交', en: 'File a changed application' },
      roles: ['officer'],
      body: loanApplication,
      payload: ({ params, body }) => ({ caseId: params.caseId, application: body }),
    }),
    command({
      kind: 'loan.contract',
      path: '/loans/contracts',
      params: oneFund,
      summary: { zh: '登记合同并放款', en: 'Record the contract and release the money' },
      roles: ['treasurer'],
      body: payloads['loan.contract'],
      about: 'caseId',
    }),
    batchRoute(
      kernel,
      lendingKinds,
    )({
      kind: 'loan.contract',
      path: '/loans/contracts/bulk',
      summary: { zh: '批量登记合同并放款', en: 'Record contracts and release their money in bulk' },
      roles: ['treasurer'],
      row: payloads['loan.contract'],
      target: 'caseId',
    }),
    command({
      kind: 'loan.reinstruct',
      path: '/loans/{loanId}/reinstructions',
      params: oneLoan,
      summary: { zh: '退票后重新付款', en: 'Pay again after a refusal' },
      roles: ['treasurer'],
      body: payloads['loan.reinstruct'].omit({ loanId: true }),
    }),
    command({
      kind: 'loan.cancel',
      path: '/loans/{loanId}/cancellations',
      params: oneLoan,
      summary: { zh: '取消放款', en: 'Give up a loan the bank refused to pay' },
      roles: ['director'],
      body: payloads['loan.cancel'].omit({ loanId: true }),
    }),
    command({
      kind: 'loan.propose-extension',
      path: '/loans/{loanId}/extensions',
      params: oneLoan,
      summary: { zh: '申请展期', en: 'Propose an extension' },
      roles: ['officer'],
      body: extensionProposal.omit({ loanId: true }),
      payload: ({ params, body, commandId }) => ({
        caseId: idFrom('CS', commandId),
        content: { subject: 'extension', extension: { loanId: params.loanId, ...body } },
      }),
    }),
    command({
      kind: 'loan.propose-novation',
      path: '/loans/{loanId}/novations',
      params: oneLoan,
      summary: { zh: '申请借款人由团队变更为企业', en: 'Propose that a team’s loan pass to its company' },
      roles: ['officer'],
      body: novationProposal.omit({ loanId: true }),
      payload: ({ params, body, commandId }) => ({
        caseId: idFrom('CS', commandId),
        content: { subject: 'novation', novation: { loanId: params.loanId, ...body } },
      }),
    }),
    command({
      kind: 'loan.propose-write-off',
      path: '/loans/{loanId}/write-offs',
      params: oneLoan,
      summary: { zh: '申请核销', en: 'Propose a write-off' },
      roles: ['officer'],
      body: writeOffProposal.omit({ loanId: true }),
      payload: ({ params, body, commandId }) => ({
        caseId: idFrom('CS', commandId),
        content: { subject: 'write-off', writeOff: { loanId: params.loanId, ...body } },
      }),
    }),
    command({
      kind: 'public-equity.propose',
      path: '/public-equity',
      params: oneFund,
      summary: { zh: '申请公益参股', en: 'Propose to take a share in the public interest' },
      roles: ['officer'],
      body: publicEquityProposal,
      payload: ({ body, commandId }) => ({ caseId: idFrom('CS', commandId), equity: body }),
    }),
    command({
      kind: 'conversion.propose',
      path: '/loans/{loanId}/conversions',
      params: oneLoan,
      summary: { zh: '申请债转股', en: 'Propose that a loan become a share' },
      roles: ['officer'],
      body: conversionProposal.omit({ loanId: true }),
      payload: ({ params, body, commandId }) => ({
        caseId: idFrom('CS', commandId),
        conversion: { loanId: params.loanId, ...body },
      }),
    }),
    command({
      kind: 'milestone.confirm',
      path: '/loans/{loanId}/milestones/{milestoneId}/confirmations',
      params: oneMilestone,
      summary: { zh: '确认里程碑达成', en: 'Confirm that a milestone was met' },
      roles: ['reviewer'],
      body: seedPayloads['milestone.confirm'].omit({ loanId: true, milestoneId: true }),
    }),
    entity({
      path: '/loans/{loanId}/milestones',
      operationId: 'getMilestones',
      summary: { zh: '查看先投后股里程碑', en: 'Show the milestones of a loan' },
      roles: READERS,
      params: oneLoan,
      refs: (p) => [ref('milestones', p.loanId)],
      missing: 'MILESTONE_NOT_FOUND',
    }),
    command({
      kind: 'conversion.book',
      path: '/acquisitions/{acquisitionId}/bookings',
      params: oneAcquisition,
      summary: { zh: '债转股入账', en: 'Book a registered conversion' },
      roles: ['accountant'],
      body: z.strictObject({}),
    }),
    entity({
      path: '/loans/{loanId}',
      operationId: 'getLoan',
      summary: { zh: '查看贷款', en: 'Show a loan' },
      roles: READERS,
      params: oneLoan,
      refs: (p) => [ref('loan', p.loanId)],
      missing: 'LOAN_NOT_FOUND',
    }),
    route({
      method: 'GET',
      path: '/funds/{fundId}/loans/{loanId}/dues',
      operationId: 'getLoanDues',
      summary: { zh: '查询某日应还金额（含罚息）', en: 'What a loan owes on a day, penalty included' },
      roles: READERS,
      params: oneLoan,
      query: z.strictObject({ on: dateText }),
      response: dues,
      status: 200,
      handle: ({ params: { fundId, loanId }, query: { on } }) => readDues(ledger, fundId, loanId, on),
    }),
    entity({
      path: '/enterprises/{enterpriseId}',
      operationId: 'getEnterprise',
      summary: { zh: '查看企业或团队', en: 'Show an enterprise or team' },
      roles: READERS,
      params: oneEnterprise,
      refs: (p) => [ref('enterprise', p.enterpriseId)],
      missing: 'ENTERPRISE_NOT_FOUND',
    }),
    fundListRoute(reader)({
      path: '/loans',
      operationId: 'listLoans',
      summary: { zh: '贷款列表', en: 'List loans' },
      roles: READERS,
      list: 'loan',
    }),
  ];
};
