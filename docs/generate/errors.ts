import { catalogue, ERROR_CODES, type ErrorCode } from '#shared/errors/catalogue.ts';

const INTRODUCTION = `# Error codes 错误代码

Made from \`shared/errors/\` by \`npm run docs\`; do not edit. A code, once published, is never reused for another meaning.

The API answers every refusal with a problem document (RFC 9457), titled in the caller's language (\`Accept-Language: zh\` or
\`en\`):

\`\`\`json
{
  "type": "/problems/CASE_CHANGED",
  "title": "内容已变更，请重新查看后决定",
  "status": 409,
  "code": "CASE_CHANGED",
  "instance": "the id by which the log is found",
  "retryable": false,
  "details": { "revision": "2", "payloadHash": "…" }
}
\`\`\`

- **Decide by \`code\`, never by title.** \`details\` holds the limits, values and ids that explain this one refusal.
- **Retry** yes means that the same request, with the same \`Idempotency-Key\`, may succeed later unchanged; a key whose request
  was refused is still good. Anything else must be changed first, or is as it should be.
- A command that came by a queue has no caller. Its refusal is an entry of type \`command.refused\` in the book, with the same
  code; it stays refused however often it is delivered.
- \`GET /problems/{code}\` answers the same as this page.
`;

const row = (code: ErrorCode): string => {
  const { status, retryable, zh, en } = catalogue[code];
  return `| \`${code}\` | ${status} | ${retryable ? 'yes' : 'no'} | ${zh} | ${en} |`;
};

/** The page of all error codes, by name. */
export const errorsPage = (): string =>
  [
    INTRODUCTION,
    '| code | HTTP | retry | 中文 | English |',
    '|---|---|---|---|---|',
    ...ERROR_CODES.toSorted().map(row),
    '',
  ].join('\n');
