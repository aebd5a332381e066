import { Logger } from '@aws-lambda-powertools/logger';

/**
 * The log of a function. Only what is named here is ever written: ids, codes, counts. No bodies, no names, no tokens.
 */
const logger = new Logger({ serviceName: 'jinqu' });

export interface LogFields {
  readonly requestId?: string;
  readonly code?: string;
  readonly fundId?: string;
  readonly commandId?: string;
  readonly kind?: string;
  readonly count?: number;
  readonly seq?: number;
  readonly key?: string;
}

/** `error` is logged by name, message and stack. */
export const logError = (message: string, error: unknown, fields: LogFields = {}): void =>
  logger.error(message, { ...fields, error: error instanceof Error ? error : new Error(String(error)) });
