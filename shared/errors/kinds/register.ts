import type { ErrorKind } from '../error-kind.ts';

/** The zone's register of enterprises and demonstration banks. */
export const registerErrors = {
  NOT_THE_REGISTER: {
    status: 422,
    retryable: false,
    zh: '企业库不是基金账簿，二者不得混用',
    en: 'The register and the funds have books of their own',
  },
  FIRM_NOT_FOUND: { status: 404, retryable: false, zh: '企业未入库', en: 'The enterprise is not in the register' },
  FIRM_EXISTS: { status: 409, retryable: false, zh: '企业已入库', en: 'The enterprise is in the register already' },
  ALREADY_LISTED: { status: 409, retryable: false, zh: '已在该市场挂牌', en: 'Its shares are admitted there already' },
  REGISTER_FULL: { status: 409, retryable: false, zh: '登记条数已满', en: 'No more records fit on this enterprise' },
  BANK_NOT_FOUND: { status: 404, retryable: false, zh: '银行未获认定', en: 'The bank is not recognised' },
} as const satisfies Record<string, ErrorKind>;
