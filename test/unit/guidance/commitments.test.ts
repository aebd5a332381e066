import { describe, expect, test } from 'vitest';
import { holdingIdOf } from '#shared/domain/equity/holding.ts';
import { formatQuantity } from '#shared/domain/equity/quantity.ts';
import { lastLines, netFen } from '#test/support/books.ts';
import {
  accountant,
  agree,
  approveCall,
  callOf,
  commit,
  EQUIPMENT,
  guidanceWorld,
  pay,
  propose,
} from '#test/support/guidance-world.ts';
import { bankLine, caseIdOf, company, forkOf, HASH, people, shownOf, WAN, type World } from '#test/support/world.ts';

const interestOf = (n: number) => holdingIdOf(company(n).id, 'interest');
const exposureOf = async (world: World) => (await world.read('enterprise', company(1).id))?.equity?.exposureFen;

describe('a commitment to a sub-fund', () => {
  test('given a signed commitment, when the sub-fund calls twice, then what is paid is held and the rest is unfunded', async () => {
    const world = await guidanceWorld();
    const commitmentId = await commit(world, 1, 1_000n * WAN);
    const { callId, payId } = await approveCall(world, commitmentId, 300n * WAN);
    expect((await world.ledger.load(EQUIPMENT, [])).head.heldFen).toBe(300n * WAN);
    await pay(world, payId);
    expect(lastLines(world, 'payment.instructed')).toEqual(['debit 1101.01 300000000', 'credit 1002 300000000']);
    await pay(world, (await approveCall(world, commitmentId, 200n * WAN)).payId);
    expect(await world.read('commitment', commitmentId)).toMatchObject({
      committedFen: 1_000n * WAN,
      calledFen: 500n * WAN,
      paidFen: 500n * WAN,
    });
    expect(await world.read('commitment-call', callId)).toMatchObject({
      status: 'paid',
      budgetDocumentNumber: '永财预〔2018〕12号',
    });
    const holding = await world.read('holding', interestOf(1));
    expect(holding?.lots.map((l) => [formatQuantity(l.quantity), l.costFen, l.registered])).toEqual([
      ['3000000', 300n * WAN, true],
      ['2000000', 200n * WAN, true],
    ]);
    expect(await exposureOf(world)).toBe(1_000n * WAN);
    expect(await world.read('portfolio', 'all')).toMatchObject({ costFen: 500n * WAN, exposureFen: 1_000n * WAN });
  });

  test('given calls up to the commitment, when a fen more is called, then it is refused', async () => {
    const world = await guidanceWorld();
    const commitmentId = await commit(world, 1, 1_000n * WAN);
    await approveCall(world, commitmentId, 999n * WAN);
    const call = callOf(world, commitmentId, WAN + 1n);
    const over = { caseId: caseIdOf('over'), call };
    expect(await world.refusal('commitment.propose-call', over, people.officer)).toBe('COMMITMENT_EXCEEDED');
  });

  test('given two calls proposed for the same promise, when the second is approved, then it is refused', async () => {
    const world = await guidanceWorld();
    const commitmentId = await commit(world, 1, 1_000n * WAN);
    const call = { call: callOf(world, commitmentId, 600n * WAN) };
    const second = await propose(world, 'rival call', 'commitment.propose-call', call);
    await approveCall(world, commitmentId, 600n * WAN);
    await agree(world, second);
    const shown = { caseId: second, ...(await shownOf(world, second)) };
    expect(await world.refusal('case.approve', shown, people.director)).toBe('COMMITMENT_EXCEEDED');
  });

  test('given a call the director gives up, when its payment is cancelled, then it can be called again', async () => {
    const world = await guidanceWorld();
    const commitmentId = await commit(world, 1, 1_000n * WAN);
    const { callId, payId } = await approveCall(world, commitmentId, 1_000n * WAN);
    await world.run('payment.cancel', { payId, reason: '子基金暂缓' }, people.director);
    expect(await world.read('commitment-call', callId)).toMatchObject({ status: 'cancelled' });
    expect(await world.read('commitment', commitmentId)).toMatchObject({ calledFen: 0n });
    expect((await approveCall(world, commitmentId, 1_000n * WAN)).payId).not.toBe(payId);
  });

  test('given a paid call, when its money comes back, then its lot is gone until it is paid again', async () => {
    const world = await guidanceWorld();
    const commitmentId = await commit(world, 1, 1_000n * WAN);
    const { payId } = await approveCall(world, commitmentId, 300n * WAN);
    await pay(world, payId);
    const line = bankLine('credit', 300n * WAN, world.clock.today());
    await world.run('payment.give-back', { paymentId: `${payId}-P1`, line });
    expect(await world.read('commitment', commitmentId)).toMatchObject({ calledFen: 300n * WAN, paidFen: 0n });
    expect(await world.read('holding', interestOf(1))).toMatchObject({ lots: [] });
    await pay(world, payId);
    expect(await world.read('commitment', commitmentId)).toMatchObject({ paidFen: 300n * WAN });
    expect(netFen(world, '1101.01')).toBe(300n * WAN);
  });

  test('given a distribution of the sub-fund, when it is declared and received, then capital and income are apart', async () => {
    const world = await guidanceWorld();
    const commitmentId = await commit(world, 1, 1_000n * WAN);
    await pay(world, (await approveCall(world, commitmentId, 300n * WAN)).payId);
    const declared = {
      dividendId: 'DV-000000000001',
      holdingId: interestOf(1),
      incomeFen: String(30n * WAN),
      capitalFen: String(100n * WAN),
      declaredOn: world.clock.today(),
      documentNumber: '分配通知1号',
      documentSha256: HASH,
    };
    await world.run('dividend.declare', declared, accountant);
    const line = bankLine('credit', 130n * WAN, world.clock.today());
    await world.run('receipt.book', { targetId: 'DV-000000000001', line });
    expect(netFen(world, '1101.01')).toBe(200n * WAN);
    expect(netFen(world, '6111')).toBe(-30n * WAN);
    expect(netFen(world, '1131')).toBe(0n);
    expect(await exposureOf(world)).toBe(900n * WAN);
  });

  test('given a commitment with something on its way, when it would be closed, then it is refused; afterwards the rest is free', async () => {
    const world = await guidanceWorld();
    const commitmentId = await commit(world, 1, 1_000n * WAN);
    const { payId } = await approveCall(world, commitmentId, 300n * WAN);
    const close = { commitmentId, reason: '投资期结束' };
    expect(await world.refusal('commitment.close', close, people.director)).toBe('PAYMENT_OPEN');
    await pay(world, payId);
    await world.run('commitment.close', close, people.director);
    expect(await exposureOf(world)).toBe(300n * WAN);
    const late = { caseId: caseIdOf('late'), call: callOf(world, commitmentId, WAN) };
    expect(await world.refusal('commitment.propose-call', late, people.officer)).toBe('STATE_INVALID');
    expect(await world.refusal('commitment.close', close, people.director)).toBe('STATE_INVALID');
    const line = bankLine('credit', 300n * WAN, world.clock.today());
    await world.run('payment.give-back', { paymentId: `${payId}-P1`, line });
    expect(world.entries().at(-1)?.type).toBe('bank-line.unmatched');
  });

  test('given the first call of all, refused by the bank time and again and paid in the end, when a worker that has just started hears of it, then it is booked', async () => {
    const world = await guidanceWorld();
    const commitmentId = await commit(world, 1, 1_000n * WAN);
    const { payId } = await approveCall(world, commitmentId, 300n * WAN);
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await world.run('payment.release', { payId }, people.treasurer);
      await world.run('payment.instruct', { payId });
      await world.run('payment.bounce', { paymentId: `${payId}-P${attempt}`, reasonCode: 'AC01', reasonText: '退票' });
    }
    const line = bankLine('debit', 300n * WAN, world.clock.today());
    // It knows no charter yet, and must look up what the payment remembers; everything else hangs on the payment.
    const justStarted = forkOf(world);
    await justStarted.run('payment.settle', { paymentId: `${payId}-P5`, line });
    expect(await justStarted.read('commitment', commitmentId)).toMatchObject({ paidFen: 300n * WAN });
  });

  test('given a commitment that is not signed or not there, when it is called, then it is refused', async () => {
    const world = await guidanceWorld();
    const nowhere = { caseId: caseIdOf('n'), call: callOf(world, 'CM-000000000000', WAN) };
    expect(await world.refusal('commitment.propose-call', nowhere, people.officer)).toBe('COMMITMENT_NOT_FOUND');
    const commitmentId = await commit(world, 1, 1_000n * WAN);
    const again = { commitmentId, contractNumber: '再签', contractSha256: HASH, signedOn: world.clock.today() };
    expect(await world.refusal('commitment.contract', again, people.officer)).toBe('STATE_INVALID');
  });
});
