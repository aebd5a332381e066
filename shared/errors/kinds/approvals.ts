import type { ErrorKind } from '../error-kind.ts';

/** Charters and cases. */
export const approvalsErrors = {
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
  INSTRUMENT_FORBIDDEN: {
    status: 422,
    retryable: false,
    zh: '该类基金不得使用此工具',
    en: 'This kind of fund may not use that instrument',
  },
  AUTHORITY_MISSING: {
    status: 409,
    retryable: false,
    zh: '授权表未覆盖该事项',
    en: 'The authority matrix has no tier for this',
  },
  ROLE_REQUIRED: { status: 403, retryable: false, zh: '角色权限不足', en: 'The caller lacks the role' },
  CASE_NOT_FOUND: { status: 404, retryable: false, zh: '事项不存在', en: 'There is no such case' },
  CASE_EXISTS: { status: 409, retryable: false, zh: '事项编号已占用', en: 'The number of the case is taken' },
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
  NOT_THE_OBSERVER: { status: 403, retryable: false, zh: '不是政府观察员', en: 'Only the observer may veto' },
  VETO_WITHOUT_GROUND: {
    status: 422,
    retryable: false,
    zh: '一票否决须以章程列明的合规事由为据',
    en: 'A veto needs a ground of compliance that the charter names',
  },
  ALREADY_VOTED: { status: 409, retryable: false, zh: '该委员已表决', en: 'The member has voted' },
  DELEGATION_MISSING: { status: 403, retryable: false, zh: '没有有效授权委托', en: 'There is no delegation in force' },
  DELEGATION_INVALID: { status: 422, retryable: false, zh: '授权委托无效', en: 'The delegation is not valid' },
  NOTICE_RUNNING: { status: 409, retryable: false, zh: '公示期未满', en: 'The public notice is still running' },
  NOTICE_OVER: { status: 409, retryable: false, zh: '公示期已结束', en: 'The public notice is over' },
  NOT_THE_MAKER: { status: 403, retryable: false, zh: '不是该事项的经办人', en: 'Only the maker may do this' },
} as const satisfies Record<string, ErrorKind>;
