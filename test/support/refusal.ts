import type { ErrorCode } from '#shared/errors/catalogue.ts';
import { isFundError } from '#shared/errors/fund-error.ts';

/** The code with which a pure function refuses; anything else it throws is thrown on. */
export const refusalOf = (act: () => unknown): ErrorCode | 'nothing' => {
  try {
    act();
    return 'nothing';
  } catch (error) {
    if (isFundError(error)) return error.code;
    throw error;
  }
};
