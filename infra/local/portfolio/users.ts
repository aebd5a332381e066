import * as z from 'zod';
import { bankIdText, lineText, personIdText } from '#shared/contracts/scalars.ts';
import { REGISTER_BOOK } from '#shared/domain/register/firm.ts';
import { ROLES, type Role } from '#shared/runtime/principal.ts';
import type { LocalUser } from '../identity/users.ts';
import { fundsOf, type Portfolio } from './portfolio.ts';

/** Those the loader acts as, whatever else the charters call for, and the roles they must have. */
const ACTING: Readonly<Record<string, Role>> = {
  'admin-1': 'admin',
  'officer-1': 'officer',
  'reviewer-1': 'reviewer',
  'director-1': 'director',
  'treasurer-1': 'treasurer',
  'auditor-1': 'auditor',
};

const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text);

/**
 * `users.json`: the zone's people, who have to do with all its funds, and its banks' machines, who have to do with those that
 * cover loans.
 */
export const usersOf = (files: Pick<Portfolio, 'fund' | 'covers' | 'guidance'>) =>
  z
    .strictObject({
      people: z.array(
        z.strictObject({ id: personIdText, name: lineText(40), role: z.string().refine(isRole, 'no role') }),
      ),
      machines: z.array(z.strictObject({ id: personIdText, name: lineText(40), bank: bankIdText })),
    })
    .check(({ value: { people }, issues }) => {
      for (const [id, role] of Object.entries(ACTING))
        if (!people.some((p) => p.id === id && p.role === role))
          issues.push({
            code: 'custom',
            message: `${id} with the role ${role} is missing`,
            path: ['people'],
            input: people,
          });
    })
    .transform(({ people, machines }): readonly LocalUser[] => {
      const all = [...fundsOf(files).map((f) => f.fundId), REGISTER_BOOK];
      const covering = files.covers.map((c) => c.fund.fundId);
      return [
        ...people.map(({ id, name, role }) => ({ id, name, roles: [role], funds: all })),
        ...machines.map(({ id, name, bank }) => ({ id, name, roles: ['bank' as const], funds: covering, bank })),
      ];
    });
