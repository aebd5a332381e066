import type { ErrorKind } from '../error-kind.ts';

/** Money, numbers and the book. */
export const bookErrors = {
  AMOUNT_INVALID: {
    status: 400,
    retryable: false,
    zh: '金额无效',
    en: 'The amount is not a whole number of fen in range',
  },
  RATE_INVALID: { status: 400, retryable: false, zh: '比率无效', en: 'The rate is not an exact decimal in range' },
  DATE_INVALID: { status: 400, retryable: false, zh: '日期无效', en: 'The date is not a calendar date' },
  BOOK_BUSY: {
    status: 503,
    retryable: true,
    zh: '账簿繁忙，请稍后重试',
    en: 'The book is busy; send the same request again',
  },
  COMMAND_ID_REUSED: {
    status: 422,
    retryable: false,
    zh: '同一幂等键用于不同内容',
    en: 'The same id was used for another payload',
  },
  DAY_CLOSED: { status: 409, retryable: false, zh: '该业务日期已日结', en: 'The business date is closed' },
  CLOSE_OUT_OF_RANGE: { status: 422, retryable: false, zh: '日结日期不可用', en: 'That day cannot be closed now' },
  FUNDS_INSUFFICIENT: {
    status: 409,
    retryable: false,
    zh: '可用资金不足',
    en: 'The fund has not enough money available',
  },
  VOUCHER_UNBALANCED: { status: 500, retryable: false, zh: '凭证借贷不平', en: 'The voucher does not balance' },
  ACCOUNT_UNKNOWN: {
    status: 500,
    retryable: false,
    zh: '会计科目不存在',
    en: 'The account is not in the chart of accounts',
  },
  DIMENSION_REQUIRED: {
    status: 500,
    retryable: false,
    zh: '缺少辅助核算',
    en: 'The line lacks an auxiliary dimension',
  },
  STATE_INVALID: {
    status: 409,
    retryable: false,
    zh: '当前状态不允许该操作',
    en: 'The step is not allowed in the present state',
  },
} as const satisfies Record<string, ErrorKind>;
