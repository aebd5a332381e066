import * as z from 'zod';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { dateText, fundIdText } from '#shared/contracts/scalars.ts';
import { type AccountCode, CHART_OF_ACCOUNTS, DIMENSIONS, isAccount } from '#shared/domain/book/accounts.ts';
import { ABOUT } from '#shared/domain/book/entry.ts';
import { availableFen } from '#shared/domain/book/head.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import { listRoute, rowSchema } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import { oneFund, type Route, route } from '#shared/runtime/route.ts';
import { enterpriseRoutes } from './enterprise-routes.ts';

const account = z.enum(Object.keys(CHART_OF_ACCOUNTS) as [AccountCode, ...AccountCode[]]);
const oneAccount = z.strictObject({ fundId: fundIdText, account });
const oneDimension = z.strictObject({ fundId: fundIdText, account, dimension: z.enum(DIMENSIONS) });
const thing = z.strictObject({
  fundId: fundIdText,
  type: z.enum(ABOUT),
  id: z.string().max(40),
});
const amount = z.string().meta({ description: 'Whole fen, either sign' });
const balance = z.strictObject({
  account: z.string(),
  name: z.string(),
  debitFen: amount,
  creditFen: amount,
  balanceFen: amount,
});

/** What auditors and accountants ask of a book. */
export const ledgerRoutes = (ledger: Ledger, reader: Reader): readonly Route[] => [
  route({
    method: 'GET',
    path: '/funds/{fundId}/books/head',
    operationId: 'getBookHead',
    summary: { zh: '账簿现状与可用资金', en: 'Where the book stands, and what is available' },
    roles: READERS,
    params: oneFund,
    query: z.strictObject({}),
    response: z.record(z.string(), z.json()).meta({ id: 'BookHead' }),
    status: 200,
    handle: async ({ params }) => {
      const { head } = await ledger.load(params.fundId, []);
      return { ...head, availableFen: availableFen(head), viewsSeq: await reader.watermark(params.fundId) };
    },
  }),
  route({
    method: 'GET',
    path: '/funds/{fundId}/books/trial-balance',
    operationId: 'getTrialBalance',
    summary: { zh: '科目余额表', en: 'Trial balance as of a business date' },
    roles: READERS,
    params: oneFund,
    query: z.strictObject({ asOf: dateText.optional() }),
    response: z.strictObject({
      viewsSeq: z.int(),
      accounts: z.array(balance),
      debitFen: amount,
      creditFen: amount,
    }),
    status: 200,
    handle: async ({ params, query, language }) => {
      const viewsSeq = await reader.watermark(params.fundId);
      const accounts = await reader.trialBalance(params.fundId, query.asOf ?? END_OF_TIME);
      return {
        viewsSeq,
        accounts: accounts.map((a) => ({
          ...a,
          name: isAccount(a.account) ? CHART_OF_ACCOUNTS[a.account][language] : a.account,
          balanceFen: a.debitFen - a.creditFen,
        })),
        debitFen: accounts.reduce((sum, a) => sum + a.debitFen, 0n),
        creditFen: accounts.reduce((sum, a) => sum + a.creditFen, 0n),
      };
    },
  }),
  listRoute({
    path: '/funds/{fundId}/books/entries',
    operationId: 'listEntries',
    summary: { zh: '账簿分录，按序号', en: 'Entries of the book, by number' },
    roles: READERS,
    params: oneFund,
    item: z.record(z.string(), z.json()).meta({ id: 'Entry' }),
    read: async ({ fundId }, { limit, after }) => {
      const from = Number(after ?? '0');
      if (!Number.isSafeInteger(from)) throw new FundError('CURSOR_INVALID');
      const items = await reader.entries(fundId, from, limit);
      const last = items.at(-1)?.seq;
      return { items, ...(items.length === limit && last !== undefined ? { next: String(last) } : {}) };
    },
  }),
  listRoute({
    path: '/funds/{fundId}/books/accounts/{account}/lines',
    operationId: 'listAccountLines',
    summary: { zh: '明细账', en: 'Lines of one account' },
    roles: READERS,
    params: oneAccount,
    item: rowSchema,
    read: ({ fundId, account }, page) => reader.lines(fundId, account, page),
  }),
  listRoute({
    path: '/funds/{fundId}/books/accounts/{account}/by/{dimension}',
    operationId: 'listAccountByDimension',
    summary: { zh: '辅助余额表', en: 'Balances of one account by an auxiliary dimension' },
    roles: READERS,
    params: oneDimension,
    item: z.strictObject({ account: z.string(), value: z.string(), debitFen: amount, creditFen: amount }),
    read: ({ fundId, account, dimension }, page) => reader.byDimension(fundId, account, dimension, page),
  }),
  listRoute({
    path: '/funds/{fundId}/views/{type}/{id}/timeline',
    operationId: 'listTimeline',
    summary: { zh: '时间线', en: 'Everything the book says about one thing' },
    roles: READERS,
    params: thing,
    item: rowSchema,
    read: ({ fundId, type, id }, page) => reader.about(fundId, type, id, page),
  }),
  ...enterpriseRoutes(ledger, reader),
];

/** Later than any business date. */
const END_OF_TIME = z.decode(dateText, '2199-12-31');
