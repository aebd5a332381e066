import * as z from 'zod';
import type { Kernel } from '#shared/application/execute.ts';
import { capitalKinds } from '#shared/application/kinds/capital.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { capitalPayloads as payloads } from '#shared/contracts/commands/capital.ts';
import { refundProposal } from '#shared/contracts/documents.ts';
import { callIdText, fundIdText } from '#shared/contracts/scalars.ts';
import { ref } from '#shared/domain/entities.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { entityRoute } from '#shared/runtime/entity-route.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import { oneFund, type Route } from '#shared/runtime/route.ts';

const oneCall = z.strictObject({ fundId: fundIdText, callId: callIdText });

/** What contributors have promised, been called for, and paid in. */
export const capitalRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => {
  const command = commandRoute(kernel, capitalKinds);
  const entity = entityRoute(ledger);
  return [
    command({
      kind: 'capital.call',
      path: '/capital/calls',
      params: oneFund,
      summary: { zh: '发出出资通知', en: 'Call capital' },
      roles: ['director'],
      body: payloads['capital.call'].omit({ callId: true }),
      payload: ({ body, commandId }) => ({ callId: idFrom('CC', commandId), ...body }),
    }),
    command({
      kind: 'capital.cancel-call',
      path: '/capital/calls/{callId}/cancellations',
      params: oneCall,
      summary: { zh: '撤销出资通知', en: 'Cancel a capital call' },
      roles: ['director'],
      body: payloads['capital.cancel-call'].omit({ callId: true }),
    }),
    command({
      kind: 'capital.propose-refund',
      path: '/capital/refunds',
      params: oneFund,
      summary: { zh: '提出退还出资', en: 'Propose to give capital back' },
      roles: ['director', 'officer'],
      body: refundProposal,
      payload: ({ body, commandId }) => ({ caseId: idFrom('CS', commandId), refund: body }),
    }),
    entity({
      path: '/capital',
      operationId: 'getCapital',
      summary: { zh: '认缴与已通知出资', en: 'Show commitments and what was called' },
      roles: READERS,
      params: oneFund,
      refs: () => [ref('capital', 'all')],
      missing: 'CHARTER_NOT_IN_FORCE',
    }),
    entity({
      path: '/capital/calls/{callId}',
      operationId: 'getCall',
      summary: { zh: '查看出资通知', en: 'Show a capital call' },
      roles: READERS,
      params: oneCall,
      refs: (p) => [ref('call', p.callId)],
      missing: 'CALL_NOT_FOUND',
    }),
    fundListRoute(reader)({
      path: '/capital/calls',
      operationId: 'listCalls',
      summary: { zh: '出资通知列表', en: 'List capital calls' },
      roles: READERS,
      list: 'call',
    }),
    fundListRoute(reader)({
      path: '/capital/refunds',
      operationId: 'listRefunds',
      summary: { zh: '退还出资列表', en: 'List refunds' },
      roles: READERS,
      list: 'refund',
    }),
  ];
};
