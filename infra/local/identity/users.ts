import sba from '#shared/charters/sba-7a.json' with { type: 'json' };
import type { Role } from '#shared/runtime/principal.ts';

/** Somebody who can sign in at the local provider. All names are made up. */
export interface LocalUser {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Funds the user has to do with, as the `funds` claim carries them. */
  readonly funds: readonly string[];
  /** The cooperating bank the user is a machine of, as the `bank` claim names it. */
  readonly bank?: string;
}

/** The funds of the article, and the zone's register of enterprises. */
const FUNDS = ['seed', 'kv', 'sme', 'equipment', 'imaging', 'zone'];
/** Funds of those who also act for the reference fund of real loans. */
const BOTH = [...FUNDS, sba.fundId];
const user = (id: string, name: string, role: Role, funds = FUNDS): LocalUser => ({ id, name, roles: [role], funds });
const machineOf = (id: string, bank: string, name: string, funds = ['kv', 'sme']): LocalUser => ({
  id,
  name,
  roles: ['bank'],
  funds,
  bank,
});

/** The machine of a lender of the reference fund of real loans. */
export const lenderUserOf = (bankId: string): string => `sba-${bankId}`;

/** The reference portfolio's people: one user for each role, and as many as a case needs to pass through different hands. */
export const USERS: readonly LocalUser[] = [
  user('officer-1', '陈思远', 'officer'),
  user('officer-2', '林晓芸', 'officer'),
  user('reviewer-1', '周敏', 'reviewer'),
  user('committee-1', '吴建国', 'committee'),
  user('committee-2', '郑雅文', 'committee'),
  user('committee-3', '冯立', 'committee'),
  user('committee-4', '蒋海波', 'committee'),
  user('committee-5', '沈玉兰', 'committee'),
  user('observer-1', '罗明', 'observer'),
  user('director-1', '韩志强', 'director', BOTH),
  user('treasurer-1', '杨柳', 'treasurer', BOTH),
  user('accountant-1', '朱文静', 'accountant', BOTH),
  user('auditor-1', '秦正', 'auditor'),
  user('admin-1', '许安', 'admin', BOTH),
  user('science-1', '何科', 'science-bureau'),
  user('finance-1', '吕慧', 'finance-bureau', BOTH),
  user('office-1', '施展', 'financial-office'),
  machineOf('bank-1', 'rcb', '重庆农村商业银行接口'),
  machineOf('bank-2', 'cqb', '重庆银行接口'),
  machineOf('bank-3', 'bank-c', '合作银行丙接口'),
  machineOf('bank-4', 'bank-d', '合作银行丁接口'),
  ...sba.banks.map(({ id }) => machineOf(lenderUserOf(id), id, '小企业贷款样本银行接口', [sba.fundId])),
];

/** The user of that id. Throws when there is none. */
export function userById(id: string, users: readonly LocalUser[] = USERS): LocalUser {
  const found = users.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no local user ${id}`);
  return found;
}
