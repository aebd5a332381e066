import type { ErrorKind } from '../error-kind.ts';

/** What the edge of the API refuses. */
export const requestsErrors = {
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
  INTERNAL: { status: 500, retryable: true, zh: '系统内部错误', en: 'Something went wrong inside' },
} as const satisfies Record<string, ErrorKind>;
