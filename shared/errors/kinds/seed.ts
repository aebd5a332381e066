import type { ErrorKind } from '../error-kind.ts';

/** What a seed fund may own, convert and sell. */
export const seedErrors = {
  FUND_RUNNING_OFF: {
    status: 409,
    retryable: false,
    zh: '基金已进入清退期，不得新增投放',
    en: 'The fund is being run off and takes on nothing new',
  },
  FUND_NOT_RUNNING_OFF: {
    status: 409,
    retryable: false,
    zh: '基金循环使用，未到退还阶段',
    en: 'The fund revolves; money is not given back yet',
  },
  LENDING_CLOSED: { status: 422, retryable: false, zh: '现行办法不再发放贷款', en: 'The rules give no more loans' },
  FURTHER_PURCHASE_REFUSED: {
    status: 422,
    retryable: false,
    zh: '存续期间不增资',
    en: 'Nothing more is bought of what is held already',
  },
  SHARE_TOO_LARGE: {
    status: 422,
    retryable: false,
    zh: '持股比例超过上限（参股不控股）',
    en: 'The fund would hold more than a minority share',
  },
  MILESTONES_INVALID: {
    status: 422,
    retryable: false,
    zh: '里程碑数量、编号或期限不符合规定',
    en: 'The milestones are too many, named twice or due already',
  },
  MILESTONE_NOT_FOUND: { status: 404, retryable: false, zh: '里程碑不存在', en: 'There is no such milestone' },
  MILESTONE_MET: { status: 409, retryable: false, zh: '里程碑已确认达成', en: 'The milestone was confirmed already' },
  MILESTONE_LATE: {
    status: 422,
    retryable: false,
    zh: '里程碑逾期达成，不能转股',
    en: 'The milestone was met after its day',
  },
  MILESTONES_OPEN: {
    status: 409,
    retryable: false,
    zh: '里程碑尚未全部达成',
    en: 'Milestones agreed for the conversion are still open',
  },
  AGREED_VALUE_DIFFERS: {
    status: 422,
    retryable: false,
    zh: '转股估值与约定不一致',
    en: 'The value is not the one that holds by agreement',
  },
  CLAIM_CHANGED: {
    status: 409,
    retryable: false,
    zh: '债权金额已变化，需重新决策',
    en: 'The claim is not what was decided on; decide anew',
  },
  APPRAISAL_REQUIRED: { status: 422, retryable: false, zh: '须经评估', en: 'An appraisal is required' },
  APPRAISAL_TOO_OLD: { status: 422, retryable: false, zh: '评估报告已过有效期', en: 'The appraisal is out of date' },
  PRICE_BELOW_FLOOR: {
    status: 422,
    retryable: false,
    zh: '转股价格低于底价',
    en: 'The price lies below the floor set by the last round',
  },
  NOT_A_CONVERSION: { status: 422, retryable: false, zh: '该投资不是债转股', en: 'It was not acquired for a claim' },
  BUYER_CLASS_REQUIRED: {
    status: 422,
    retryable: false,
    zh: '须说明受让方类别',
    en: 'Say which class of buyers this one is of',
  },
  PRE_EMPTION_OPEN: {
    status: 422,
    retryable: false,
    zh: '优先受让方尚未放弃',
    en: 'Buyers with an earlier turn have not waived it',
  },
  PRICE_TOO_LOW: {
    status: 422,
    retryable: false,
    zh: '退出价格低于规定',
    en: 'The price is lower than the rules allow',
  },
  DIVIDEND_WAIVED: {
    status: 422,
    retryable: false,
    zh: '约定年限内不参与分红',
    en: 'The fund takes no dividend in the first years',
  },
} as const satisfies Record<string, ErrorKind>;
