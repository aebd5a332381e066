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
} as const satisfies Record<string, ErrorKind>;
