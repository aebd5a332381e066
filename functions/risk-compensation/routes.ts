import type { Kernel } from '#shared/application/execute.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Reader } from '#shared/application/reading.ts';
import type { Route } from '#shared/runtime/route.ts';
import { claimRoutes } from './claim-routes.ts';
import { coverageRoutes } from './coverage-routes.ts';
import { filingRoutes } from './filing-routes.ts';
import { gradingRoutes } from './grading-routes.ts';

/** Risk-compensation funds: grades, filings of banks, what they come to, claims and recoveries. */
export const compensationRoutes = (kernel: Kernel, ledger: Ledger, reader: Reader): readonly Route[] => [
  ...gradingRoutes(kernel, ledger, reader),
  ...filingRoutes(kernel, ledger, reader),
  ...claimRoutes(kernel, ledger, reader),
  ...coverageRoutes(kernel, ledger, reader),
];
