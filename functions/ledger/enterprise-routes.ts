import * as z from 'zod';
import { enterpriseTimeline } from '#shared/application/enterprise-timeline.ts';
import { lookThrough } from '#shared/application/look-through.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { firmIdText } from '#shared/contracts/scalars.ts';
import { listRoute, rowSchema } from '#shared/runtime/list-route.ts';
import { READERS } from '#shared/runtime/people.ts';
import { type Route, route } from '#shared/runtime/route.ts';

const oneFirm = z.strictObject({ firmId: firmIdText });

/** One enterprise over all funds of the caller's token. */
export const enterpriseRoutes = (ledger: Ledger, reader: Reader): readonly Route[] => [
  route({
    method: 'GET',
    path: '/enterprises/{firmId}',
    operationId: 'getEnterpriseSupport',
    summary: { zh: '企业穿透：各基金支持合计', en: 'An enterprise over all funds, and its total public support' },
    roles: READERS,
    params: oneFirm,
    query: z.strictObject({}),
    response: z.record(z.string(), z.json()).meta({
      id: 'EnterpriseSupport',
      description:
        'totalPublicSupportFen: loans at principal, equity at cost and principal filed or covered, of the funds shown',
    }),
    status: 200,
    handle: ({ params, principal }) => lookThrough({ ledger, reader }, params.firmId, principal.funds),
  }),
  listRoute({
    path: '/enterprises/{firmId}/timeline',
    operationId: 'listEnterpriseTimeline',
    summary: { zh: '企业成长时间线', en: 'What the register and the funds say about an enterprise' },
    roles: READERS,
    params: oneFirm,
    item: rowSchema,
    read: ({ firmId }, page, { funds }) => enterpriseTimeline(reader, firmId, funds, page),
  }),
];
