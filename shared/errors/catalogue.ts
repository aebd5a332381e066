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
  // requests
  UNAUTHENTICATED: {
    status: 401,
    retryable: false,
    zh: '未登录或令牌无效',
    en: 'No valid token came with the request',
  },
  FUND_NOT_FOUND: { status: 404, retryable: false, zh: '基金不存在', en: 'There is no such fund for this caller' },
  ROUTE_NOT_FOUND: { status: 404, retryable: false, zh: '接口不存在', en: 'There is no such route' },
  METHOD_NOT_ALLOWED: { status: 405, retryable: false, zh: '不支持该方法', en: 'The route does not take this method' },
  REQUEST_INVALID: {
    status: 400,
    retryable: false,
    zh: '请求内容不符合要求',
    en: 'The request is not as the contract says',
  },
  BODY_INVALID: { status: 400, retryable: false, zh: '请求体无法解析', en: 'The body cannot be read as JSON' },
  BODY_TOO_LARGE: { status: 413, retryable: false, zh: '请求体过大', en: 'The body is too large' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    retryable: false,
    zh: '仅接受 application/json',
    en: 'Only application/json is taken',
  },
  IDEMPOTENCY_KEY_MISSING: {
    status: 400,
    retryable: false,
    zh: '缺少或无效的幂等键',
    en: 'The Idempotency-Key header is missing or not valid',
  },
  CURSOR_INVALID: { status: 400, retryable: false, zh: '翻页游标无效', en: 'The cursor is not valid for this list' },
  ENTRY_NOT_FOUND: { status: 404, retryable: false, zh: '分录不存在', en: 'There is no such entry' },
  INTERNAL: { status: 500, retryable: true, zh: '系统内部错误', en: 'Something went wrong inside' },
  // money and numbers
  AMOUNT_INVALID: {
    status: 400,
    retryable: false,
    zh: '金额无效',
    en: 'The amount is not a whole number of fen in range',
  },
  RATE_INVALID: { status: 400, retryable: false, zh: '比率无效', en: 'The rate is not an exact decimal in range' },
  DATE_INVALID: { status: 400, retryable: false, zh: '日期无效', en: 'The date is not a calendar date' },
  // the book
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
  // charter
  CHARTER_NOT_FOUND: { status: 404, retryable: false, zh: '章程版本不存在', en: 'There is no such charter version' },
  CHARTER_NOT_IN_FORCE: {
    status: 409,
    retryable: false,
    zh: '该日期没有生效的章程',
    en: 'No charter is in force on that date',
  },
  CHARTER_INVALID: { status: 422, retryable: false, zh: '章程内容自相矛盾', en: 'The charter contradicts itself' },
  CHARTER_VERSION_STALE: {
    status: 409,
    retryable: false,
    zh: '章程版本号不连续',
    en: 'The charter version does not follow the current one',
  },
  AUTHORITY_MISSING: {
    status: 409,
    retryable: false,
    zh: '授权表未覆盖该事项',
    en: 'The authority matrix has no tier for this',
  },
  // approvals
  ROLE_REQUIRED: { status: 403, retryable: false, zh: '角色权限不足', en: 'The caller lacks the role' },
  CASE_NOT_FOUND: { status: 404, retryable: false, zh: '事项不存在', en: 'There is no such case' },
  CASE_CHANGED: {
    status: 409,
    retryable: false,
    zh: '内容已变更，请重新查看后决定',
    en: 'The case has changed since it was shown',
  },
  CASE_EXPIRED: { status: 409, retryable: false, zh: '事项已过决定期限', en: 'The time for deciding is over' },
  CASE_NOT_EXPIRED: { status: 409, retryable: false, zh: '事项尚未到期', en: 'The case has not expired' },
  CASE_NOT_APPROVED: { status: 409, retryable: false, zh: '事项未获批准', en: 'The case is not approved' },
  DUTIES_NOT_SEPARATE: {
    status: 403,
    retryable: false,
    zh: '不相容岗位未分离',
    en: 'One person cannot act on two sides of a case',
  },
  NOT_A_MEMBER: { status: 403, retryable: false, zh: '不是投决会成员', en: 'Not a member of the committee' },
  ALREADY_VOTED: { status: 409, retryable: false, zh: '该委员已表决', en: 'The member has voted' },
  DELEGATION_MISSING: { status: 403, retryable: false, zh: '没有有效授权委托', en: 'There is no delegation in force' },
  DELEGATION_INVALID: { status: 422, retryable: false, zh: '授权委托无效', en: 'The delegation is not valid' },
  NOTICE_RUNNING: { status: 409, retryable: false, zh: '公示期未满', en: 'The public notice is still running' },
  NOTICE_OVER: { status: 409, retryable: false, zh: '公示期已结束', en: 'The public notice is over' },
  NOT_THE_MAKER: { status: 403, retryable: false, zh: '不是该事项的经办人', en: 'Only the maker may do this' },
  // borrowers and applications
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
  // loans
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
  // capital, payments, bank lines
  COMMITMENT_EXCEEDED: {
    status: 422,
    retryable: false,
    zh: '超过认缴金额',
    en: 'More would be called than was committed',
  },
  CALL_NOT_FOUND: { status: 404, retryable: false, zh: '出资通知不存在', en: 'There is no such capital call' },
  CALL_PARTLY_PAID: { status: 409, retryable: false, zh: '出资通知已有到款', en: 'Money has come for the call' },
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
  ASSIGNMENT_TOO_LARGE: {
    status: 422,
    retryable: false,
    zh: '认领金额超过待处理金额',
    en: 'More would be assigned than is open',
  },
} as const satisfies Record<string, ErrorKind>;

/** Every code there is. */
export type ErrorCode = keyof typeof catalogue;
