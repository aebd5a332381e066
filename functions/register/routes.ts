import * as z from 'zod';
import type { Kernel } from '#shared/application/execute.ts';
import { registerKinds } from '#shared/application/kinds/register.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { registerPayloads as payloads } from '#shared/contracts/commands/register.ts';
import { bankIdText, firmIdText, fundIdText } from '#shared/contracts/scalars.ts';
import { ref } from '#shared/domain/entities.ts';
import { batchRoute } from '#shared/runtime/batch-route.ts';
import { commandRoute } from '#shared/runtime/command-route.ts';
import { entityRoute } from '#shared/runtime/entity-route.ts';
import { fundListRoute } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import type { Role } from '#shared/runtime/principal.ts';
import { oneFund, type Route } from '#shared/runtime/route.ts';

const oneFirm = z.strictObject({ fundId: fundIdText, firmId: firmIdText });
const oneBank = z.strictObject({ fundId: fundIdText, bankId: bankIdText });
const KEEPERS: readonly Role[] = ['officer', 'admin'];

/** The zone's register: its enterprises from registration to listing, and the banks it has recognised. */
export const registerRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => {
  const command = commandRoute(kernel, registerKinds);
  const entity = entityRoute(ledger);
  return [
    command({
      kind: 'register.enrol',
      path: '/firms',
      params: oneFund,
      summary: { zh: '企业入库', en: 'Take an enterprise into the register' },
      roles: KEEPERS,
      body: payloads['register.enrol'],
      about: 'firmId',
    }),
    batchRoute(
      kernel,
      registerKinds,
    )({
      kind: 'register.enrol',
      path: '/firms/bulk',
      summary: { zh: '企业批量入库', en: 'Take enterprises into the register in bulk' },
      roles: KEEPERS,
      row: payloads['register.enrol'],
      target: 'firmId',
    }),
    command({
      kind: 'register.move',
      path: '/firms/{firmId}/moves',
      params: oneFirm,
      summary: { zh: '入驻孵化、毕业、迁出', en: 'Record incubation, graduation or leaving' },
      roles: KEEPERS,
      body: payloads['register.move'].omit({ firmId: true }),
    }),
    command({
      kind: 'register.list',
      path: '/firms/{firmId}/listings',
      params: oneFirm,
      summary: { zh: '登记挂牌', en: 'Record a listing' },
      roles: KEEPERS,
      body: payloads['register.list'].omit({ firmId: true }),
    }),
    command({
      kind: 'register.round',
      path: '/firms/{firmId}/rounds',
      params: oneFirm,
      summary: { zh: '登记融资', en: 'Record a financing round' },
      roles: KEEPERS,
      body: payloads['register.round'].omit({ firmId: true }),
    }),
    command({
      kind: 'register.recognise-bank',
      path: '/banks',
      params: oneFund,
      summary: { zh: '认定科技金融示范银行', en: 'Recognise a demonstration bank' },
      roles: KEEPERS,
      body: payloads['register.recognise-bank'],
      about: 'bankId',
    }),
    command({
      kind: 'register.end-bank',
      path: '/banks/{bankId}/endings',
      params: oneBank,
      summary: { zh: '终止示范银行资格', en: 'End a bank’s recognition' },
      roles: KEEPERS,
      body: payloads['register.end-bank'].omit({ bankId: true }),
    }),
    entity({
      path: '/firms/{firmId}',
      operationId: 'getFirm',
      summary: { zh: '查看入库企业', en: 'Show an enterprise of the register' },
      roles: READERS,
      params: oneFirm,
      refs: (p) => [ref('firm', p.firmId)],
      missing: 'FIRM_NOT_FOUND',
    }),
    entity({
      path: '/banks/{bankId}',
      operationId: 'getBank',
      summary: { zh: '查看示范银行', en: 'Show a demonstration bank' },
      roles: READERS,
      params: oneBank,
      refs: (p) => [ref('bank', p.bankId)],
      missing: 'BANK_NOT_FOUND',
    }),
    fundListRoute(reader)({
      path: '/firms',
      operationId: 'listFirms',
      summary: { zh: '入库企业列表', en: 'List the enterprises of the register' },
      roles: READERS,
      list: 'firm',
    }),
    fundListRoute(reader)({
      path: '/banks',
      operationId: 'listBanks',
      summary: { zh: '示范银行列表', en: 'List demonstration banks' },
      roles: READERS,
      list: 'bank',
    }),
  ];
};
