import { describe, expect, test } from 'vitest';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { idFrom } from '#shared/domain/ids.ts';
import {
  bankLine,
  charterWith,
  createWorld,
  FUND,
  found,
  fundWith,
  people,
  seedCharter,
  shownOf,
  WAN,
  type World,
} from '../support/world.ts';

const caseId = idFrom('CS', 'refund');
const cityPay = idFrom('PY', [caseId, 'city']);
const zonePay = idFrom('PY', [caseId, 'zone']);

const payees = seedCharter.capital.contributors.map((c) => ({
  contributor: c.id,
  account: { name: c.name, number: '622200000099', bankCode: '314653000011' },
}));

const proposed = async (amountFen: bigint) => {
  const world = createWorld();
  await found(world);
  await fundWith(world, 1_000n * WAN);
  const refund = { amountFen: String(amountFen), basis: 'reduction', documentNumber: '渝科〔2024〕1号', payees };
  await world.run('capital.propose-refund', { caseId, refund }, people.officer);
  return world;
};

const approved = async (amountFen: bigint) => {
  const world = await proposed(amountFen);
  const shown = { caseId, ...(await shownOf(world, caseId)) };
  await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  await world.run('case.approve', shown, people.director);
  await world.run('case.approve', shown, people.finance);
  return world;
};

/** A refund of its own, from its proposal to its last approval. */
const giveBack = async (world: World, name: string, amountFen: bigint, accounts: readonly object[] = payees) => {
  const id = idFrom('CS', name);
  const refund = { amountFen: String(amountFen), basis: 'reduction', documentNumber: name, payees: accounts };
  await world.run('capital.propose-refund', { caseId: id, refund }, people.officer);
  const shown = { caseId: id, ...(await shownOf(world, id)) };
  await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  await world.run('case.approve', shown, people.director);
  await world.run('case.approve', shown, people.finance);
  return (await world.read('refund', id.replace('CS', 'RF')))?.parts ?? [];
};

const sharesOf = (parts: readonly { readonly contributor: string; readonly amountFen: bigint }[]) =>
  parts.map((p) => [p.contributor, p.amountFen]);

const paid = async (world: World, payId: string, amountFen: bigint) => {
  await world.run('payment.release', { payId }, people.treasurer);
  await world.run('payment.instruct', { payId });
  await world.run('payment.settle', {
    paymentId: `${payId}-P1`,
    line: bankLine('debit', amountFen, world.clock.today()),
  });
};

describe('giving capital back', () => {
  test('given an approved refund, when both payments settle, then each contributor has its share to the fen', async () => {
    const world = await approved(101n);
    expect((await world.ledger.load(FUND, [])).head).toMatchObject({ heldFen: 101n, paidInFen: 1_000n * WAN });
    await paid(world, cityPay, 40n);
    await paid(world, zonePay, 61n);
    const { head } = await world.ledger.load(FUND, []);
    expect(head).toMatchObject({ bankFen: 1_000n * WAN - 101n, heldFen: 0n, inTransitFen: 0n });
    expect(head.paidInFen).toBe(1_000n * WAN - 101n);
    expect(await world.read('refund', caseId.replace('CS', 'RF'))).toMatchObject({ status: 'done' });
    const capital = await world.read('capital', 'all');
    expect(capital?.contributors.map((c) => c.refundedFen)).toEqual([40n, 61n]);
    const lines = world.entries().flatMap((e) => e.lines ?? []);
    expect(netDebitFen(lines)).toBe(0n);
    expect(netDebitFen(lines, '2711')).toBe(-(1_000n * WAN - 101n));
  });

  test('given shares that do not divide, when capital goes back in pieces, then each ends with what it paid in', async () => {
    const contributors = [1, 5, 3].map((weight, i) => ({ id: `source-${i}`, name: `来源${i}`, weight }));
    const world = createWorld();
    await found(world, charterWith({ capital: { contributors, remainderTo: 'source-0' } }));
    await fundWith(world, 1_000n);
    const accounts = contributors.map(({ id, name }) => ({
      contributor: id,
      account: { name, number: '622200000099', bankCode: '314653000011' },
    }));
    const given: (readonly bigint[])[] = [];
    for (const [n, amountFen] of [333n, 333n, 334n].entries()) {
      const parts = await giveBack(world, `piece ${n}`, amountFen, accounts);
      given.push(parts.map((p) => p.amountFen));
      if (n < 2) for (const { payId, amountFen: partFen } of parts) await paid(world, payId, partFen);
    }
    // They paid in 112, 555 and 333. By then 333 are 38, 184 and 111; 666 are 75, 369 and 222; 1,000 are what they paid in.
    expect(given).toEqual([
      [38n, 184n, 111n],
      [37n, 185n, 111n],
      [37n, 186n, 111n],
    ]);
  });

  test('given a payment the bank refuses, when it is released again, then it has a new instruction id and one voucher stands', async () => {
    const world = await approved(100n * WAN);
    await world.run('payment.release', { payId: cityPay }, people.treasurer);
    await world.run('payment.instruct', { payId: cityPay });
    const bounce = { paymentId: `${cityPay}-P1`, reasonCode: 'AC04', reasonText: '账户已销户' };
    await world.run('payment.bounce', bounce);
    expect((await world.ledger.load(FUND, [])).head).toMatchObject({ heldFen: 100n * WAN, paidInFen: 1_000n * WAN });
    await world.run('payment.release', { payId: cityPay }, people.treasurer);
    await world.run('payment.instruct', { payId: cityPay });
    expect(await world.refusal('payment.bounce', bounce)).toBe('PAYMENT_SUPERSEDED');
    const instructed = world.entries().filter((e) => e.type === 'payment.instructed');
    expect(instructed.map((e) => e.links.payment)).toEqual([`${cityPay}-P1`, `${cityPay}-P2`]);
    expect(
      netDebitFen(
        world.entries().flatMap((e) => e.lines ?? []),
        '1002',
      ),
    ).toBe(960n * WAN);
  });

  test('given a held payment, when the director gives it up, then its hold is free again', async () => {
    const world = await approved(100n * WAN);
    await world.run('payment.cancel', { payId: zonePay, reason: '改为留存' }, people.director);
    expect((await world.ledger.load(FUND, [])).head).toMatchObject({ heldFen: 40n * WAN });
    expect(await world.refusal('payment.release', { payId: zonePay }, people.treasurer)).toBe('STATE_INVALID');
  });

  test('given one payment settled and the other given up, then the refund is done', async () => {
    const world = await approved(100n * WAN);
    await world.run('payment.cancel', { payId: zonePay, reason: '改为留存' }, people.director);
    expect(await world.read('refund', caseId.replace('CS', 'RF'))).toMatchObject({ status: 'approved' });
    await paid(world, cityPay, 40n * WAN);
    expect(await world.read('refund', caseId.replace('CS', 'RF'))).toMatchObject({ status: 'done' });
  });

  test('given a payment that was given up, when capital goes back again, then its contributor is first brought level', async () => {
    const world = await approved(100n * WAN);
    await world.run('payment.cancel', { payId: cityPay, reason: '账户有误' }, people.director);
    await paid(world, zonePay, 60n * WAN);
    expect(sharesOf(await giveBack(world, 'second', 10n * WAN))).toEqual([['city', 10n * WAN]]);
    expect(sharesOf(await giveBack(world, 'third', 130n * WAN))).toEqual([
      ['city', 70n * WAN],
      ['zone', 60n * WAN],
    ]);
  });

  test('given an account missing, when a refund is proposed, then it is refused', async () => {
    const world = createWorld();
    await found(world);
    const refund = { amountFen: '100', basis: 'reduction', documentNumber: '1号', payees: payees.slice(1) };
    const refused = await world.refusal('capital.propose-refund', { caseId, refund }, people.officer);
    expect(refused).toBe('PAYEES_INCOMPLETE');
  });

  test('given less money than is to be given back, when it is approved, then the approval is refused', async () => {
    const world = await proposed(1_001n * WAN);
    const shown = { caseId, ...(await shownOf(world, caseId)) };
    await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
    await world.run('case.approve', shown, people.director);
    expect(await world.refusal('case.approve', shown, people.finance)).toBe('FUNDS_INSUFFICIENT');
  });

  test.each([
    ['revolve', 'FUND_NOT_RUNNING_OFF'],
    ['return', 'applied'],
  ])('given rules that say %s, when what came back is to be given back, then %s', async (recovered, code) => {
    const world = createWorld();
    await found(world, { ...seedCharter, recovered });
    const refund = { amountFen: '100', basis: 'run-off', documentNumber: '渝科〔2024〕1号', payees };
    expect(await world.refusal('capital.propose-refund', { caseId, refund }, people.officer)).toBe(code);
  });
});
