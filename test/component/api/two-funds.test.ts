import { describe, expect, test } from 'vitest';
import { type ApiRequest, succeed } from '../../support/api/client.ts';
import { applyThroughApi, callers, createOffice, foundThroughApi } from '../../support/api/office.ts';

const office = createOffice();
await foundThroughApi(office.api, 'seed');
await foundThroughApi(office.api, 'other');
const { caseId, shown } = await applyThroughApi(office.api, 1, 'seed');

/** Works for both funds, so that only the fund of the path keeps them apart. */
const both = (caller: ApiRequest['as']): ApiRequest['as'] =>
  caller === undefined ? undefined : { ...caller, funds: ['seed', 'other'] };

describe('one fund’s things seen through another', () => {
  test.each([
    ['read', { method: 'GET', path: `/funds/other/cases/${caseId}`, as: callers.auditor }],
    [
      'review',
      {
        method: 'POST',
        path: `/funds/other/cases/${caseId}/reviews`,
        as: callers.reviewer,
        body: { ...shown, opinion: 'pass', comment: '同意' },
      },
    ],
    [
      'withdraw',
      { method: 'POST', path: `/funds/other/cases/${caseId}/withdrawals`, as: callers.officer, body: { reason: '撤' } },
    ],
  ] satisfies [string, ApiRequest][])('%s: as if it were not there', async (_, request) => {
    const before = office.contents();
    const answer = await office.api.send({ ...request, as: both(request.as) });
    expect(answer).toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
    expect(office.contents()).toBe(before);
  });

  test('given the lists and the book of the other fund, then nothing of this one is in them', async () => {
    const read = (path: string) =>
      succeed(office.api, { method: 'GET', path: `/funds/other${path}`, as: both(callers.auditor) });
    const texts = [await read('/cases'), await read('/books/entries'), await read(`/views/case/${caseId}/timeline`)];
    expect(JSON.stringify(texts)).not.toContain('示例科技');
    expect(texts[2]).toMatchObject({ items: [] });
  });

  test('given a body that names another fund, then it is refused', async () => {
    const before = office.contents();
    const document = office.world.ledger.state.get('seed#charter#1')?.['state'];
    const answer = await office.api.send({
      method: 'POST',
      path: '/funds/other/charters',
      as: both(callers.admin),
      body: { charter: { ...(document as object), version: 2 } },
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'CHARTER_INVALID' } });
    expect(office.contents()).toBe(before);
  });
});
