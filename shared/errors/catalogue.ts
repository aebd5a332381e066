/** What a person and a machine need to know of one error code. */
export interface ErrorKind {
  /** HTTP status of the problem document. */
  readonly status: number;
  /** Whether the same request may succeed later without being changed. */
  readonly retryable: boolean;
  readonly zh: string;
  readonly en: string;
}

/**
 * The closed error catalogue. A code, once published, is never reused for another meaning.
 * docs/errors.md is generated from it (`npm run docs`) and a test keeps the two equal.
 */
export const catalogue = {
  // money and numbers
  AMOUNT_INVALID: { status: 400, retryable: false, zh: '金额无效', en: 'The amount is not a whole number of fen in range' },
  RATE_INVALID: { status: 400, retryable: false, zh: '比率无效', en: 'The rate is not an exact decimal in range' },
  DATE_INVALID: { status: 400, retryable: false, zh: '日期无效', en: 'The date is not a calendar date' },
} as const satisfies Record<string, ErrorKind>;

/** Every code there is. */
export type ErrorCode = keyof typeof catalogue;
