import * as z from 'zod';
import type { Kernel } from '#shared/application/execute.ts';
import { paymentsKinds } from '#shared/application/kinds/payments.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { paymentsPayloads as payloads } from '#shared/contracts/commands/payments.ts';
import { fundIdText, payIdText, receiptIdText } from '#shared/contracts/scalars.ts';
import { ref } from '#shared/domain/entities.ts';
import { batchRoute } from '#shared/runtime/batch-route.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { entityRoute } from '#shared/runtime/entity-route.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import type { Route } from '#shared/runtime/route.ts';

const onePayment = z.strictObject({ fundId: fundIdText, payId: payIdText });
const oneReceipt = z.strictObject({ fundId: fundIdText, receiptId: receiptIdText });

/** Payments to be released, bank lines nobody could place, and the statements they came with. */
export const paymentRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => [
  commandRoute(
    kernel,
    paymentsKinds,
  )({
    kind: 'receipt.assign',
    path: '/receipts/{receiptId}/assignments',
    params: oneReceipt,
    summary: { zh: '认领不明来款', en: 'Place an unmatched receipt' },
    roles: ['treasurer'],
    body: payloads['receipt.assign'].omit({ receiptId: true }),
  }),
  commandRoute(
    kernel,
    paymentsKinds,
  )({
    kind: 'receipt.place',
    path: '/receipts/{receiptId}/placements',
    params: oneReceipt,
    summary: { zh: '将不明来款归入其所属事项', en: 'Say what unmatched money was for' },
    roles: ['treasurer'],
    body: payloads['receipt.place'].omit({ receiptId: true }),
  }),
  commandRoute(
    kernel,
    paymentsKinds,
  )({
    kind: 'payment.release',
    path: '/payments/{payId}/releases',
    params: onePayment,
    summary: { zh: '放行付款', en: 'Release a payment' },
    roles: ['treasurer'],
    body: payloads['payment.release'].omit({ payId: true }),
  }),
  batchRoute(
    kernel,
    paymentsKinds,
  )({
    kind: 'payment.release',
    path: '/payments/releases',
    summary: { zh: '批量放行付款', en: 'Release payments in bulk' },
    roles: ['treasurer'],
    row: payloads['payment.release'],
    target: 'payId',
  }),
  commandRoute(
    kernel,
    paymentsKinds,
  )({
    kind: 'payment.cancel',
    path: '/payments/{payId}/cancellations',
    params: onePayment,
    summary: { zh: '取消付款', en: 'Give a payment up' },
    roles: ['director'],
    body: payloads['payment.cancel'].omit({ payId: true }),
  }),
  entityRoute(ledger)({
    path: '/payments/{payId}',
    operationId: 'getPayment',
    summary: { zh: '查看付款', en: 'Show a payment' },
    roles: READERS,
    params: onePayment,
    refs: (p) => [ref('payment', p.payId)],
    missing: 'PAYMENT_NOT_FOUND',
  }),
  fundListRoute(reader)({
    path: '/payments',
    operationId: 'listPayments',
    summary: { zh: '付款列表', en: 'List payments' },
    roles: READERS,
    list: 'payment',
  }),
  entityRoute(ledger)({
    path: '/receipts/{receiptId}',
    operationId: 'getReceipt',
    summary: { zh: '查看不明流水', en: 'Show an unmatched bank line' },
    roles: READERS,
    params: oneReceipt,
    refs: (p) => [ref('receipt', p.receiptId)],
    missing: 'RECEIPT_NOT_FOUND',
  }),
  fundListRoute(reader)({
    path: '/receipts',
    operationId: 'listReceipts',
    summary: { zh: '待处理流水列表', en: 'List unmatched bank lines' },
    roles: READERS,
    list: 'receipt',
  }),
  fundListRoute(reader)({
    path: '/statements',
    operationId: 'listStatements',
    summary: { zh: '银行对账单列表', en: 'List bank statements taken in' },
    roles: READERS,
    list: 'statement',
  }),
];
