import * as z from 'zod';
import type { Kernel } from '#shared/application/execute.ts';
import { guaranteeKinds } from '#shared/application/kinds/guarantee.ts';
import type { Ledger } from '#shared/application/ports.ts';
import { viewKeys } from '#shared/application/projection.ts';
import type { Reader } from '#shared/application/reading.ts';
import { guaranteePayloads as payloads } from '#shared/contracts/commands/guarantee.ts';
import { balanceRow, filingRow } from '#shared/contracts/guarantee.ts';
import { filingIdText, fundIdText } from '#shared/contracts/scalars.ts';
import { ref } from '#shared/domain/entities.ts';
import { filingIdOf } from '#shared/domain/guarantee/filing.ts';
import { batchRoute } from '#shared/runtime/batch-route.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { entityRoute } from '#shared/runtime/entity-route.ts';
import { listRoute, rowSchema } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import { bankOf, confinedTo, type Principal } from '#shared/runtime/principal.ts';
import type { Route } from '#shared/runtime/route.ts';

const fund = z.strictObject({ fundId: fundIdText });
export const oneFiling = z.strictObject({ fundId: fundIdText, filingId: filingIdText });

/** Whether a caller may see something of a bank's: the fund office may, and that bank. */
export const maySeeOf = (principal: Principal, state: object): boolean => {
  const bank = confinedTo(principal);
  return bank === undefined || ('bankId' in state && state.bankId === bank);
};

/** A row that names its contract, as a command's payload that names the filing. */
export const ofContract = (row: Readonly<Record<string, unknown>>, principal: Principal) => {
  const { contractNumber, ...rest } = row;
  return { filingId: filingIdOf(bankOf(principal), String(contractNumber)), ...rest };
};

/** Loans under cover: filed and reported on by banks, confirmed by reviewers. */
export const filingRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => {
  const command = commandRoute(kernel, guaranteeKinds);
  const batch = batchRoute(kernel, guaranteeKinds);
  return [
    command({
      kind: 'filing.file',
      path: '/filings',
      params: fund,
      summary: { zh: '备案一笔贷款', en: 'File a loan' },
      roles: ['bank'],
      body: filingRow,
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
      payload: ({ params, body }) => ({ filingId: params.filingId, ...body }),
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
      payload: ({ params, body }) => ({ filingId: params.filingId, ...body }),
    }),
    command({
      kind: 'filing.withdraw',
      path: '/filings/{filingId}/withdrawals',
      params: oneFiling,
      summary: { zh: '撤回备案', en: 'Take a loan out of cover' },
      roles: ['bank'],
      body: payloads['filing.withdraw'].omit({ filingId: true }),
      payload: ({ params, body }) => ({ filingId: params.filingId, ...body }),
    }),
    command({
      kind: 'filing.review',
      path: '/filings/{filingId}/reviews',
      params: oneFiling,
      summary: { zh: '备案审核', en: 'Confirm or refuse a filing' },
      roles: ['reviewer'],
      body: payloads['filing.review'].omit({ filingId: true }),
      payload: ({ params, body }) => ({ filingId: params.filingId, ...body }),
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
      path: '/funds/{fundId}/filings/{filingId}',
      operationId: 'getFiling',
      summary: { zh: '查看备案', en: 'Show a filing' },
      roles: [...READERS, 'bank'],
      params: oneFiling,
      fundId: (p) => p.fundId,
      refs: (p) => [ref('filing', p.filingId)],
      missing: 'FILING_NOT_FOUND',
      maySee: maySeeOf,
    }),
    listRoute({
      path: '/funds/{fundId}/filings',
      operationId: 'listFilings',
      summary: { zh: '备案列表；银行只见本行', en: 'List filings; a bank sees its own' },
      roles: [...READERS, 'bank'],
      params: fund,
      item: rowSchema,
      read: ({ fundId }, page, principal) => reader.list(fundId, ownList('filing', principal), page),
    }),
  ];
};

/** The list a caller reads: of all, or of its bank alone. */
export const ownList = (type: string, principal: Principal): string => {
  const bank = confinedTo(principal);
  return bank === undefined ? type : viewKeys.own(type, bank);
};
