import * as z from 'zod';
import type { Kernel } from '#shared/application/execute.ts';
import { guaranteeKinds } from '#shared/application/kinds/guarantee.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { guaranteePayloads as payloads } from '#shared/contracts/commands/guarantee.ts';
import { claimRow } from '#shared/contracts/guarantee.ts';
import { claimIdText, fundIdText, payIdText, recoveryIdText } from '#shared/contracts/scalars.ts';
import { ref } from '#shared/domain/entities.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { batchRoute } from '#shared/runtime/batch-route.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { entityRoute } from '#shared/runtime/entity-route.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { maySeeOf, ofContract, oneFiling } from '#shared/runtime/own.ts';
import { READERS } from '#shared/runtime/people.ts';
import type { Route } from '#shared/runtime/route.ts';

const oneClaim = z.strictObject({ fundId: fundIdText, claimId: claimIdText });
const oneRecovery = z.strictObject({ fundId: fundIdText, recoveryId: recoveryIdText });
const onePayment = z.strictObject({ fundId: fundIdText, payId: payIdText });

/** Claims of banks, what is recovered of them, and what is lost. A claim is decided as a case. */
export const claimRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => {
  const command = commandRoute(kernel, guaranteeKinds);
  const entity = entityRoute(ledger);
  return [
    command({
      kind: 'claim.submit',
      path: '/filings/{filingId}/claims',
      params: oneFiling,
      summary: { zh: '补偿申请', en: 'Claim on a loan' },
      roles: ['bank'],
      body: claimRow.omit({ contractNumber: true }),
      payload: ({ params, body, commandId }) => ({
        filingId: params.filingId,
        caseId: idFrom('CS', commandId),
        ...body,
      }),
    }),
    batchRoute(
      kernel,
      guaranteeKinds,
    )({
      kind: 'claim.submit',
      path: '/claims/bulk',
      summary: { zh: '批量补偿申请', en: 'Claim on loans in bulk' },
      roles: ['bank'],
      row: claimRow,
      target: 'contractNumber',
      payload: (row, { principal, commandId }) => ({ caseId: idFrom('CS', commandId), ...ofContract(row, principal) }),
    }),
    command({
      kind: 'claim.resubmit',
      path: '/claims/{claimId}/revisions',
      params: oneClaim,
      summary: { zh: '修改补偿申请并重新提交', en: 'Hand in a changed claim' },
      roles: ['bank'],
      body: payloads['claim.resubmit'].omit({ claimId: true }),
    }),
    command({
      kind: 'recovery.report',
      path: '/claims/{claimId}/recoveries',
      params: oneClaim,
      summary: { zh: '报送追偿', en: 'Report what was recovered, and what it cost' },
      roles: ['bank'],
      body: payloads['recovery.report'].omit({ claimId: true, recoveryId: true }),
      payload: ({ params, body, commandId }) => ({
        recoveryId: idFrom('RV', commandId),
        claimId: params.claimId,
        ...body,
      }),
    }),
    command({
      kind: 'loss.propose',
      path: '/claims/{claimId}/losses',
      params: oneClaim,
      summary: { zh: '申请核销代偿损失', en: 'Propose that what is missing be written off' },
      roles: ['officer'],
      body: payloads['loss.propose'].omit({ claimId: true, caseId: true }),
      payload: ({ params, body, commandId }) => ({
        caseId: idFrom('CS', commandId),
        claimId: params.claimId,
        ...body,
      }),
    }),
    command({
      kind: 'payment.reissue',
      path: '/payments/{payId}/reissues',
      params: onePayment,
      summary: { zh: '重新开具应付银行款', en: 'Pay anew what is owed after a payment was given up' },
      roles: ['director'],
      body: payloads['payment.reissue'].omit({ payId: true }),
    }),
    entity({
      path: '/claims/{claimId}',
      operationId: 'getClaim',
      summary: { zh: '查看补偿申请', en: 'Show a claim' },
      roles: [...READERS, 'bank'],
      params: oneClaim,
      refs: (p) => [ref('claim', p.claimId)],
      missing: 'CLAIM_NOT_FOUND',
      maySee: maySeeOf,
    }),
    fundListRoute(reader)({
      path: '/claims',
      operationId: 'listClaims',
      summary: { zh: '补偿申请列表；银行只见本行', en: 'List claims; a bank sees its own' },
      roles: [...READERS, 'bank'],
      list: 'claim',
      own: true,
    }),
    entity({
      path: '/recoveries/{recoveryId}',
      operationId: 'getRecovery',
      summary: { zh: '查看追偿', en: 'Show a recovery' },
      roles: [...READERS, 'bank'],
      params: oneRecovery,
      refs: (p) => [ref('recovery', p.recoveryId)],
      missing: 'RECOVERY_NOT_FOUND',
      maySee: maySeeOf,
    }),
    fundListRoute(reader)({
      path: '/recoveries',
      operationId: 'listRecoveries',
      summary: { zh: '追偿列表；银行只见本行', en: 'List recoveries; a bank sees its own' },
      roles: [...READERS, 'bank'],
      list: 'recovery',
      own: true,
    }),
  ];
};
