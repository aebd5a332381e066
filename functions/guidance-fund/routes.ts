import type { Kernel } from '#shared/application/execute.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import type { Route } from '#shared/runtime/route.ts';
import { investingRoutes } from './investing-routes.ts';
import { partnerRoutes } from './partner-routes.ts';
import { policyRoutes } from './policy-routes.ts';

/** Guidance funds: what they invest in, what their partners get, and the policy they serve. */
export const guidanceRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => [
  ...investingRoutes(kernel, ledger, reader),
  ...partnerRoutes(kernel, ledger, reader),
  ...policyRoutes(kernel, ledger, reader),
];
