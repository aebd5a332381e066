import { describe, expect, test } from 'vitest';
import { addDays, parseDate } from '#shared/domain/calendar.ts';
import { receiptIdOf } from '#shared/domain/payments/suspense.ts';
import { lastLines, linesOf, netFen } from '../../support/books.ts';
import { extend } from '../../support/changes.ts';
import {
  approveLoan,
  bankLine,
  closeUntilYesterday,
  contractOf,
  createWorld,
  found,
  fundedWorld,
  fundWith,
  headOf,
  lend,
  loanIdOf,
  people,
  WAN,
  type World,
} from '../../support/world.ts';

const AMOUNT = 30n * WAN;

/** A loan whose payment is on its way. */
const instructed = async (changes: object = {}) => {
  const world = await fundedWorld(changes);
  const caseId = await approveLoan(world, 1, AMOUNT);
  const loanId = loanIdOf(1);
  await world.run('loan.contract', contractOf(world, caseId), people.treasurer);
  await world.run('loan.instruct', { loanId });
  return { world, loanId, paymentId: `${loanId}-P1` };
};

const bounce = (paymentId: string) => ({ paymentId, reasonCode: 'AC01', reasonText: '账号不符' });
const debitLine = (world: World, reference: string, amountFen = AMOUNT, on: string = world.clock.today()) =>
  bankLine('debit', amountFen, on, { reference });
const creditLine = (world: World, reference: string, amountFen = AMOUNT) =>
  bankLine('credit', amountFen, world.clock.today(), { reference });

describe('disbursement', () => {
  test('given an approved loan, when it passes to the bank, then held becomes in transit becomes paid', async () => {
    const world = await fundedWorld();
    const caseId = await approveLoan(world, 1, AMOUNT);
    expect(await headOf(world)).toMatchObject({ bankFen: 1_000n * WAN, heldFen: AMOUNT, inTransitFen: 0n });
    const loanId = loanIdOf(1);
    await world.run('loan.contract', contractOf(world, caseId), people.treasurer);
    expect(world.entries().at(-1)?.outbox).toEqual([
      { queue: 'fund', id: `instruct:${loanId}-P1`, kind: 'loan.instruct', payload: { loanId } },
    ]);
    await world.run('loan.instruct', { loanId });
    expect(await headOf(world)).toMatchObject({ bankFen: 1_000n * WAN, heldFen: 0n, inTransitFen: AMOUNT });
    expect(world.entries().at(-1)?.outbox).toEqual([
      {
        queue: 'payments',
        id: `payment.send:${loanId}-P1`,
        kind: 'payment.send',
        payload: { paymentId: `${loanId}-P1` },
      },
    ]);
    await world.run('payment.settle', { paymentId: `${loanId}-P1`, line: debitLine(world, 'PAID') });
    expect(await headOf(world)).toMatchObject({ bankFen: 970n * WAN, heldFen: 0n, inTransitFen: 0n });
  });

  test('given a payment the bank refuses, when it is taken back, then in red, held again, and naming what it reverses', async () => {
    const { world, loanId, paymentId } = await instructed();
    const posted = (await world.read('loan', loanId))?.payment.entrySeq;
    await world.run('payment.bounce', bounce(paymentId));
    expect(lastLines(world, 'payment.rejected')).toEqual([`debit 1303.01 ${AMOUNT} red`, `credit 1002 ${AMOUNT} red`]);
    expect(world.entries().at(-1)).toMatchObject({
      links: { reverses: String(posted) },
      facts: { reasonCode: 'AC01' },
    });
    expect(await headOf(world)).toMatchObject({ heldFen: AMOUNT, inTransitFen: 0n, bankFen: 1_000n * WAN });
    expect(netFen(world, '1303.01')).toBe(0n);
  });

  test('given a refused payment, when it is released again, then under a new id, and the old one is superseded', async () => {
    const { world, loanId, paymentId } = await instructed();
    await world.run('payment.bounce', bounce(paymentId));
    await world.run('loan.reinstruct', { loanId, reason: '账号已更正' }, people.treasurer);
    await world.run('loan.instruct', { loanId });
    expect(world.entries().at(-1)?.links.payment).toBe(`${loanId}-P2`);
    expect(await world.refusal('payment.bounce', bounce(paymentId))).toBe('PAYMENT_SUPERSEDED');
    const doubt = (id: string) => world.refusal('payment.doubt', { paymentId: id, date: world.clock.today() });
    expect(await doubt(paymentId)).toBe('PAYMENT_SUPERSEDED');
    expect(await doubt(`${loanId}-P3`)).toBe('PAYMENT_NOT_FOUND');
    await world.run('payment.settle', { paymentId, line: debitLine(world, 'OLD') });
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'instructed' });
    expect(await world.read('receipt', receiptIdOf('OLD'))).toMatchObject({ side: 'debit', openFen: AMOUNT });
    await world.run('payment.settle', { paymentId: `${loanId}-P2`, line: debitLine(world, 'NEW') });
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'active' });
  });

  test('given twenty refusals, when it shall be released once more, then ATTEMPTS_EXHAUSTED', async () => {
    const { world, loanId } = await instructed();
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      await world.run('payment.bounce', bounce(`${loanId}-P${attempt}`));
      if (attempt === 20) break;
      await world.run('loan.reinstruct', { loanId, reason: '再付' }, people.treasurer);
      await world.run('loan.instruct', { loanId });
    }
    expect(await world.refusal('loan.reinstruct', { loanId, reason: '再付' }, people.treasurer)).toBe(
      'ATTEMPTS_EXHAUSTED',
    );
  });

  test('given a refused payment, when the loan is cancelled, then hold and limit are given back', async () => {
    const { world, loanId, paymentId } = await instructed();
    const borrower = (await world.read('loan', loanId))?.enterpriseId ?? '';
    await world.run('payment.bounce', bounce(paymentId));
    await world.run('loan.cancel', { loanId, reason: '企业放弃' }, people.director);
    expect(await headOf(world)).toMatchObject({ heldFen: 0n, inTransitFen: 0n });
    expect(await world.read('enterprise', borrower)).toMatchObject({ exposureFen: 0n });
  });

  test('given no answer, when it is doubted twice, then unknown, an enquiry a day, and nothing is sent again', async () => {
    const { world, loanId, paymentId } = await instructed();
    const first = world.clock.today();
    await world.run('payment.doubt', { paymentId, date: first });
    world.clock.set(addDays(first, 1));
    await world.run('payment.doubt', { paymentId, date: world.clock.today() });
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'unknown' });
    const sent = world.entries().flatMap((e) => e.outbox ?? []);
    expect(sent.filter((o) => o.kind === 'payment.send')).toHaveLength(1);
    expect(sent.filter((o) => o.kind === 'payment.enquire').map((o) => o.id)).toEqual([
      `payment.enquire:${paymentId}:${first}`,
      `payment.enquire:${paymentId}:${world.clock.today()}`,
    ]);
    await world.run('payment.settle', { paymentId, line: debitLine(world, 'PAID') });
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'active' });
  });

  test.each([
    ['another amount', AMOUNT - 1n],
    ['nearly twice', 2n * AMOUNT - 1n],
  ])('given a payment, when the statement shows %s, then the line waits for a person', async (_, amountFen) => {
    const { world, loanId, paymentId } = await instructed();
    await world.run('payment.settle', { paymentId, line: debitLine(world, 'ODD', amountFen) });
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'instructed' });
    expect(await world.read('receipt', receiptIdOf('ODD'))).toMatchObject({ openFen: amountFen });
  });

  test('given a payment the bank makes twice, when the second line comes, then it is claimed back, not lent', async () => {
    const { world, loanId, paymentId } = await instructed();
    await world.run('payment.settle', { paymentId, line: debitLine(world, 'ONCE') });
    await world.run('payment.settle', { paymentId, line: debitLine(world, 'TWICE') });
    expect(netFen(world, '1303.01')).toBe(AMOUNT);
    expect(netFen(world, '1221', receiptIdOf('TWICE'))).toBe(AMOUNT);
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'active' });
    expect(await headOf(world)).toMatchObject({ bankFen: 940n * WAN });
  });

  test('given a payment nobody knows, when the statement shows it, then it waits; a bounce of it is refused', async () => {
    const world = await fundedWorld();
    const paymentId = `${loanIdOf(9)}-P1`;
    await world.run('payment.settle', { paymentId, line: debitLine(world, 'NOBODY') });
    await world.run('payment.give-back', { paymentId, line: creditLine(world, 'BACK') });
    expect(await world.read('receipt', receiptIdOf('NOBODY'))).toMatchObject({ side: 'debit' });
    expect(await world.read('receipt', receiptIdOf('BACK'))).toMatchObject({ side: 'credit' });
    expect(await world.refusal('payment.bounce', bounce(paymentId))).toBe('PAYMENT_NOT_FOUND');
    expect(await world.refusal('payment.doubt', { paymentId, date: world.clock.today() })).toBe('PAYMENT_NOT_FOUND');
  });

  test('given money still held for it, when less than the held amount is at the bank, then the claim is FUNDS_INSUFFICIENT', async () => {
    const world = createWorld();
    await found(world);
    await fundWith(world, 30n * WAN);
    await approveLoan(world, 1, 30n * WAN);
    expect(await world.refusal('receipt.suspend', { line: debitLine(world, 'FEE', 1n) })).toBe('FUNDS_INSUFFICIENT');
  });
});

describe('money that comes back', () => {
  const lent = async (changes: object = {}) => {
    const world = await fundedWorld(changes);
    const loanId = await lend(world, 1, AMOUNT);
    return { world, loanId, paymentId: `${loanId}-P1` };
  };

  test('given a loan nothing has happened to, when the money comes back, then it is as if the bank had refused', async () => {
    const { world, loanId, paymentId } = await lent();
    await world.run('payment.give-back', { paymentId, line: creditLine(world, 'BACK') });
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'payment-rejected', schedule: [] });
    expect(await headOf(world)).toMatchObject({ bankFen: 1_000n * WAN, heldFen: AMOUNT });
    expect(netFen(world, '1303.01')).toBe(0n);
  });

  test('given present-value measurement, when the money comes back at once, then the day-one difference goes too', async () => {
    const { world, paymentId } = await lent({
      accounting: { measurement: { kind: 'present-value', annualRate: '0.0425' } },
    });
    await world.run('payment.give-back', { paymentId, line: creditLine(world, 'BACK') });
    expect(netFen(world, '1303.03')).toBe(0n);
    expect(netFen(world, '6711')).toBe(0n);
    expect(linesOf(world).filter((l) => l.red === true)).toHaveLength(4);
  });

  test.each([
    [
      'provided for',
      async (world: World, loanId: string) => {
        world.clock.set(addDays(world.clock.today(), 2));
        await closeUntilYesterday(world, [loanId]);
      },
    ],
    [
      'repaid in part',
      async (world: World, loanId: string) => {
        await world.run('loan.repay', { loanId, line: bankLine('credit', WAN, world.clock.today()) });
      },
    ],
  ])('given a loan %s since, when the money comes back, then the line waits for a person', async (_, happen) => {
    const { world, loanId, paymentId } = await lent();
    await happen(world, loanId);
    const before = await world.read('loan', loanId);
    await world.run('payment.give-back', { paymentId, line: creditLine(world, 'BACK') });
    expect(await world.read('loan', loanId)).toEqual(before);
    expect(await world.read('receipt', receiptIdOf('BACK'))).toMatchObject({ side: 'credit', openFen: AMOUNT });
  });

  test('given no provision, when the money comes back after an extension or a penalty, then a person must look', async () => {
    const none = { normal: '0', specialMention: '0', substandard: '0', doubtful: '0', loss: '0' };
    const { world, loanId, paymentId } = await lent({
      accounting: { provision: none },
      lending: { minTermMonths: 1 },
    });
    await extend(world, loanId, 1);
    await world.run('payment.give-back', { paymentId, line: creditLine(world, 'BACK') });
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'active', extensions: 1 });
  });

  test('given part of the money, when it comes back, then it waits for a person', async () => {
    const { world, loanId, paymentId } = await lent();
    await world.run('payment.give-back', { paymentId, line: creditLine(world, 'PART', AMOUNT - 1n) });
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'active' });
    expect(await world.read('receipt', receiptIdOf('PART'))).toMatchObject({ openFen: AMOUNT - 1n });
  });
});

describe('present-value measurement', () => {
  test('given 30万 for three years at 4.25%, when the money arrives, then 6711 bears the difference and time earns it back', async () => {
    const world = await fundedWorld({
      accounting: { measurement: { kind: 'present-value', annualRate: '0.0425' } },
    });
    const loanId = await lend(world, 1, AMOUNT);
    const dayOne = netFen(world, '6711');
    // 30万 − 26.478万 (domain.md §6.3), give or take the days by which the last day moves to a working day.
    expect(dayOne).toBeGreaterThan(3_510_000n);
    expect(dayOne).toBeLessThan(3_535_000n);
    const due = (await world.read('loan', loanId))?.schedule[0]?.dueDate ?? parseDate('1990-01-01');
    world.clock.set(addDays(due, 40));
    await closeUntilYesterday(world, [loanId]);
    expect(netFen(world, '6011')).toBe(-dayOne);
    expect(netFen(world, '1303.03', loanId)).toBe(0n);
    expect(await world.read('loan', loanId)).toMatchObject({ discountFen: 0n });
  });
});
