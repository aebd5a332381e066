import { describe, expect, test } from 'vitest';
import { lastLines, netFen } from '#test/support/books.ts';
import {
  approveInvestment,
  contractFor,
  guidanceWorld,
  invest,
  pay,
  registration,
} from '#test/support/guidance-world.ts';
import { bankLine, company, HASH, headOf, people, WAN } from '#test/support/world.ts';

const agent = { name: '示例律师事务所', number: '622200009999', bankCode: '314653000011' };

describe('acquiring equity', () => {
  test('given an approved investment, when it is contracted, paid and registered, then a lot at its cost is held', async () => {
    const world = await guidanceWorld();
    const { acquisitionId, holdingId } = await invest(world, 1, 500n * WAN);
    expect(await world.read('acquisition', acquisitionId)).toMatchObject({ status: 'done', lot: 1 });
    expect(await world.read('holding', holdingId)).toMatchObject({
      status: 'active',
      lots: [{ no: 1, costFen: 500n * WAN, source: acquisitionId, registered: true }],
    });
    expect(lastLines(world, 'payment.instructed')).toEqual(['debit 1101.01 500000000', 'credit 1002 500000000']);
    expect(await headOf(world)).toMatchObject({ bankFen: 9_500n * WAN, heldFen: 0n, inTransitFen: 0n });
    expect(await world.read('portfolio', 'all')).toMatchObject({ exposureFen: 500n * WAN, costFen: 500n * WAN });
  });

  test('given a register that is faster than the bank, when the money leaves, then the lot is registered at once', async () => {
    const world = await guidanceWorld();
    const { acquisitionId, holdingId } = await approveInvestment(world, 1, 500n * WAN);
    await world.run('acquisition.contract', contractFor(world, acquisitionId), people.officer);
    await world.run('acquisition.register', registration(world, acquisitionId), people.officer);
    const acquisition = await world.read('acquisition', acquisitionId);
    expect(acquisition?.status).toBe('registered');
    await pay(world, acquisition?.payId ?? '');
    expect(await world.read('acquisition', acquisitionId)).toMatchObject({ status: 'done' });
    expect(await world.read('holding', holdingId)).toMatchObject({ status: 'active' });
  });

  test('given a paid lot that is not registered, when it is looked at, then the holding is not active yet', async () => {
    const world = await guidanceWorld();
    const { acquisitionId, holdingId } = await approveInvestment(world, 1, 500n * WAN);
    await world.run('acquisition.contract', contractFor(world, acquisitionId), people.officer);
    await pay(world, (await world.read('acquisition', acquisitionId))?.payId ?? '');
    expect(await world.read('holding', holdingId)).toMatchObject({ status: 'unregistered' });
  });

  test('given transaction fees, when they are paid, then they are spent and not part of the cost', async () => {
    const world = await guidanceWorld();
    const fees = [{ what: '律师费', amountFen: String(2n * WAN), payee: agent }];
    const { acquisitionId, holdingId } = await approveInvestment(world, 1, 500n * WAN, { fees });
    expect((await headOf(world)).heldFen).toBe(502n * WAN);
    await world.run('acquisition.contract', contractFor(world, acquisitionId), people.officer);
    const digests =
      world
        .entries()
        .at(-1)
        ?.digests?.filter((d) => d.type === 'payment') ?? [];
    for (const { id } of digests) await pay(world, id);
    expect(netFen(world, '1101.01', holdingId)).toBe(500n * WAN);
    expect(netFen(world, '6111')).toBe(2n * WAN);
    expect(await headOf(world)).toMatchObject({ heldFen: 0n, bankFen: 9_498n * WAN });
  });

  test('given a second purchase of the same class, when it is paid, then the holding has two lots', async () => {
    const world = await guidanceWorld();
    await invest(world, 1, 500n * WAN, { totalQuantity: '100000000' });
    const { holdingId } = await invest(world, 1, 300n * WAN, { totalQuantity: '100000000' });
    const holding = await world.read('holding', holdingId);
    expect(holding?.lots.map((l) => [l.no, l.costFen])).toEqual([
      [1, 500n * WAN],
      [2, 300n * WAN],
    ]);
    expect(await world.read('enterprise', company(1).id)).toMatchObject({ equity: { exposureFen: 800n * WAN } });
  });

  test('given a payment the bank refuses, when it is released again, then one lot and one voucher stand', async () => {
    const world = await guidanceWorld();
    const { acquisitionId, holdingId } = await approveInvestment(world, 1, 500n * WAN);
    await world.run('acquisition.contract', contractFor(world, acquisitionId), people.officer);
    const payId = (await world.read('acquisition', acquisitionId))?.payId ?? '';
    await world.run('payment.release', { payId }, people.treasurer);
    await world.run('payment.instruct', { payId });
    await world.run('payment.bounce', { paymentId: `${payId}-P1`, reasonCode: 'AC04', reasonText: '账户已销户' });
    expect(netFen(world, '1101.01')).toBe(0n);
    await pay(world, payId);
    expect((await world.read('holding', holdingId))?.lots).toHaveLength(1);
    expect(netFen(world, '1101.01', holdingId)).toBe(500n * WAN);
  });

  test('given a paid lot, when the money comes back, then the lot is gone and the money is held again', async () => {
    const world = await guidanceWorld();
    const { acquisitionId, holdingId, payId } = await invest(world, 1, 500n * WAN);
    const line = bankLine('credit', 500n * WAN, world.clock.today());
    await world.run('payment.give-back', { paymentId: `${payId}-P1`, line });
    expect(await world.read('acquisition', acquisitionId)).toMatchObject({ status: 'registered' });
    expect(await world.read('holding', holdingId)).toMatchObject({ status: 'exited', lots: [] });
    expect(await headOf(world)).toMatchObject({ heldFen: 500n * WAN, bankFen: 10_000n * WAN });
    expect(await world.read('portfolio', 'all')).toMatchObject({ exposureFen: 500n * WAN, costFen: 0n });
    expect(netFen(world, '1101.01')).toBe(0n);
  });

  test('given a lot that has changed since, when its money comes back, then a person must look', async () => {
    const world = await guidanceWorld();
    const { holdingId, payId } = await invest(world, 1, 500n * WAN);
    const capital = { dividendId: 'DV-000000000001', holdingId, incomeFen: '0', capitalFen: String(WAN) };
    await world.run(
      'dividend.declare',
      { ...capital, declaredOn: world.clock.today(), documentNumber: '股东会决议1号', documentSha256: HASH },
      { kind: 'person', id: 'accountant-1', roles: ['accountant'] },
    );
    const line = bankLine('credit', 500n * WAN, world.clock.today());
    await world.run('payment.give-back', { paymentId: `${payId}-P1`, line });
    expect(world.entries().at(-1)?.type).toBe('bank-line.unmatched');
    expect(netFen(world, '1101.01', holdingId)).toBe(499n * WAN);
  });

  test('given an approved acquisition, when the director gives it up, then hold and limit are free again', async () => {
    const world = await guidanceWorld();
    const { acquisitionId } = await approveInvestment(world, 1, 500n * WAN);
    await world.run('acquisition.cancel', { acquisitionId, reason: '企业撤回' }, people.director);
    expect((await headOf(world)).heldFen).toBe(0n);
    expect(await world.read('enterprise', company(1).id)).toMatchObject({ equity: { exposureFen: 0n, quantity: 0n } });
    expect(await world.refusal('acquisition.contract', contractFor(world, acquisitionId), people.officer)).toBe(
      'STATE_INVALID',
    );
  });

  test('given a contracted acquisition, when its payment is cancelled, then it is over and its limit is free again', async () => {
    const world = await guidanceWorld();
    const { acquisitionId } = await approveInvestment(world, 1, 500n * WAN);
    await world.run('acquisition.contract', contractFor(world, acquisitionId), people.officer);
    const payId = (await world.read('acquisition', acquisitionId))?.payId ?? '';
    const given = await world.refusal('acquisition.cancel', { acquisitionId, reason: '撤回' }, people.director);
    expect(given).toBe('PAYMENT_OPEN');
    await world.run('payment.cancel', { payId, reason: '企业撤回' }, people.director);
    expect(await world.read('acquisition', acquisitionId)).toMatchObject({ status: 'cancelled' });
    expect(await world.read('portfolio', 'all')).toMatchObject({ exposureFen: 0n, costFen: 0n });
    expect((await headOf(world)).heldFen).toBe(0n);
  });

  test('given a registered acquisition, when its payment would be cancelled, then it is refused', async () => {
    const world = await guidanceWorld();
    const { acquisitionId } = await approveInvestment(world, 1, 500n * WAN);
    await world.run('acquisition.contract', contractFor(world, acquisitionId), people.officer);
    await world.run('acquisition.register', registration(world, acquisitionId), people.officer);
    const payId = (await world.read('acquisition', acquisitionId))?.payId ?? '';
    expect(await world.refusal('payment.cancel', { payId, reason: '撤回' }, people.director)).toBe('STATE_INVALID');
  });

  test('given an approval whose time is over, when the contract is recorded, then it is refused, and the case lapses', async () => {
    const world = await guidanceWorld();
    const { caseId, acquisitionId } = await approveInvestment(world, 1, 500n * WAN);
    world.clock.set('2018-12-01');
    expect(await world.refusal('acquisition.contract', contractFor(world, acquisitionId), people.officer)).toBe(
      'CASE_EXPIRED',
    );
    await world.run('case.lapse', { caseId });
    expect(await world.read('acquisition', acquisitionId)).toMatchObject({ status: 'cancelled' });
    expect((await headOf(world)).heldFen).toBe(0n);
    expect(await world.read('portfolio', 'all')).toMatchObject({ exposureFen: 0n });
  });

  test('given an approved acquisition the director gave up, when its case’s time is over, then it lapses and gives nothing back twice', async () => {
    const world = await guidanceWorld();
    const { caseId, acquisitionId } = await approveInvestment(world, 1, 500n * WAN);
    await world.run('acquisition.cancel', { acquisitionId, reason: '企业撤回' }, people.director);
    await approveInvestment(world, 2, 300n * WAN);
    world.clock.set('2018-12-01');
    await world.run('case.lapse', { caseId });
    expect(await world.read('case', caseId)).toMatchObject({ status: 'lapsed' });
    expect(world.entries().at(-1)).toMatchObject({ type: 'case.lapsed' });
    expect((await headOf(world)).heldFen).toBe(300n * WAN);
    expect(await world.read('portfolio', 'all')).toMatchObject({ exposureFen: 300n * WAN });
    expect(await world.read('enterprise', company(1).id)).toMatchObject({ equity: { exposureFen: 0n, quantity: 0n } });
  });

  test('given a contracted acquisition, when its case’s time is over, then the case is done and the acquisition stands', async () => {
    const world = await guidanceWorld();
    const { caseId, acquisitionId } = await invest(world, 1, 500n * WAN);
    world.clock.set('2018-12-01');
    await world.run('case.lapse', { caseId });
    expect(await world.read('case', caseId)).toMatchObject({ status: 'done' });
    expect(await world.read('acquisition', acquisitionId)).toMatchObject({ status: 'done' });
  });

  test('given what does not exist or lies ahead, when it is recorded, then it is refused', async () => {
    const world = await guidanceWorld();
    const { acquisitionId } = await approveInvestment(world, 1, 500n * WAN);
    const nowhere = contractFor(world, 'AC-000000000000');
    expect(await world.refusal('acquisition.contract', nowhere, people.officer)).toBe('ACQUISITION_NOT_FOUND');
    const ahead = { ...contractFor(world, acquisitionId), signedOn: '2018-03-02' };
    expect(await world.refusal('acquisition.contract', ahead, people.officer)).toBe('DATE_INVALID');
    expect(await world.refusal('acquisition.register', registration(world, acquisitionId), people.officer)).toBe(
      'STATE_INVALID',
    );
    expect(await world.refusal('acquisition.contract', contractFor(world, acquisitionId), people.treasurer)).toBe(
      'ROLE_REQUIRED',
    );
  });
});
