import type { ErrorKind } from '../error-kind.ts';

/** Equity that a fund acquires, holds and leaves. */
export const equityErrors = {
  QUANTITY_INVALID: {
    status: 400,
    retryable: false,
    zh: '数量无效',
    en: 'The quantity is not an exact decimal in range',
  },
  ACQUISITION_NOT_FOUND: { status: 404, retryable: false, zh: '投资不存在', en: 'There is no such acquisition' },
  PAYMENT_OPEN: {
    status: 409,
    retryable: false,
    zh: '付款已生成，请先取消付款',
    en: 'A payment has been made out for it; cancel that first',
  },
  HOLDING_NOT_FOUND: { status: 404, retryable: false, zh: '持股不存在', en: 'There is no such holding' },
  HOLDING_ON_SALE: { status: 409, retryable: false, zh: '有未完成的退出', en: 'A part of the holding is on sale' },
  LOTS_INSUFFICIENT: {
    status: 422,
    retryable: false,
    zh: '可退出的批次数量不足',
    en: 'The lots do not have that much to sell',
  },
  CAPITAL_EXCEEDS_COST: {
    status: 422,
    retryable: false,
    zh: '返还本金超过账面成本',
    en: 'More capital would be given back than the holding has cost',
  },
  EXIT_NOT_FOUND: { status: 404, retryable: false, zh: '退出不存在', en: 'There is no such exit' },
  EXIT_PARTLY_PAID: { status: 409, retryable: false, zh: '退出价款已有到账', en: 'Money has come for the exit' },
  DIVIDEND_NOT_FOUND: { status: 404, retryable: false, zh: '分配不存在', en: 'There is no such distribution' },
  DIVIDEND_EXISTS: { status: 409, retryable: false, zh: '分配编号已占用', en: 'The number is taken' },
  DIVIDEND_PARTLY_PAID: {
    status: 409,
    retryable: false,
    zh: '分配已有到账',
    en: 'Money has come for the distribution',
  },
} as const satisfies Record<string, ErrorKind>;
