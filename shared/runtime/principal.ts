import * as z from 'zod';
import { bankIdText, personIdText } from '#shared/contracts/scalars.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import { ensure, FundError } from '#shared/errors/fund-error.ts';

/** Everybody who has to do with a fund, as tokens name them. */
export const ROLES = {
  officer: '经办',
  reviewer: '复核',
  committee: '投委',
  observer: '政府观察员',
  director: '基金负责人',
  treasurer: '出纳',
  accountant: '会计',
  auditor: '审计',
  bank: '合作银行',
  admin: '管理员',
  'science-bureau': '科技局',
  'finance-bureau': '财政局',
  'financial-office': '金融办',
} as const;
export type Role = keyof typeof ROLES;

/** Who calls, as the authorizer has verified it. */
export interface Principal {
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Funds the token is good for; a caller never names a fund outside it. */
  readonly funds: readonly string[];
  /** The cooperating bank the caller is a machine of. */
  readonly bank?: string;
}

/** Names of the claims, which differ between identity providers. */
export interface ClaimNames {
  readonly roles: string;
  readonly funds: string;
  readonly bank: string;
}

const claims = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** API Gateway hands over lists as `[a b]`, providers as `a b` or `a,b`. */
const words = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? value
        .replace(/^\[|\]$/g, '')
        .split(/[\s,]+/)
        .filter((word) => word !== '')
    : [];

/**
 * The caller, out of the claims of a verified token. Unknown roles are passed over.
 * @throws UNAUTHENTICATED when there are no claims, or no subject that a charter could name
 */
export const principalOf = (given: unknown, names: ClaimNames): Principal => {
  const parsed = claims.safeParse(given);
  const { data: subject } = personIdText.safeParse(parsed.data?.['sub']);
  if (parsed.data === undefined || subject === undefined) throw new FundError('UNAUTHENTICATED');
  const { name } = parsed.data;
  const { data: bank } = bankIdText.safeParse(parsed.data[names.bank]);
  return {
    subject,
    name: typeof name === 'string' && name !== '' ? name : subject,
    roles: words(parsed.data[names.roles]).filter((word): word is Role => Object.hasOwn(ROLES, word)),
    funds: words(parsed.data[names.funds]),
    ...(bank === undefined ? {} : { bank }),
  };
};

/** @throws ROLE_REQUIRED */
export const requireAnyRole = (principal: Principal, roles: readonly Role[]): void =>
  ensure(
    roles.some((role) => principal.roles.includes(role)),
    'ROLE_REQUIRED',
    { roles: roles.join(' ') },
  );

/** A foreign fund looks like none at all. @throws FUND_NOT_FOUND */
export const requireFund = (principal: Principal, fundId: string): void =>
  ensure(principal.funds.includes(fundId), 'FUND_NOT_FOUND', { fundId });

/** The bank whose filings a caller is confined to; undefined for the fund office. @throws BANK_NOT_NAMED */
export const confinedTo = ({ roles, bank }: Principal): string | undefined => {
  if (!roles.includes('bank')) return undefined;
  if (bank === undefined) throw new FundError('BANK_NOT_NAMED');
  return bank;
};

/** The bank a caller must be a machine of. @throws BANK_NOT_NAMED */
export const bankOf = (principal: Principal): string => {
  const bank = confinedTo(principal);
  if (bank === undefined) throw new FundError('BANK_NOT_NAMED');
  return bank;
};

/** The principal as the domain knows it: a person, or a bank's machine. */
export const actorOf = ({ subject, name, roles, bank }: Principal): Actor =>
  roles.includes('bank') && bank !== undefined
    ? { kind: 'bank', id: subject, name, roles, bank }
    : { kind: 'person', id: subject, name, roles };
