import * as z from 'zod';
import { filedElsewhere } from '#shared/application/elsewhere.ts';
import type { Kernel } from '#shared/application/execute.ts';
import { guaranteeKinds } from '#shared/application/kinds/guarantee.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { guaranteePayloads as payloads } from '#shared/contracts/commands/guarantee.ts';
import { balanceRow, filingRow } from '#shared/contracts/guarantee.ts';
import { ref } from '#shared/domain/entities.ts';
import { batchRoute } from '#shared/runtime/batch-route.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { entityRoute } from '#shared/runtime/entity-route.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { maySeeOf, ofContract, oneFiling } from '#shared/runtime/own.ts';
import { READERS } from '#shared/runtime/people.ts';
import { bankOf } from '#shared/runtime/principal.ts';
import { oneFund, type Route, route } from '#shared/runtime/route.ts';

/** Loans under cover: filed and reported on by banks, confirmed by reviewers. */
export const filingRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => {
  const command = commandRoute(kernel, guaranteeKinds);
  const batch = batchRoute(kernel, guaranteeKinds);
  return [
    command({
      kind: 'filing.file',
      path: '/filings',
      params: oneFund,
      summary: { zh: '备案一笔贷款', en: 'File a loan' },
      roles: ['bank'],
      body: filingRow,
      about: 'contractNumber',
      payload: ({ body, principal }) => ({ bankId: bankOf(principal), ...body }),
    }),
    batch({
      kind: 'filing.file',
      path: '/filings/bulk',
      summary: { zh: '批量备案贷款', en: 'File loans in bulk' },
      roles: ['bank'],
      row: filingRow,
      target: 'contractNumber',
      payload: (row, { principal }) => ({ bankId: bankOf(principal), ...row }),
    }),
    command({
      kind: 'filing.report',
      path: '/filings/{filingId}/reports',
      params: oneFiling,
      summary: { zh: '报送余额、逾期或异常', en: 'Report balances, arrears or trouble' },
      roles: ['bank'],
      body: payloads['filing.report'].omit({ filingId: true }),
    }),
    batch({
      kind: 'filing.report',
      path: '/filings/reports/bulk',
      summary: { zh: '批量报送余额', en: 'Report balances in bulk' },
      roles: ['bank'],
      row: balanceRow,
      target: 'contractNumber',
      payload: (row, { principal }) => ofContract(row, principal),
    }),
    command({
      kind: 'filing.continue',
      path: '/filings/{filingId}/continuations',
      params: oneFiling,
      summary: { zh: '项目延续', en: 'Continue a loan' },
      roles: ['bank'],
      body: payloads['filing.continue'].omit({ filingId: true }),
    }),
    command({
      kind: 'filing.withdraw',
      path: '/filings/{filingId}/withdrawals',
      params: oneFiling,
      summary: { zh: '撤回备案', en: 'Take a loan out of cover' },
      roles: ['bank'],
      body: payloads['filing.withdraw'].omit({ filingId: true }),
    }),
    command({
      kind: 'filing.review',
      path: '/filings/{filingId}/reviews',
      params: oneFiling,
      summary: { zh: '备案审核', en: 'Confirm or refuse a filing' },
      roles: ['reviewer'],
      body: payloads['filing.review'].omit({ filingId: true }),
    }),
    batch({
      kind: 'filing.review',
      path: '/filings/reviews/bulk',
      summary: { zh: '批量备案审核', en: 'Confirm or refuse filings in bulk' },
      roles: ['reviewer'],
      row: payloads['filing.review'],
      target: 'filingId',
    }),
    entityRoute(ledger)({
      path: '/filings/{filingId}',
      operationId: 'getFiling',
      summary: { zh: '查看备案', en: 'Show a filing' },
      roles: [...READERS, 'bank'],
      params: oneFiling,
      refs: (p) => [ref('filing', p.filingId)],
      missing: 'FILING_NOT_FOUND',
      maySee: maySeeOf,
    }),
    route({
      method: 'GET',
      path: '/funds/{fundId}/filings/{filingId}/elsewhere',
      operationId: 'getFilingElsewhere',
      summary: { zh: '同一合同或企业在其他基金的备案与补偿', en: 'The same contract and borrower in other funds' },
      roles: READERS,
      params: oneFiling,
      query: z.strictObject({}),
      response: z.strictObject({ items: z.array(z.record(z.string(), z.json())) }),
      status: 200,
      handle: async ({ params: { fundId, filingId }, principal }) => ({
        items: await filedElsewhere(ledger, filingId, fundId, principal.funds),
      }),
    }),
    fundListRoute(reader)({
      path: '/filings',
      operationId: 'listFilings',
      summary: { zh: '备案列表；银行只见本行', en: 'List filings; a bank sees its own' },
      roles: [...READERS, 'bank'],
      list: 'filing',
      own: true,
    }),
  ];
};
