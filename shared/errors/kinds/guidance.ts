import type { ErrorKind } from '../error-kind.ts';

/** Guidance funds: what they invest in, and how they are governed. */
export const guidanceErrors = {
  INVESTMENT_REFUSED: {
    status: 422,
    retryable: false,
    zh: '不符合章程的投资规则',
    en: 'The investment does not meet the rules of the charter',
  },
  INVESTING_SUSPENDED: {
    status: 409,
    retryable: false,
    zh: '关键人士事件未处理，暂停新增投资',
    en: 'New investment is suspended after a key-person event',
  },
  NOT_A_KEY_PERSON: {
    status: 422,
    retryable: false,
    zh: '不是章程列明的关键人士',
    en: 'The charter names no such key person',
  },
  EVENTS_TOO_MANY: { status: 409, retryable: false, zh: '未处理事件过多', en: 'Too many events are open' },
  EVENTS_CHANGED: {
    status: 409,
    retryable: false,
    zh: '又有新的关键人士事件，请重新提出',
    en: 'Another key-person event came since the case was made',
  },
  COMMITMENT_NOT_FOUND: { status: 404, retryable: false, zh: '子基金承诺不存在', en: 'There is no such commitment' },
  TREASURY_ACCOUNT_REQUIRED: {
    status: 422,
    retryable: false,
    zh: '政府所得须缴入国库账户',
    en: 'The government’s part must go to the treasury’s account',
  },
  NOTHING_TO_DISTRIBUTE: {
    status: 422,
    retryable: false,
    zh: '没有可分配的金额',
    en: 'There is nothing to distribute',
  },
  DISTRIBUTION_NOT_FOUND: { status: 404, retryable: false, zh: '收益分配不存在', en: 'There is no such distribution' },
  DISTRIBUTION_STALE: {
    status: 409,
    retryable: false,
    zh: '分配方案提出后情况已变化，请重新提出',
    en: 'Something has changed since the distribution was reckoned; propose it anew',
  },
  FEE_NOT_OWED: {
    status: 422,
    retryable: false,
    zh: '超过已计提未付的管理费',
    en: 'More would be paid than is accrued',
  },
  RECOGNITION_KIND_UNKNOWN: {
    status: 422,
    retryable: false,
    zh: '章程没有该类返投认定',
    en: 'The charter has no such kind of recognition',
  },
  RECOGNITION_NOT_FOUND: { status: 404, retryable: false, zh: '返投认定不存在', en: 'There is no such recognition' },
  RECOGNITION_STANDS: {
    status: 409,
    retryable: false,
    zh: '迁出晚于观察期，认定不予扣回',
    en: 'The firm stayed long enough; the recognition stands',
  },
  TIMER_NOT_FOUND: { status: 404, retryable: false, zh: '没有该时限', en: 'No such time limit runs' },
} as const satisfies Record<string, ErrorKind>;
