import type { ErrorKind } from '../error-kind.ts';

/** Capital, payments and bank lines. */
export const paymentsErrors = {
  COMMITMENT_EXCEEDED: {
    status: 422,
    retryable: false,
    zh: '超过认缴金额',
    en: 'More would be called than was committed',
  },
  CALL_EXISTS: { status: 409, retryable: false, zh: '出资通知编号已占用', en: 'The number of the call is taken' },
  BUDGET_DOCUMENT_REQUIRED: {
    status: 422,
    retryable: false,
    zh: '政府出资须有预算指标文号',
    en: 'What the government pays needs the number of its budget document',
  },
  CALL_NOT_FOUND: { status: 404, retryable: false, zh: '出资通知不存在', en: 'There is no such capital call' },
  CALL_PARTLY_PAID: { status: 409, retryable: false, zh: '出资通知已有到款', en: 'Money has come for the call' },
  PAYEES_INCOMPLETE: {
    status: 422,
    retryable: false,
    zh: '收款账户与出资人不一致',
    en: 'There must be one account for each contributor',
  },
  PAYMENT_NOT_FOUND: { status: 404, retryable: false, zh: '付款指令不存在', en: 'There is no such payment' },
  PAYMENT_SUPERSEDED: {
    status: 409,
    retryable: false,
    zh: '付款指令已被后续指令取代',
    en: 'A later payment has taken its place',
  },
  BANK_LINE_BOOKED: { status: 409, retryable: false, zh: '该银行流水已入账', en: 'The bank line is booked already' },
  BANK_ACCOUNT_UNKNOWN: {
    status: 422,
    retryable: false,
    zh: '对账单账号与基金专户不符',
    en: 'The statement is of another account',
  },
  BANK_FILE_INVALID: { status: 422, retryable: false, zh: '银行文件无法读取', en: 'The bank file cannot be read' },
  BANK_STATEMENT_UNBALANCED: {
    status: 422,
    retryable: false,
    zh: '对账单金额不平',
    en: 'The statement does not add up',
  },
  STATEMENT_DIFFERS: {
    status: 409,
    retryable: false,
    zh: '同一对账单编号的内容不同',
    en: 'Another statement bears this number',
  },
  BANK_FIELD_INVALID: {
    status: 422,
    retryable: false,
    zh: '付款信息超出银行格式',
    en: 'A text does not fit the bank’s format',
  },
  RECEIPT_NOT_FOUND: {
    status: 404,
    retryable: false,
    zh: '待处理流水不存在',
    en: 'There is no such unmatched bank line',
  },
  NOT_AWAITED: {
    status: 422,
    retryable: false,
    zh: '该对象没有这么多待收款',
    en: 'So much money is not awaited for that',
  },
  ASSIGNMENT_TOO_LARGE: {
    status: 422,
    retryable: false,
    zh: '认领金额超过待处理金额',
    en: 'More would be assigned than is open',
  },
} as const satisfies Record<string, ErrorKind>;
