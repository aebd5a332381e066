import * as z from 'zod';
import type { Kernel } from '#shared/application/execute.ts';
import type { ImportFiles } from '#shared/application/imports/step.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import { catalogue, isErrorCode } from '#shared/errors/catalogue.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import { openApiOf } from '#shared/runtime/openapi.ts';
import { type Route, route } from '#shared/runtime/route.ts';
import { approvalRoutes } from '../approvals/routes.ts';
import { capitalRoutes } from '../capital/routes.ts';
import { equityRoutes } from '../equity/routes.ts';
import { guidanceRoutes } from '../guidance-fund/routes.ts';
import { importRoutes } from '../imports/routes.ts';
import { ledgerRoutes } from '../ledger/routes.ts';
import { paymentRoutes } from '../payments/routes.ts';
import { registerRoutes } from '../register/routes.ts';
import { compensationRoutes } from '../risk-compensation/routes.ts';
import { loanRoutes } from '../seed-fund/routes.ts';

/** What routes are made with. */
export interface RouteParts {
  readonly kernel: Kernel;
  readonly ledger: Ledger;
  readonly reader: Reader;
  readonly files: Pick<ImportFiles, 'get' | 'put'>;
}

/** Every route of every capability. */
export const capabilityRoutes = ({ kernel, ledger, reader, files }: RouteParts): readonly Route[] => [
  ...approvalRoutes(kernel, ledger, reader),
  ...capitalRoutes(kernel, ledger, reader),
  ...loanRoutes(kernel, ledger, reader),
  ...equityRoutes(kernel, ledger, reader),
  ...compensationRoutes(kernel, ledger, reader),
  ...guidanceRoutes(kernel, ledger, reader),
  ...paymentRoutes(kernel, ledger, reader),
  ...registerRoutes(kernel, ledger, reader),
  ...importRoutes(kernel, ledger, reader, files),
  ...ledgerRoutes(ledger, reader),
];

/** Routes are only described here, never called, so nothing behind them is real. */
export const describedRoutes = (): readonly Route[] => {
  const ledger: Ledger = { load: async () => never(), commit: async () => never() };
  const kernel: Kernel = { execute: async () => never() };
  const reader: Reader = {
    watermark: async () => never(),
    list: async () => never(),
    about: async () => never(),
    lines: async () => never(),
    trialBalance: async () => never(),
    byDimension: async () => never(),
    balanceOf: async () => never(),
    entries: async () => never(),
  };
  const files = { get: async () => never(), put: async () => never() };
  return capabilityRoutes({ kernel, ledger, reader, files });
};

const never = (): never => {
  throw new Error('a described route was called');
};

const anything = z.record(z.string(), z.json());

/** The API's own description, and what each error code means: open to everybody. */
export const docsRoutes = (issuer: string): readonly Route[] => {
  // It is the same for everybody until another version is deployed.
  let made: ReturnType<typeof openApiOf> | undefined;
  const own: readonly Route[] = [
    route({
      method: 'GET',
      path: '/problems/{code}',
      operationId: 'getProblem',
      summary: { zh: '错误代码说明', en: 'Explain an error code' },
      roles: [],
      params: z.strictObject({ code: z.string().max(60) }),
      query: z.strictObject({}),
      response: anything,
      status: 200,
      handle: async ({ params: { code } }) => {
        if (!isErrorCode(code)) throw new FundError('ROUTE_NOT_FOUND', { code });
        return { code, ...catalogue[code] };
      },
    }),
    route({
      method: 'GET',
      path: '/openapi.json',
      operationId: 'getOpenApi',
      summary: { zh: '接口文档', en: 'This document' },
      roles: [],
      params: z.strictObject({}),
      query: z.strictObject({}),
      response: anything,
      status: 200,
      handle: async () => {
        made ??= openApiOf([...describedRoutes(), ...own], issuer);
        return made;
      },
    }),
  ];
  return own;
};
