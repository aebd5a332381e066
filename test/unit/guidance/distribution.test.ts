import { describe, expect, test } from 'vitest';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { lastLines, linesOf, netFen } from '#test/support/books.ts';
import {
  agree,
  approve,
  approveDistribution,
  distributionOf,
  guidanceWorld,
  invest,
  pay,
  payees,
  payIn,
  propose,
  receive,
  recognise,
} from '#test/support/guidance-world.ts';
import { bankLine, caseIdOf, headOf, people, shownOf, WAN, type World } from '#test/support/world.ts';

const totalsOf = async (world: World, id: string) =>
  Object.fromEntries(((await world.read('distribution', id))?.parts ?? []).map((p) => [p.contributor, p.amountFen]));

/** Sells what was bought for 1,000万 at twice the price, five years after the capital of 1,000万 came. */
const rich = async (changes: object = {}) => {
  const world = await guidanceWorld(changes, 1_000n * WAN);
  const { holdingId } = await invest(world, 1, 1_000n * WAN);
  world.clock.set('2023-03-01');
  const exit = {
    holdingId,
    quantity: '10000000',
    method: 'transfer',
    buyer: '示例装备集团有限公司',
    proceedsFen: String(2_000n * WAN),
    priceBasis: '评估报告',
    documents: [],
  };
  const caseId = await propose(world, 'sell all', 'exit.propose', { exit });
  await approve(world, caseId);
  await receive(world, caseId.replace('CS-', 'EX-'), 2_000n * WAN);
  return world;
};

describe('a distribution', () => {
  test('given twice the capital after five years, when it is distributed, then the book is that of the waterfall', async () => {
    const world = await rich();
    const { distributionId, payIds } = await approveDistribution(world, 2_000n * WAN);
    const distribution = await world.read('distribution', distributionId);
    const sum = (tier: 'capitalFen' | 'hurdleFen' | 'catchUpFen' | 'splitFen') =>
      distribution?.shares.reduce((all, s) => all + s[tier], 0n);
    expect(sum('capitalFen')).toBe(1_000n * WAN);
    expect(sum('hurdleFen')).toBe(469_328_077n);
    expect(sum('catchUpFen')).toBe(117_332_019n);
    expect(lastLines(world, 'case.approved')).toContain('debit 4001 600000000');
    expect(netFen(world, '4001')).toBe(0n);
    // The manager's fifth of the profit is 200万, of which three tenths stay until the end.
    expect(await world.read('partner', 'manager')).toMatchObject({
      escrowFen: 60n * WAN - 1n,
      owedFen: 60n * WAN - 1n,
    });
    for (const payId of payIds.values()) await pay(world, payId);
    expect(await world.read('distribution', distributionId)).toMatchObject({ status: 'done' });
    expect(netFen(world, '2232')).toBe(-(60n * WAN - 1n));
    expect(netDebitFen(linesOf(world))).toBe(0n);
    expect(await headOf(world)).toMatchObject({
      bankFen: 60n * WAN - 1n,
      heldFen: 0n,
      inTransitFen: 0n,
      paidInFen: 0n,
    });
  });

  test('given the last distribution, when it comes, then the escrow is paid with it', async () => {
    const world = await rich();
    await approveDistribution(world, 2_000n * WAN);
    const { distributionId } = await approveDistribution(world, 0n, { final: true });
    expect(await totalsOf(world, distributionId)).toEqual({ manager: 60n * WAN - 1n });
    expect(await world.read('partner', 'manager')).toMatchObject({ escrowFen: 0n, owedFen: 0n });
  });

  test('given a case that shows parts, when something changes before it is approved, then it is stale', async () => {
    const world = await rich();
    const first = await propose(world, 'first', 'distribution.propose', {
      distribution: distributionOf(world, 900n * WAN),
    });
    const second = await propose(world, 'second', 'distribution.propose', {
      distribution: distributionOf(world, 900n * WAN),
    });
    await approve(world, first);
    await agree(world, second);
    const shown = { caseId: second, ...(await shownOf(world, second)) };
    await world.run('case.approve', shown, people.director);
    expect(await world.refusal('case.approve', shown, people.finance)).toBe('DISTRIBUTION_STALE');
  });

  test('given a payment that is given up, when the next distribution comes, then it is owed and paid with that', async () => {
    const world = await rich();
    const { distributionId, payIds } = await approveDistribution(world, 100n * WAN);
    await world.run('payment.cancel', { payId: payIds.get('state'), reason: '账户已销户' }, people.director);
    expect(await world.read('partner', 'state')).toMatchObject({ owedFen: 39n * WAN });
    expect((await headOf(world)).heldFen).toBe(61n * WAN);
    expect((await world.read('distribution', distributionId))?.parts.map((p) => p.outcome)).toEqual([
      'open',
      'cancelled',
      'open',
    ]);
    const next = await approveDistribution(world, 100n * WAN);
    expect(await totalsOf(world, next.distributionId)).toEqual({ zone: 60n * WAN, state: 78n * WAN, manager: WAN });
  });

  test('given a payment the bank refuses, when it is released again, then it is paid once', async () => {
    const world = await rich();
    const { distributionId, payIds } = await approveDistribution(world, 100n * WAN);
    const payId = payIds.get('zone') ?? '';
    await world.run('payment.release', { payId }, people.treasurer);
    await world.run('payment.instruct', { payId });
    await world.run('payment.bounce', { paymentId: `${payId}-P1`, reasonCode: 'AC04', reasonText: '账户已销户' });
    for (const each of payIds.values()) await pay(world, each);
    expect(await world.read('distribution', distributionId)).toMatchObject({ status: 'done' });
    expect(netFen(world, '2232')).toBe(0n);
  });

  test('given policy targets met, when above the hurdle, then the government concedes half of its gain there', async () => {
    const world = await rich();
    const before = distributionOf(world, 2_000n * WAN);
    const without = await propose(world, 'without', 'distribution.propose', { distribution: before });
    expect((await world.read('proposal', without))?.checks).toEqual([
      { label: '让利政策目标 return-investment', passed: false },
    ]);
    await world.run('case.withdraw', { caseId: without, reason: '等待返投认定' }, people.officer);
    await recognise(world, 2, 400n * WAN);
    const { distributionId } = await approveDistribution(world, 2_000n * WAN);
    const shares = (await world.read('distribution', distributionId))?.shares ?? [];
    const zone = shares.find((s) => s.contributor === 'zone');
    expect(zone?.concededFen).toBe(-(zone?.splitFen ?? 0n) / 2n);
    expect(shares.reduce((sum, s) => sum + s.concededFen, 0n)).toBe(0n);
  });

  test('given carry paid and money lost afterwards, when the fund ends, then the manager pays back and others get it', async () => {
    const world = await rich({ waterfall: { escrow: '0' }, term: { investmentYears: 8 } });
    await approveDistribution(world, 2_000n * WAN);
    await payIn(world, 100n * WAN);
    const { holdingId } = await invest(world, 2, 100n * WAN - 100n);
    const writeOff = { writeOff: { holdingId, reason: '破产', documents: [] } };
    await approve(world, await propose(world, 'lost', 'holding.propose-write-off', writeOff));
    const { distributionId } = await approveDistribution(world, 100n, { final: true });
    const dueFen = (await world.read('distribution', distributionId))?.clawbackDueFen ?? 0n;
    expect(dueFen).toBe(100n * WAN - 100n);
    expect(netFen(world, '1221', distributionId)).toBe(dueFen);
    await receive(world, distributionId, dueFen + 5n);
    expect(netFen(world, '1221', distributionId)).toBe(0n);
    expect(netFen(world, '2241')).toBe(-5n);
    const last = await approveDistribution(world, dueFen, { final: true });
    expect(await totalsOf(world, last.distributionId)).toEqual({
      zone: 60n * WAN - 60n,
      state: 39n * WAN - 39n,
      manager: WAN - 1n,
    });
    expect((await headOf(world)).paidInFen).toBe(0n);
    await receive(world, distributionId, 1n);
    expect(world.entries().at(-1)?.type).toBe('bank-line.unmatched');
  });

  test('given a fund whose government may not roll, when another account is named, then it is refused', async () => {
    const treasury = { name: '永川区财政国库', number: '310009000000000001', bankCode: '011653000014' };
    const world = await guidanceWorld({ parties: { treasury } }, 100n * WAN);
    const propose_ = (accounts: object) =>
      world.refusal(
        'distribution.propose',
        { caseId: caseIdOf('treasury'), distribution: distributionOf(world, WAN, { payees: accounts }) },
        people.officer,
      );
    expect(await propose_(payees)).toBe('TREASURY_ACCOUNT_REQUIRED');
    const right = payees.map((p) => (p.contributor === 'zone' ? { ...p, account: treasury } : p));
    expect(await propose_(right)).toBe('applied');
  });

  test('given nothing to give, nobody to give it to, or a day that cannot be, when it is proposed, then it is refused', async () => {
    const world = await guidanceWorld({}, 100n * WAN);
    const refused = (changes: object, amountFen = WAN) =>
      world.refusal(
        'distribution.propose',
        { caseId: caseIdOf('refused'), distribution: distributionOf(world, amountFen, changes) },
        people.officer,
      );
    expect(await refused({}, 0n)).toBe('NOTHING_TO_DISTRIBUTE');
    expect(await refused({ payees: payees.slice(1) })).toBe('PAYEES_INCOMPLETE');
    expect(await refused({ asOf: '2018-03-02' })).toBe('DATE_INVALID');
    expect(await refused({ asOf: '2018-02-28' })).toBe('DATE_INVALID');
    const empty = await guidanceWorld({}, 0n);
    const nobody = { caseId: caseIdOf('empty'), distribution: distributionOf(empty, WAN) };
    expect(await empty.refusal('distribution.propose', nobody, people.officer)).toBe('NOTHING_TO_DISTRIBUTE');
  });

  test('given less money than is to be distributed, when it is approved, then the approval is refused', async () => {
    const world = await guidanceWorld({}, 100n * WAN);
    const distribution = distributionOf(world, 101n * WAN);
    const caseId = await propose(world, 'too much', 'distribution.propose', { distribution });
    await agree(world, caseId);
    const shown = { caseId, ...(await shownOf(world, caseId)) };
    await world.run('case.approve', shown, people.director);
    expect(await world.refusal('case.approve', shown, people.finance)).toBe('FUNDS_INSUFFICIENT');
  });
});

describe('capital of a guidance fund', () => {
  test('given a call the government shares in, when no budget document is named, then it is refused', async () => {
    const world = await guidanceWorld({}, 0n);
    const call = { callId: 'CC-000000000001', amountFen: '100', dueOn: '2018-04-01', documentNumber: '出资通知' };
    expect(await world.refusal('capital.call', call, people.director)).toBe('BUDGET_DOCUMENT_REQUIRED');
    await world.run('capital.call', { ...call, budgetDocumentNumber: '永财预〔2018〕1号' }, people.director);
    expect(await world.read('call', 'CC-000000000001')).toMatchObject({ budgetDocumentNumber: '永财预〔2018〕1号' });
  });

  test('given money that the bank booked earlier, when it is heard of, then the preferred return runs from that day', async () => {
    const world = await guidanceWorld({}, 0n);
    const call = { callId: 'CC-000000000001', amountFen: '100', dueOn: '2018-04-01', documentNumber: '出资通知' };
    await world.run('capital.call', { ...call, budgetDocumentNumber: '永财预〔2018〕1号' }, people.director);
    const line = bankLine('credit', 60n, '2018-02-20');
    await world.run('capital.receive', { callId: call.callId, contributor: 'zone', line });
    expect(await world.read('partner', 'zone')).toMatchObject({ paidIn: [{ on: '2018-02-20', amountFen: 60n }] });
  });
});
