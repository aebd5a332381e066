import { catalogue, type ErrorCode, isErrorCode } from './catalogue.ts';

/** Facts that explain one refusal: limits, found values, ids. Strings only, so that they survive every wire. */
export type ErrorDetails = Readonly<Record<string, string>>;

/**
 * The one error this system throws on purpose. Recognised by `code` (see {@link isFundError}), because two bundles may
 * each carry a copy of this class and `instanceof` would then lie.
 */
export class FundError extends Error {
  override readonly name = 'FundError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(
      `${code}: ${catalogue[code].en}${Object.keys(details).length > 0 ? ` ${JSON.stringify(details)}` : ''}`,
      options,
    );
    this.code = code;
    this.details = details;
  }
}

/** True when `error` is a {@link FundError}, from whichever copy of the module. */
export const isFundError = (error: unknown): error is FundError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && isErrorCode(error.code);

/** True when `error` is a {@link FundError} with this code. */
export const hasCode = (error: unknown, code: ErrorCode): error is FundError =>
  isFundError(error) && error.code === code;

/** Throws the catalogue error unless `condition` holds. */
export function ensure(condition: boolean, code: ErrorCode, details: ErrorDetails = {}): asserts condition {
  if (!condition) throw new FundError(code, details);
}
