import { ROLES } from '#shared/runtime/principal.ts';
import type { Language } from '#shared/runtime/problem.ts';
import type { LocalUser } from '../identity/users.ts';
import { tableOf } from '../report/print.ts';
import type { LocalOffice } from './office.ts';
import { WORDS } from './words.ts';

/** How to use the office: its address, its people, and a request that works when copied. */
export const greetingOf = (
  { apiUrl, issuer, today }: Pick<LocalOffice, 'apiUrl' | 'issuer' | 'today'>,
  {
    language,
    directory,
    fundId,
    users,
  }: {
    readonly language: Language;
    readonly directory: string;
    readonly fundId: string;
    readonly users: readonly LocalUser[];
  },
): readonly string[] => {
  const words = WORDS[language];
  const elsewhere = directory === '.local' ? '' : ` --directory ${directory}`;
  const token = (userId: string) => `npm run -s token -- ${userId}${elsewhere}`;
  const world = (what: string) => `  npm run -s world -- ${what}${elsewhere}`;
  return [
    '',
    words.serving(apiUrl, issuer, today()),
    '',
    words.users,
    ...tableOf(
      [
        { title: '', cell: (user) => `  ${user.id}` },
        { title: '', cell: (user) => user.name },
        { title: '', cell: (user) => user.roles.map((role) => `${ROLES[role]} ${role}`).join(', ') },
      ],
      users,
    ).slice(1),
    '',
    `${words.token}:`,
    `  ${token('officer-1')}`,
    `${words.example}:`,
    `  curl -s -H "authorization: Bearer $(${token('auditor-1')})" '${apiUrl}/funds/${fundId}/loans?limit=3'`,
    `${words.world}:`,
    world('next-day'),
    world("pay-in --amount 1000.00 --payer '某公司' --remittance 'LN-…'"),
    '',
    words.keys(process.stdin.isTTY === true),
  ];
};
