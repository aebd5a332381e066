import type { ErrorCode } from '#shared/errors/catalogue.ts';
import { isFundError } from '#shared/errors/fund-error.ts';

/** The catalogue code something throws; undefined when it does not throw. What is not ours passes through. */
export const refusalOf = (run: () => unknown): ErrorCode | undefined => {
  try {
    run();
  } catch (error) {
    if (isFundError(error)) return error.code;
    throw error;
  }
  return undefined;
};
