import type { ErrorKind } from './error-kind.ts';
import { approvalsErrors } from './kinds/approvals.ts';
import { bookErrors } from './kinds/book.ts';
import { equityErrors } from './kinds/equity.ts';
import { guaranteeErrors } from './kinds/guarantee.ts';
import { guidanceErrors } from './kinds/guidance.ts';
import { importsErrors } from './kinds/imports.ts';
import { lendingErrors } from './kinds/lending.ts';
import { paymentsErrors } from './kinds/payments.ts';
import { registerErrors } from './kinds/register.ts';
import { requestsErrors } from './kinds/requests.ts';
import { seedErrors } from './kinds/seed.ts';

/**
 * The closed error catalogue. A code, once published, is never reused for another meaning.
 * docs/errors.md is generated from it (`npm run docs`) and a test keeps the two equal.
 */
export const catalogue = {
  ...requestsErrors,
  ...bookErrors,
  ...approvalsErrors,
  ...lendingErrors,
  ...guaranteeErrors,
  ...paymentsErrors,
  ...equityErrors,
  ...guidanceErrors,
  ...importsErrors,
  ...registerErrors,
  ...seedErrors,
} as const satisfies Record<string, ErrorKind>;

/** Every code there is. */
export type ErrorCode = keyof typeof catalogue;
export const ERROR_CODES = Object.keys(catalogue) as [ErrorCode, ...ErrorCode[]];

export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(catalogue, text);
