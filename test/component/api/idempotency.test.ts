import { describe, expect, test } from 'vitest';
import { REGISTER_BOOK } from '#shared/domain/register/firm.ts';
import type { ApiRequest } from '../../support/api/client.ts';
import { applyThroughApi, callers, createOffice, foundThroughApi } from '../../support/api/office.ts';
import { application, approveLoan, company, contractOf, FUND, fundedWorld } from '../../support/world.ts';

const office = createOffice();
await foundThroughApi(office.api);
const { send } = office.api;

const apply = (n: number, key: string, changes: Partial<ApiRequest> = {}): ApiRequest => ({
  method: 'POST',
  path: `/funds/${FUND}/loans/applications`,
  as: callers.officer,
  key,
  body: application(n, 30_000_000n),
  ...changes,
});

describe('one request, one effect', () => {
  test('given a request that took effect, when it comes again, then it has the same answer and changes nothing', async () => {
    const first = await send(apply(1, 'twice-the-same'));
    const before = office.contents();
    const again = await send(apply(1, 'twice-the-same', { language: 'en' }));
    expect(first).toMatchObject({ status: 200, body: { replayed: false } });
    expect(again.body).toEqual({ ...first.body, replayed: true });
    expect(office.contents()).toBe(before);
  });

  test('given a key that was used, when it comes with other content, then it is refused and nothing changes', async () => {
    await send(apply(2, 'other-content'));
    const before = office.contents();
    const { status, body } = await send(apply(2, 'other-content', { body: application(2, 10_000_000n) }));
    expect({ status, code: body['code'] }).toEqual({ status: 422, code: 'COMMAND_ID_REUSED' });
    expect(office.contents()).toBe(before);
  });

  test('given the key of somebody else, then it is a command of its own', async () => {
    const mine = await send(apply(3, 'shared-key'));
    const theirs = await send(apply(4, 'shared-key', { as: callers.otherOfficer }));
    expect(theirs).toMatchObject({ status: 200, body: { replayed: false } });
    expect(theirs.body['id']).not.toBe(mine.body['id']);
  });

  test('given a key used on one route, when it comes on another, then it is a command of its own', async () => {
    const { body } = await send(apply(5, 'two-routes'));
    const path = `/funds/${FUND}/cases/${body['id']}/withdrawals`;
    const withdrawn = await send({
      method: 'POST',
      path,
      as: callers.officer,
      key: 'two-routes',
      body: { reason: '撤' },
    });
    expect(withdrawn).toMatchObject({ status: 200, body: { replayed: false, state: { status: 'withdrawn' } } });
  });

  test('given the same path written otherwise, then it is the same command', async () => {
    const first = await send(apply(6, 'slash-at-the-end'));
    const again = await send(apply(6, 'slash-at-the-end', { path: `/funds/${FUND}/loans/applications/` }));
    expect(again.body).toEqual({ ...first.body, replayed: true });
  });

  test('given a request that was refused, when it comes again mended, then its key is still good', async () => {
    const refused = await send(apply(7, 'mended-later', { body: application(7, 31_000_000n) }));
    expect(refused.body['code']).toBe('ENTERPRISE_LIMIT_EXCEEDED');
    expect(await send(apply(7, 'mended-later'))).toMatchObject({ status: 200, body: { replayed: false } });
  });

  test('given the same request five times at once, then it takes effect once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(apply(8, 'all-at-once'))));
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map((a) => a.body['id'])).size).toBe(1);
    expect(answers.filter((a) => a.body['replayed'] === false)).toHaveLength(1);
  });
});

describe('a thing that the body names', () => {
  const contracts = async () => {
    const world = await fundedWorld();
    const cases = [await approveLoan(world, 1, 30_000_000n), await approveLoan(world, 2, 30_000_000n)] as const;
    const { api } = createOffice(world);
    const contract = (caseId: string, changes: object = {}) =>
      api.send({
        method: 'POST',
        path: `/funds/${FUND}/loans/contracts`,
        as: callers.treasurer,
        key: 'one-key-two-cases',
        body: { ...contractOf(world, caseId), ...changes },
      });
    return { world, cases, contract };
  };

  test('given a key used for one case, when it comes for another, then that is a command with an id of its own', async () => {
    const { world, cases, contract } = await contracts();
    const before = world.entries().length;
    const answers = [await contract(cases[0]), await contract(cases[1])];
    expect(answers.map((a) => [a.status, a.body['replayed']])).toEqual([
      [200, false],
      [200, false],
    ]);
    const ids = world
      .entries()
      .slice(before)
      .map((e) => e.commandId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });

  test('given the same case again, then it is the same command, and refused with other content', async () => {
    const { world, cases, contract } = await contracts();
    const first = await contract(cases[0]);
    const before = world.entries().length;
    expect((await contract(cases[0])).body).toEqual({ ...first.body, replayed: true });
    const other = await contract(cases[0], { contractNumber: '另一合同' });
    expect({ status: other.status, code: other.body['code'] }).toEqual({ status: 422, code: 'COMMAND_ID_REUSED' });
    expect(world.entries()).toHaveLength(before);
  });

  test('given a key used for one firm, when it comes for another, then that is a command with an id of its own', async () => {
    const { api, world } = createOffice();
    const enrol = (n: number) =>
      api.send({
        method: 'POST',
        path: `/funds/${REGISTER_BOOK}/firms`,
        as: { ...callers.officer, funds: [REGISTER_BOOK] },
        key: 'one-key-two-firms',
        body: {
          firmId: company(n).id,
          name: `入库企业甲${n}号`,
          registeredOn: '2016-05-20',
          industry: '智能装备',
          technology: true,
        },
      });
    expect([(await enrol(1)).status, (await enrol(2)).status]).toEqual([200, 200]);
    expect(new Set(world.entries().map((e) => e.commandId)).size).toBe(2);
  });
});

describe('many commands in one request', () => {
  const bulk = (items: readonly object[], key: string): ApiRequest => ({
    method: 'POST',
    path: `/funds/${FUND}/approvals`,
    as: callers.director,
    key,
    body: { items },
  });
  const rowOf = ({ caseId, shown }: Awaited<ReturnType<typeof applyThroughApi>>) => ({ caseId, ...shown });

  test('given rows of which none may be, then each has its own refusal and nothing changes', async () => {
    const rows = [rowOf(await applyThroughApi(office.api, 20)), rowOf(await applyThroughApi(office.api, 21))];
    const before = office.contents();
    const stale = rows.map((row, i) => (i === 0 ? row : { ...row, revision: 2 }));
    const { status, body } = await send(bulk([...stale, { ...rows[0], caseId: 'CS-ZZZZZZZZZZZZ' }], 'bulk-refused'));
    expect(status).toBe(200);
    expect(body['items']).toMatchObject([
      { status: 'refused', target: rows[0]?.caseId, problem: { code: 'STATE_INVALID', title: '当前状态不允许该操作' } },
      { status: 'refused', target: rows[1]?.caseId, problem: { code: 'STATE_INVALID' } },
      { status: 'refused', target: 'CS-ZZZZZZZZZZZZ', problem: { code: 'CASE_NOT_FOUND', status: 404 } },
    ]);
    expect(office.contents()).toBe(before);
  });

  test.each([
    ['no rows', 0],
    ['21 rows', 21],
  ])('given %s, then the request is refused', async (_, count) => {
    const items = Array.from({ length: count }, (_, i) => ({
      caseId: `CS-${String(i).padStart(12, '0')}`,
      revision: 1,
      payloadHash: 'A'.repeat(43),
    }));
    const { body } = await send(bulk(items, 'bulk-size-of-rows'));
    expect(body['code']).toBe('REQUEST_INVALID');
  });

  test('given the same row twice, then the request is refused', async () => {
    const row = { caseId: 'CS-000000000001', revision: 1, payloadHash: 'A'.repeat(43) };
    const { body } = await send(bulk([row, { ...row, revision: 2 }], 'bulk-same-row'));
    expect(body['code']).toBe('REQUEST_INVALID');
  });
});
