import { describe, expect, test } from 'vitest';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { exitIdOf } from '#shared/domain/equity/exit.ts';
import { lastLines, linesOf, netFen } from '#test/support/books.ts';
import {
  accountant,
  agree,
  approve,
  EQUIPMENT,
  guidanceWorld,
  invest,
  observer,
  propose,
  receive,
} from '#test/support/guidance-world.ts';
import { caseIdOf, company, HASH, people, shownOf, WAN, type World } from '#test/support/world.ts';

/** A fund that holds 300万 shares of a company, at one yuan, and 3 more that cost 1 fen together. */
const holding = async () => {
  const world = await guidanceWorld();
  const total = { totalQuantity: '100000000' };
  const { holdingId } = await invest(world, 1, 300n * WAN, total);
  await invest(world, 1, 1n, { ...total, quantity: '3' });
  return { world, holdingId };
};

const exitOf = (holdingId: string, quantity: string, proceedsFen: bigint, changes: object = {}) => ({
  holdingId,
  quantity,
  method: 'transfer',
  buyer: '示例装备集团有限公司',
  proceedsFen: String(proceedsFen),
  priceBasis: '评估报告〔2018〕1号',
  documents: [],
  ...changes,
});

/** Approves an exit. */
const offer = async (world: World, holdingId: string, quantity: string, proceedsFen: bigint, changes: object = {}) => {
  const exit = exitOf(holdingId, quantity, proceedsFen, changes);
  const caseId = await propose(world, `exit ${world.entries().length}`, 'exit.propose', { exit });
  await approve(world, caseId);
  return exitIdOf(caseId);
};

describe('leaving a holding', () => {
  test('given an exit at a gain, when its proceeds come, then cost leaves and the gain is earned', async () => {
    const { world, holdingId } = await holding();
    const exitId = await offer(world, holdingId, '1000000', 150n * WAN);
    await receive(world, exitId, 150n * WAN);
    expect(lastLines(world, 'exit.completed')).toEqual([
      'debit 1002 150000000',
      'credit 1101.01 100000000',
      'credit 6111 50000000',
    ]);
    expect(await world.read('exit', exitId)).toMatchObject({ status: 'done' });
    expect(await world.read('holding', holdingId)).toMatchObject({
      status: 'partly-exited',
      onSale: { quantity: 0n, costFen: 0n },
    });
    expect(netFen(world, '1101.01', holdingId)).toBe(200n * WAN + 1n);
    expect(await world.read('portfolio', 'all')).toMatchObject({ costFen: 200n * WAN + 1n });
  });

  test('given an exit at a loss paid in two parts, when the last comes, then the sale is booked once, whole', async () => {
    const { world, holdingId } = await holding();
    const exitId = await offer(world, holdingId, '1000000', 80n * WAN);
    await receive(world, exitId, 30n * WAN);
    expect(lastLines(world, 'exit.part-received')).toEqual(['debit 1002 30000000', 'credit 2241 30000000']);
    expect(netFen(world, '1101.01', holdingId)).toBe(300n * WAN + 1n);
    await receive(world, exitId, 50n * WAN);
    expect(lastLines(world, 'exit.completed')).toEqual([
      'debit 1002 50000000',
      'debit 2241 30000000',
      'credit 1101.01 100000000',
      'debit 6111 20000000',
    ]);
    expect(netFen(world, '2241')).toBe(0n);
  });

  test('given more than the price, when it comes, then the rest waits for a person', async () => {
    const { world, holdingId } = await holding();
    const exitId = await offer(world, holdingId, '1000000', 100n * WAN);
    await receive(world, exitId, 101n * WAN);
    expect(netFen(world, '2241')).toBe(-WAN);
    expect(netFen(world, '6111')).toBe(0n);
    await receive(world, exitId, WAN);
    expect(world.entries().at(-1)?.type).toBe('bank-line.unmatched');
  });

  test('given named lots, when they are sold whole, then the others stay, and all sold is exited', async () => {
    const { world, holdingId } = await holding();
    const second = await offer(world, holdingId, '3', 2n, { lots: [{ lot: 2, quantity: '3' }] });
    await receive(world, second, 2n);
    expect((await world.read('holding', holdingId))?.lots.map((l) => l.no)).toEqual([1]);
    await receive(world, await offer(world, holdingId, '3000000', 300n * WAN), 300n * WAN);
    expect(await world.read('holding', holdingId)).toMatchObject({ status: 'exited', lots: [] });
    expect(netFen(world, '1101.01')).toBe(0n);
    expect(await world.read('enterprise', company(1).id)).toMatchObject({ equity: { exposureFen: 0n, quantity: 0n } });
    expect(netDebitFen(linesOf(world))).toBe(0n);
  });

  test('given three shares for a fen, when they are sold one by one, then the last takes the fen', async () => {
    const { world, holdingId } = await holding();
    const lots = (n: number) => ({ lots: [{ lot: 2, quantity: String(n) }] });
    const costs: bigint[] = [];
    for (const _ of [1, 2, 3]) {
      const exitId = await offer(world, holdingId, '1', 1n, lots(1));
      costs.push((await world.read('exit', exitId))?.parts[0]?.costFen ?? -1n);
      await receive(world, exitId, 1n);
    }
    expect(costs).toEqual([0n, 0n, 1n]);
    expect(netFen(world, '1101.01', holdingId)).toBe(300n * WAN);
  });

  test('given a part on sale, when more than the rest would be sold, then it is refused', async () => {
    const { world, holdingId } = await holding();
    await offer(world, holdingId, '3000000', 300n * WAN);
    const exit = exitOf(holdingId, '4', 1n);
    const refused = await world.refusal('exit.propose', { caseId: caseIdOf('too much'), exit }, people.officer);
    expect(refused).toBe('LOTS_INSUFFICIENT');
  });

  test('given two proposals for the same shares, when the second is approved, then it is refused', async () => {
    const { world, holdingId } = await holding();
    const [a, b] = ['a', 'b'].map((name) => caseIdOf(`rival ${name}`));
    for (const caseId of [a, b])
      await world.run('exit.propose', { caseId, exit: exitOf(holdingId, '3000000', 4n * WAN) }, people.officer);
    await approve(world, a ?? '');
    await agree(world, b ?? '');
    const shown = { caseId: b, ...(await shownOf(world, b ?? '')) };
    expect(await world.refusal('case.approve', shown, people.director)).toBe('LOTS_INSUFFICIENT');
  });

  test('given lots that do not add up to the quantity, when they are proposed, then it is refused', async () => {
    const { world, holdingId } = await holding();
    const exit = exitOf(holdingId, '2', 1n, { lots: [{ lot: 2, quantity: '3' }] });
    const refused = await world.refusal('exit.propose', { caseId: caseIdOf('sums'), exit }, people.officer);
    expect(refused).toBe('LOTS_INSUFFICIENT');
  });

  test('given an exit nobody has paid for, when it is given up, then its lots are whole again', async () => {
    const { world, holdingId } = await holding();
    const before = await world.read('holding', holdingId);
    const exitId = await offer(world, holdingId, '1000000', 150n * WAN);
    await world.run('exit.cancel', { exitId, reason: '买方退出' }, people.director);
    expect(await world.read('holding', holdingId)).toEqual(before);
    expect(await world.refusal('exit.cancel', { exitId, reason: '再次' }, people.director)).toBe('STATE_INVALID');
  });

  test('given an exit partly paid, when it would be given up, then it is refused', async () => {
    const { world, holdingId } = await holding();
    const exitId = await offer(world, holdingId, '1000000', 150n * WAN);
    await receive(world, exitId, 1n);
    expect(await world.refusal('exit.cancel', { exitId, reason: '退出' }, people.director)).toBe('EXIT_PARTLY_PAID');
    const nowhere = { exitId: 'EX-000000000000', reason: '无' };
    expect(await world.refusal('exit.cancel', nowhere, people.director)).toBe('EXIT_NOT_FOUND');
  });
});

const dividend = (holdingId: string, incomeFen: bigint, capitalFen: bigint, n = 1) => ({
  dividendId: `DV-00000000000${n}`,
  holdingId,
  incomeFen: String(incomeFen),
  capitalFen: String(capitalFen),
  declaredOn: '2018-03-01',
  documentNumber: `股东会决议${n}号`,
  documentSha256: HASH,
});

describe('distributions of an investee', () => {
  test('given a declared dividend, when it comes in two parts, then it is claimed once and received', async () => {
    const { world, holdingId } = await holding();
    await world.run('dividend.declare', dividend(holdingId, 10n * WAN, 0n), accountant);
    expect(lastLines(world, 'dividend.declared')).toEqual(['debit 1131 10000000', 'credit 6111 10000000']);
    await receive(world, 'DV-000000000001', 4n * WAN);
    expect(netFen(world, '1131')).toBe(6n * WAN);
    await receive(world, 'DV-000000000001', 6n * WAN);
    expect(lastLines(world, 'dividend.received')).toEqual(['debit 1002 6000000', 'credit 1131 6000000']);
    expect(await world.read('dividend', 'DV-000000000001')).toMatchObject({ status: 'received' });
    await receive(world, 'DV-000000000001', WAN);
    expect(world.entries().at(-1)?.type).toBe('bank-line.unmatched');
  });

  test('given capital given back, when it is declared, then cost leaves the oldest lot and the limit', async () => {
    const { world, holdingId } = await holding();
    await world.run('dividend.declare', dividend(holdingId, 5n, 20n * WAN), accountant);
    expect(lastLines(world, 'dividend.declared')).toEqual([
      'debit 1131 20000005',
      'credit 1101.01 20000000',
      'credit 6111 5',
    ]);
    expect((await world.read('holding', holdingId))?.lots.map((l) => l.costFen)).toEqual([280n * WAN, 1n]);
    expect(await world.read('portfolio', 'all')).toMatchObject({
      costFen: 280n * WAN + 1n,
      exposureFen: 280n * WAN + 1n,
    });
    const tooMuch = dividend(holdingId, 0n, 280n * WAN + 2n, 2);
    expect(await world.refusal('dividend.declare', tooMuch, accountant)).toBe('CAPITAL_EXCEEDS_COST');
  });

  test('given a declaration that was wrong, when it is revoked, then the book is as if it had not been', async () => {
    const { world, holdingId } = await holding();
    const before = await world.read('holding', holdingId);
    await world.run('dividend.declare', dividend(holdingId, WAN, 20n * WAN), accountant);
    const declared = world.entries().at(-1)?.seq;
    await world.run('dividend.revoke', { dividendId: 'DV-000000000001', reason: '决议撤销' }, accountant);
    expect(await world.read('holding', holdingId)).toEqual(before);
    expect(['1131', '6111'].map((a) => netFen(world, a as '1131'))).toEqual([0n, 0n]);
    expect(world.entries().at(-1)?.links.reverses).toBe(String(declared));
    const again = { dividendId: 'DV-000000000001', reason: '再次' };
    expect(await world.refusal('dividend.revoke', again, accountant)).toBe('STATE_INVALID');
  });

  test('given money that has come, or a lot that was sold, when a declaration would be revoked, then it is refused', async () => {
    const { world, holdingId } = await holding();
    await world.run('dividend.declare', dividend(holdingId, WAN, 0n), accountant);
    await receive(world, 'DV-000000000001', 1n);
    const first = { dividendId: 'DV-000000000001', reason: '撤销' };
    expect(await world.refusal('dividend.revoke', first, accountant)).toBe('DIVIDEND_PARTLY_PAID');
    await world.run('dividend.declare', dividend(holdingId, 0n, WAN, 2), accountant);
    await receive(world, await offer(world, holdingId, '3000000', WAN), WAN);
    const second = { dividendId: 'DV-000000000002', reason: '撤销' };
    expect(await world.refusal('dividend.revoke', second, accountant)).toBe('LOTS_INSUFFICIENT');
    const nowhere = { dividendId: 'DV-000000000009', reason: '撤销' };
    expect(await world.refusal('dividend.revoke', nowhere, accountant)).toBe('DIVIDEND_NOT_FOUND');
  });

  test('given a number that is taken, or nothing at all, when it is declared, then it is refused', async () => {
    const { world, holdingId } = await holding();
    await world.run('dividend.declare', dividend(holdingId, WAN, 0n), accountant);
    expect(await world.refusal('dividend.declare', dividend(holdingId, 2n, 0n), accountant)).toBe('DIVIDEND_EXISTS');
    expect(await world.refusal('dividend.declare', dividend(holdingId, 0n, 0n, 2), accountant)).toBe('AMOUNT_INVALID');
    expect(await world.refusal('dividend.declare', dividend(holdingId, 1n, 0n, 2), people.officer)).toBe(
      'ROLE_REQUIRED',
    );
    const nowhere = dividend('HD-000000000000', 1n, 0n, 2);
    expect(await world.refusal('dividend.declare', nowhere, accountant)).toBe('HOLDING_NOT_FOUND');
  });
});

describe('writing a holding off', () => {
  const writeOff = (holdingId: string) => ({ writeOff: { holdingId, reason: '企业破产清算', documents: [] } });

  test('given an approved write-off, when money comes later, then the loss is earned back up to what was lost', async () => {
    const { world, holdingId } = await holding();
    await approve(world, await propose(world, 'loss', 'holding.propose-write-off', writeOff(holdingId)));
    expect(lastLines(world, 'case.approved')).toEqual(['debit 6111 300000001', 'credit 1101.01 300000001']);
    expect(await world.read('holding', holdingId)).toMatchObject({ status: 'written-off', lots: [] });
    expect(await world.read('portfolio', 'all')).toMatchObject({ costFen: 0n, exposureFen: 0n });
    await receive(world, holdingId, 400n * WAN);
    expect(netFen(world, '6111')).toBe(0n);
    expect(netFen(world, '2241')).toBe(-(100n * WAN - 1n));
    await receive(world, holdingId, 1n);
    expect(world.entries().at(-1)?.type).toBe('bank-line.unmatched');
  });

  test('given a part on sale, when a write-off is proposed, then it is refused', async () => {
    const { world, holdingId } = await holding();
    await offer(world, holdingId, '1', 1n);
    const refused = await world.refusal(
      'holding.propose-write-off',
      { caseId: caseIdOf('loss'), ...writeOff(holdingId) },
      people.officer,
    );
    expect(refused).toBe('HOLDING_ON_SALE');
  });

  test('given a holding that is still held, when money names it, then a person must look', async () => {
    const { world, holdingId } = await holding();
    await receive(world, holdingId, WAN);
    expect(world.entries().at(-1)?.type).toBe('bank-line.unmatched');
    expect((await world.ledger.load(EQUIPMENT, [])).head.bankFen).toBe(10_000n * WAN - 300n * WAN - 1n + WAN);
  });

  test('given a case of an exit, when the observer vetoes it, then nothing is sold', async () => {
    const { world, holdingId } = await holding();
    const caseId = await propose(world, 'vetoed', 'exit.propose', { exit: exitOf(holdingId, '1', 1n) });
    await agree(world, caseId);
    const veto = { ...(await shownOf(world, caseId)), caseId, choice: 'veto', ground: 'procedure', comment: '未评估' };
    await world.run('case.vote', veto, observer);
    expect(await world.read('case', caseId)).toMatchObject({ status: 'rejected' });
    expect((await world.read('holding', holdingId))?.onSale.quantity).toBe(0n);
  });
});
