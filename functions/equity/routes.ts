import * as z from 'zod';
import type { Kernel } from '#shared/application/execute.ts';
import { equityKinds } from '#shared/application/kinds/equity.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { equityPayloads as payloads } from '#shared/contracts/commands/equity.ts';
import { equityWriteOffProposal, exitProposal } from '#shared/contracts/documents/equity.ts';
import { acquisitionIdText, dividendIdText, exitIdText, fundIdText, holdingIdText } from '#shared/contracts/scalars.ts';
import { ref } from '#shared/domain/entities.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { entityRoute } from '#shared/runtime/entity-route.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import { oneFund, type Route } from '#shared/runtime/route.ts';

const oneAcquisition = z.strictObject({ fundId: fundIdText, acquisitionId: acquisitionIdText });
const oneHolding = z.strictObject({ fundId: fundIdText, holdingId: holdingIdText });
const oneExit = z.strictObject({ fundId: fundIdText, exitId: exitIdText });
const oneDividend = z.strictObject({ fundId: fundIdText, dividendId: dividendIdText });

/** Equity of whichever fund, from the signed agreement to the last sale; how it is proposed is each fund's own affair. */
export const equityRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => {
  const command = commandRoute(kernel, equityKinds);
  const entity = entityRoute(ledger);
  return [
    command({
      kind: 'acquisition.contract',
      path: '/acquisitions/{acquisitionId}/contracts',
      params: oneAcquisition,
      summary: { zh: '登记投资协议', en: 'Record the signed agreement' },
      roles: ['officer'],
      body: payloads['acquisition.contract'].omit({ acquisitionId: true }),
    }),
    command({
      kind: 'acquisition.register',
      path: '/acquisitions/{acquisitionId}/registrations',
      params: oneAcquisition,
      summary: { zh: '登记工商变更', en: 'Record that the register shows the fund as owner' },
      roles: ['officer'],
      body: payloads['acquisition.register'].omit({ acquisitionId: true }),
    }),
    command({
      kind: 'acquisition.cancel',
      path: '/acquisitions/{acquisitionId}/cancellations',
      params: oneAcquisition,
      summary: { zh: '取消投资', en: 'Give an acquisition up' },
      roles: ['director'],
      body: payloads['acquisition.cancel'].omit({ acquisitionId: true }),
    }),
    command({
      kind: 'dividend.declare',
      path: '/dividends',
      params: oneFund,
      summary: { zh: '登记被投企业分配', en: 'Record what an investee has resolved to distribute' },
      roles: ['accountant'],
      body: payloads['dividend.declare'].omit({ dividendId: true }),
      payload: ({ body, commandId }) => ({ dividendId: idFrom('DV', commandId), ...body }),
    }),
    command({
      kind: 'dividend.revoke',
      path: '/dividends/{dividendId}/revocations',
      params: oneDividend,
      summary: { zh: '撤销分配', en: 'Take a declared distribution back' },
      roles: ['accountant'],
      body: payloads['dividend.revoke'].omit({ dividendId: true }),
    }),
    command({
      kind: 'exit.propose',
      path: '/exits',
      params: oneFund,
      summary: { zh: '申请退出', en: 'Propose to sell a holding or a part of it' },
      roles: ['officer'],
      body: exitProposal,
      payload: ({ body, commandId }) => ({ caseId: idFrom('CS', commandId), exit: body }),
    }),
    command({
      kind: 'exit.cancel',
      path: '/exits/{exitId}/cancellations',
      params: oneExit,
      summary: { zh: '取消退出', en: 'Give a sale up' },
      roles: ['director'],
      body: payloads['exit.cancel'].omit({ exitId: true }),
    }),
    command({
      kind: 'holding.propose-write-off',
      path: '/holdings/{holdingId}/write-offs',
      params: oneHolding,
      summary: { zh: '申请核销股权', en: 'Propose to write a holding off' },
      roles: ['officer'],
      body: equityWriteOffProposal.omit({ holdingId: true }),
      payload: ({ params, body, commandId }) => ({
        caseId: idFrom('CS', commandId),
        writeOff: { holdingId: params.holdingId, ...body },
      }),
    }),
    entity({
      path: '/acquisitions/{acquisitionId}',
      operationId: 'getAcquisition',
      summary: { zh: '查看投资', en: 'Show an acquisition' },
      roles: READERS,
      params: oneAcquisition,
      refs: (p) => [ref('acquisition', p.acquisitionId)],
      missing: 'ACQUISITION_NOT_FOUND',
    }),
    entity({
      path: '/holdings/{holdingId}',
      operationId: 'getHolding',
      summary: { zh: '查看持股', en: 'Show a holding' },
      roles: READERS,
      params: oneHolding,
      refs: (p) => [ref('holding', p.holdingId)],
      missing: 'HOLDING_NOT_FOUND',
    }),
    entity({
      path: '/exits/{exitId}',
      operationId: 'getExit',
      summary: { zh: '查看退出', en: 'Show a sale' },
      roles: READERS,
      params: oneExit,
      refs: (p) => [ref('exit', p.exitId)],
      missing: 'EXIT_NOT_FOUND',
    }),
    entity({
      path: '/dividends/{dividendId}',
      operationId: 'getDividend',
      summary: { zh: '查看分配', en: 'Show a distribution of an investee' },
      roles: READERS,
      params: oneDividend,
      refs: (p) => [ref('dividend', p.dividendId)],
      missing: 'DIVIDEND_NOT_FOUND',
    }),
    ...LISTS.map((list) => fundListRoute(reader)({ ...list, roles: READERS })),
  ];
};

const LISTS = [
  {
    list: 'acquisition',
    path: '/acquisitions',
    operationId: 'listAcquisitions',
    summary: { zh: '投资列表', en: 'List acquisitions' },
  },
  { list: 'holding', path: '/holdings', operationId: 'listHoldings', summary: { zh: '持股列表', en: 'List holdings' } },
  { list: 'exit', path: '/exits', operationId: 'listExits', summary: { zh: '退出列表', en: 'List sales' } },
  {
    list: 'dividend',
    path: '/dividends',
    operationId: 'listDividends',
    summary: { zh: '分配列表', en: 'List distributions of investees' },
  },
] as const;
