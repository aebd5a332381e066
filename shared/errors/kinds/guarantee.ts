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
  GRADE_CURRENT: {
    status: 409,
    retryable: false,
    zh: '等级已按现行模型评定',
    en: 'The grade is by the model in force',
  },
} as const satisfies Record<string, ErrorKind>;
