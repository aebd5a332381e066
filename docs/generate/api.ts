import { describedRoutes, docsRoutes } from '#functions/docs/routes.ts';
import { READERS } from '#shared/runtime/people.ts';
import { ROLES } from '#shared/runtime/principal.ts';
import type { Route } from '#shared/runtime/route.ts';

const INTRODUCTION = `# The API 接口一览

Made from \`functions/*/routes.ts\` by \`npm run docs\`; do not edit. The full contract, with every body and answer, is served as
OpenAPI 3.1 at \`/openapi.json\`; what can go wrong is in [errors.md](errors.md).

- \`Authorization: Bearer <access token>\` of the configured OpenID issuer. Its claims say which roles and which funds the caller has.
- Every POST needs an \`Idempotency-Key\` (8 to 64 letters, digits, \`.\`, \`_\`, \`-\`). The same key from the same caller on the same
  path takes effect once, however often it is sent; with another body it is refused, unless that body names another case, firm,
  bank, enterprise or contract: then it is another command.
- Amounts are texts of whole fen (\`"30000000"\` is 300,000.00 yuan), dates \`yyyy-mm-dd\`. Unknown members are refused.
- Lists come in pages: \`?limit=1..100\` and the \`cursor\` of the page before. Where rows have a status, \`?status=\` asks for
  those of one; such a page may be short, or empty, and still have a cursor.
- \`Accept-Language: zh\` or \`en\` chooses the words of an answer; codes are the same in both.
`;

const OFFICE = [...READERS].sort().join();

const who = ({ roles }: Route): string => {
  if (roles.length === 0) return 'everybody, no token';
  if ([...roles].sort().join() === OFFICE) return '基金办全体 everybody but banks';
  return roles.map((role) => `${ROLES[role]} ${role}`).join(', ');
};

const row = (route: Route): string =>
  `| ${route.method} \`${route.path}\` | ${route.summary.zh} | ${route.summary.en} | ${who(route)} |`;

/** The page of all routes and of who may call them. */
export const apiPage = (): string =>
  [
    INTRODUCTION,
    '| route | 用途 | what it does | who |',
    '|---|---|---|---|',
    ...[...describedRoutes(), ...docsRoutes('')].map(row),
    '',
  ].join('\n');
