import type { ErrorKind } from '../error-kind.ts';

/** Grades, filings, claims and recoveries of risk-compensation funds. */
export const guaranteeErrors = {
  GRADING_ABSENT: { status: 422, retryable: false, zh: '该基金不评级', en: 'This fund does not grade enterprises' },
  FACTS_INCOMPLETE: {
    status: 422,
    retryable: false,
    zh: '评价指标数据缺失或多余',
    en: 'Facts of the scoring model are missing, or facts it does not know are given',
  },
  FACTS_STALE: { status: 409, retryable: false, zh: '已有更新的评价数据', en: 'Newer facts are on record' },
  GRADE_MISSING: { status: 422, retryable: false, zh: '企业未评级或未达等级', en: 'The enterprise has no grade' },
  GRADE_EXPIRED: { status: 422, retryable: false, zh: '信用等级已过有效期', en: 'The grade has run out' },
  BANK_NOT_NAMED: { status: 403, retryable: false, zh: '令牌未指明银行', en: 'The token names no bank' },
  BANK_UNKNOWN: {
    status: 403,
    retryable: false,
    zh: '不是该基金的合作银行',
    en: 'Not a cooperating bank of this fund',
  },
  PRODUCT_REFUSED: {
    status: 422,
    retryable: false,
    zh: '该行不得备案此产品',
    en: 'The bank may not file that product',
  },
  DISTRICT_REFUSED: { status: 422, retryable: false, zh: '不属于该基金支持区域', en: 'The district is not covered' },
  SIZE_REFUSED: { status: 422, retryable: false, zh: '企业划型不在支持范围', en: 'The size class is not covered' },
  GUARANTOR_REFUSED: {
    status: 422,
    retryable: false,
    zh: '担保方式不符合规定',
    en: 'The rules do not fit a loan with, or without, that guarantor',
  },
  FILING_NOT_FOUND: { status: 404, retryable: false, zh: '备案不存在', en: 'There is no such filing' },
  FILING_EXISTS: { status: 409, retryable: false, zh: '该合同已备案', en: 'The contract is filed already' },
  FILING_EARLY: { status: 422, retryable: false, zh: '尚未到可备案日期', en: 'It is too early to file the loan' },
  FILING_LATE: { status: 422, retryable: false, zh: '已过备案期限', en: 'The time for filing the loan is over' },
  BENCHMARK_MISSING: {
    status: 422,
    retryable: false,
    zh: '放款日没有基准利率',
    en: 'The charter has no benchmark rate for the drawdown',
  },
  RATE_ABOVE_CEILING: { status: 422, retryable: false, zh: '贷款利率超过上限', en: 'The rate is above the ceiling' },
  FEE_ABOVE_CEILING: { status: 422, retryable: false, zh: '担保费率超过上限', en: 'The fee is above the ceiling' },
  NEW_FILINGS_STOPPED: {
    status: 409,
    retryable: false,
    zh: '已熔断，暂停新增备案',
    en: 'A breaker has stopped new filings',
  },
  COVERAGE_LIMIT_REACHED: {
    status: 409,
    retryable: false,
    zh: '超过在保规模上限',
    en: 'The fund would cover more than its limit',
  },
  BALANCE_INVALID: { status: 422, retryable: false, zh: '报送余额不合理', en: 'The balances reported cannot be' },
  CONTINUATION_REFUSED: { status: 422, retryable: false, zh: '不符合延续条件', en: 'The loan may not be continued' },
  RESUME_REFUSED: {
    status: 422,
    retryable: false,
    zh: '不符合恢复条件',
    en: 'There is nothing to resume, or not so far',
  },
} as const satisfies Record<string, ErrorKind>;
