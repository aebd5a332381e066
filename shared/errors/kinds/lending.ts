import type { ErrorKind } from '../error-kind.ts';

/** Borrowers, applications and loans. */
export const lendingErrors = {
  USCC_INVALID: {
    status: 422,
    retryable: false,
    zh: '统一社会信用代码无效',
    en: 'The unified social credit code is not valid',
  },
  NAME_INVALID: {
    status: 422,
    retryable: false,
    zh: '名称含有不可用字符',
    en: 'The name has characters that cannot be used',
  },
  NAME_DIFFERS: {
    status: 409,
    retryable: false,
    zh: '名称与已登记名称不符',
    en: 'The name differs from the one on record',
  },
  NAME_LOOKS_ALIKE: {
    status: 409,
    retryable: false,
    zh: '名称与另一主体相似',
    en: 'The name looks like that of another enterprise',
  },
  ENTERPRISE_NOT_FOUND: { status: 404, retryable: false, zh: '企业不存在', en: 'There is no such enterprise' },
  ENTERPRISE_LIMIT_EXCEEDED: {
    status: 422,
    retryable: false,
    zh: '超过单户限额',
    en: 'The limit per enterprise would be exceeded',
  },
  BORROWER_KIND_REFUSED: {
    status: 422,
    retryable: false,
    zh: '该类借款人不在支持范围',
    en: 'This kind of borrower is not admitted',
  },
  BORROWER_CHANGED: {
    status: 422,
    retryable: false,
    zh: '不得更换借款人',
    en: 'The borrower of a case cannot be changed',
  },
  DOCUMENTS_MISSING: { status: 422, retryable: false, zh: '申请材料不齐', en: 'Documents are missing' },
  NOT_ELIGIBLE: { status: 422, retryable: false, zh: '不符合申请条件', en: 'The applicant is not eligible' },
  TERM_OUT_OF_RANGE: { status: 422, retryable: false, zh: '期限超出规定', en: 'The term is out of range' },
  REPAYMENT_REFUSED: { status: 422, retryable: false, zh: '还款方式不允许', en: 'The repayment plan is not admitted' },
  LOAN_NOT_FOUND: { status: 404, retryable: false, zh: '贷款不存在', en: 'There is no such loan' },
  CONTRACT_EXISTS: { status: 409, retryable: false, zh: '合同已登记', en: 'The contract is recorded already' },
  ATTEMPTS_EXHAUSTED: {
    status: 409,
    retryable: false,
    zh: '付款次数已用尽',
    en: 'No further payment attempt is possible',
  },
  EXTENSION_REFUSED: { status: 422, retryable: false, zh: '展期超出规定', en: 'The extension is not admitted' },
  NOT_A_TEAM: { status: 422, retryable: false, zh: '借款人不是团队', en: 'The borrower is not a team' },
  NOT_A_COMPANY: { status: 422, retryable: false, zh: '承接方不是企业', en: 'The successor is not a company' },
  ALREADY_NOVATED: { status: 409, retryable: false, zh: '团队已转为企业', en: 'The team has become a company' },
  WRITE_OFF_REFUSED: {
    status: 422,
    retryable: false,
    zh: '不符合核销条件',
    en: 'The loan does not qualify for a write-off',
  },
  LOAN_OWES_LESS: { status: 422, retryable: false, zh: '超过该笔贷款应还金额', en: 'The loan owes less than that' },
} as const satisfies Record<string, ErrorKind>;
