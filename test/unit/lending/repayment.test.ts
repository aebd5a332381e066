import { describe, expect, test } from 'vitest';
import { addDays, parseDate } from '#shared/domain/calendar.ts';
import { receiptIdOf } from '#shared/domain/payments/suspense.ts';
import { lastLines, netFen } from '../../support/books.ts';
import { writeOff } from '../../support/changes.ts';
import {
  bankLine,
  closeUntilYesterday,
  createWorld,
  FUND,
  fundedWorld,
  lend,
  loanIdOf,
  people,
  WAN,
  type World,
} from '../../support/world.ts';

/** 3% overdue per ten days: easy to reckon. */
const PENALTY = { lending: { penaltyDailyRate: '0.003' } };
const PRESENT_VALUE = { accounting: { measurement: { kind: 'present-value', annualRate: '0.0425' } } };

const repay = (world: World, loanId: string, amountFen: bigint, on: string = world.clock.today(), reference?: string) =>
  world.run('loan.repay', {
    loanId,
    line: bankLine('credit', amountFen, on, reference === undefined ? {} : { reference }),
  });

const dueOf = async (world: World, loanId: string) =>
  (await world.read('loan', loanId))?.schedule.at(-1)?.dueDate ?? parseDate('1990-01-01');

/** A loan that fell due some days ago, every day since closed. */
const overdue = async (days: number, changes: object = PENALTY) => {
  const world = await fundedWorld(changes);
  const loanId = await lend(world, 1, 10n * WAN);
  const due = await dueOf(world, loanId);
  world.clock.set(addDays(due, days + 1));
  await closeUntilYesterday(world, [loanId]);
  return { world, loanId, due };
};

describe('repayment', () => {
  test('given a loan, when more than it owes comes, then the rest waits for its payer in the repair queue', async () => {
    const world = await fundedWorld();
    const loanId = await lend(world, 1, 10n * WAN);
    await repay(world, loanId, 12n * WAN, undefined, 'OVER');
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'repaid' });
    expect(await world.read('receipt', receiptIdOf('OVER'))).toMatchObject({ status: 'open', openFen: 2n * WAN });
    expect(netFen(world, '2241', receiptIdOf('OVER'))).toBe(-2n * WAN);
    expect((await world.ledger.load(FUND, [])).head.bankFen).toBe(1_002n * WAN);
  });

  test('given a loan provided for, when it is repaid, then its provision is released with it', async () => {
    const world = await fundedWorld();
    const loanId = await lend(world, 1, 10n * WAN);
    world.clock.set(addDays(world.clock.today(), 2));
    await closeUntilYesterday(world, [loanId]);
    expect(netFen(world, '1304', loanId)).toBe(-100_000n);
    await repay(world, loanId, 10n * WAN);
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'repaid', provisionFen: 0n, overdueFen: 0n });
    expect(netFen(world, '1304', loanId)).toBe(0n);
    expect(netFen(world, '6702')).toBe(0n);
  });

  test('given present-value measurement, when a loan is repaid early, then the whole difference is earned', async () => {
    const world = await fundedWorld(PRESENT_VALUE);
    const loanId = await lend(world, 1, 30n * WAN);
    expect(netFen(world, '1303.03', loanId)).toBeLessThan(0n);
    await repay(world, loanId, 30n * WAN);
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'repaid', discountFen: 0n });
    expect(netFen(world, '1303.03', loanId)).toBe(0n);
    expect(netFen(world, '6711') + netFen(world, '6011')).toBe(0n);
  });

  test('given present-value measurement, when most of a loan is repaid early, then its carrying amount stays above zero', async () => {
    const world = await fundedWorld(PRESENT_VALUE);
    const loanId = await lend(world, 1, 30n * WAN);
    await repay(world, loanId, 29n * WAN);
    world.clock.set(addDays(world.clock.today(), 2));
    await closeUntilYesterday(world, [loanId]);
    const loan = await world.read('loan', loanId);
    expect(loan?.discountFen).toBeGreaterThan(0n);
    expect(loan?.discountFen).toBeLessThan(WAN);
    expect(loan?.provisionFen).toBeGreaterThan(0n);
    expect(netFen(world, '1303.03', loanId)).toBe(-(loan?.discountFen ?? 0n));
  });

  test('given ten days overdue, when principal comes first, then the penalty stays owed and a later payment pays it', async () => {
    const { world, loanId } = await overdue(10);
    await repay(world, loanId, 10n * WAN, addDays(world.clock.today(), -1));
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'repaid' });
    await repay(world, loanId, WAN, undefined, 'PENALTY');
    expect(lastLines(world, 'loan.repaid')).toEqual([
      'debit 1002 300000',
      'credit 6011 300000',
      'debit 1002 700000',
      'credit 2241 700000',
    ]);
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'repaid', penaltyUnits: 0n });
    expect(await world.read('receipt', receiptIdOf('PENALTY'))).toMatchObject({ openFen: 700_000n });
  });

  test('given ten days overdue, when penalty comes first, then principal gets the rest', async () => {
    const { world, loanId } = await overdue(10, { lending: { ...PENALTY.lending, repaymentOrder: 'penalty-first' } });
    await repay(world, loanId, WAN, addDays(world.clock.today(), -1));
    expect(lastLines(world, 'loan.repaid')).toEqual([
      'debit 1002 700000',
      'credit 1303.02 700000',
      'debit 1002 300000',
      'credit 6011 300000',
    ]);
  });

  test('given money that came on the due day, when the bank tells of it days later, then no penalty is owed', async () => {
    const { world, loanId, due } = await overdue(10);
    await repay(world, loanId, 10n * WAN, due);
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'repaid', penaltyUnits: 0n });
  });

  test('given half of it came on the fourth day overdue, when the bank tells on the tenth, then penalty ran on half since', async () => {
    const { world, loanId, due } = await overdue(10);
    await repay(world, loanId, 5n * WAN, addDays(due, 4));
    // Four days on ten, of which nothing is paid while principal comes first, and six days on five.
    await repay(world, loanId, 6n * WAN, addDays(due, 10), 'REST');
    expect(lastLines(world, 'loan.repaid')).toContain(`credit 6011 ${(4n * 10n + 6n * 5n) * 3_000n}`);
  });

  test('given a repaid loan that owes nothing, when money names it, then all of it waits in the repair queue', async () => {
    const world = await fundedWorld();
    const loanId = await lend(world, 1, 10n * WAN);
    await repay(world, loanId, 10n * WAN);
    const repaid = await world.read('loan', loanId);
    await repay(world, loanId, WAN, undefined, 'LATE');
    expect(world.entries().at(-1)).toMatchObject({ type: 'bank-line.unmatched', links: { loan: loanId } });
    expect(await world.read('loan', loanId)).toEqual(repaid);
    expect(await world.read('receipt', receiptIdOf('LATE'))).toMatchObject({ openFen: WAN });
  });

  test('given a line of nothing, when it names a loan, then AMOUNT_INVALID', async () => {
    const world = await fundedWorld();
    const loanId = await lend(world, 1, 10n * WAN);
    const line = bankLine('credit', 0n, world.clock.today());
    expect(await world.refusal('loan.repay', { loanId, line })).toBe('AMOUNT_INVALID');
    expect(await world.refusal('receipt.suspend', { line })).toBe('AMOUNT_INVALID');
  });

  test('given no such loan, when money names it, then it waits in the repair queue', async () => {
    const world = createWorld();
    const funded = await fundedWorld();
    expect(
      await world.refusal('loan.repay', { loanId: loanIdOf(9), line: bankLine('credit', WAN, '2017-03-01') }),
    ).toBe('CHARTER_NOT_IN_FORCE');
    await repay(funded, loanIdOf(9), WAN, undefined, 'NOBODY');
    expect(await funded.read('receipt', receiptIdOf('NOBODY'))).toMatchObject({ status: 'open', side: 'credit' });
  });

  test('given a closed day, when money booked on it is told of, then the voucher bears the first open day', async () => {
    const world = await fundedWorld();
    const loanId = await lend(world, 1, 10n * WAN);
    const bookedOn = world.clock.today();
    world.clock.set(addDays(bookedOn, 3));
    await closeUntilYesterday(world, [loanId]);
    await repay(world, loanId, WAN, bookedOn);
    expect(world.entries().at(-1)).toMatchObject({ businessDate: addDays(bookedOn, 3), facts: { bookedOn } });
  });
});

describe('recovery after write-off', () => {
  const writtenOff = async () => {
    const { world, loanId } = await overdue(361, {});
    await writeOff(world, loanId);
    return { world, loanId };
  };

  test('given a written-off loan, when money comes, then the loss is given back and the register falls', async () => {
    const { world, loanId } = await writtenOff();
    await repay(world, loanId, 4n * WAN);
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'written-off', recoveredFen: 4n * WAN });
    expect(netFen(world, '6702')).toBe(6n * WAN);
    expect(netFen(world, '1304', loanId)).toBe(0n);
    expect(netFen(world, '1303.02', loanId)).toBe(0n);
  });

  test('given a loan recovered in part, when more than the rest comes, then the excess waits and the limit is free again', async () => {
    const { world, loanId } = await writtenOff();
    const borrower = (await world.read('loan', loanId))?.enterpriseId ?? '';
    await repay(world, loanId, 4n * WAN);
    expect(await world.read('enterprise', borrower)).toMatchObject({ exposureFen: 10n * WAN });
    await repay(world, loanId, 7n * WAN, undefined, 'MORE');
    expect(await world.read('loan', loanId)).toMatchObject({ recoveredFen: 10n * WAN });
    expect(await world.read('receipt', receiptIdOf('MORE'))).toMatchObject({ openFen: WAN });
    expect(await world.read('enterprise', borrower)).toMatchObject({ exposureFen: 0n });
    await repay(world, loanId, WAN, undefined, 'STILL');
    expect(await world.read('enterprise', borrower)).toMatchObject({ exposureFen: 0n });
    expect(await world.read('receipt', receiptIdOf('STILL'))).toMatchObject({ openFen: WAN });
  });
});

describe('money that was parked', () => {
  const parked = async (side: 'credit' | 'debit', amountFen: bigint) => {
    const world = await fundedWorld();
    const loanId = await lend(world, 1, 10n * WAN);
    const line = bankLine(side, amountFen, world.clock.today(), { reference: 'PARKED' });
    await world.run('receipt.suspend', { line });
    return { world, loanId, receiptId: receiptIdOf('PARKED') };
  };

  test('given a parked credit, when it is placed in two parts, then it is assigned and 2241 is empty', async () => {
    const { world, loanId, receiptId } = await parked('credit', 3n * WAN);
    await world.run('receipt.assign', { receiptId, loanId, amountFen: String(WAN) }, people.treasurer);
    expect(await world.read('receipt', receiptId)).toMatchObject({ status: 'open', openFen: 2n * WAN });
    expect(lastLines(world, 'bank-line.assigned')).toEqual([`debit 2241 ${WAN}`, `credit 1303.01 ${WAN}`]);
    await world.run('receipt.assign', { receiptId, loanId, amountFen: String(2n * WAN) }, people.treasurer);
    expect(await world.read('receipt', receiptId)).toMatchObject({ status: 'assigned', openFen: 0n });
    expect(netFen(world, '2241', receiptId)).toBe(0n);
    expect(netFen(world, '1303.01', loanId)).toBe(7n * WAN);
  });

  test('given a parked credit, when more than it holds or the loan owes is placed, then it is refused', async () => {
    const { world, loanId, receiptId } = await parked('credit', 20n * WAN);
    const assign = (amountFen: bigint) =>
      world.refusal('receipt.assign', { receiptId, loanId, amountFen: String(amountFen) }, people.treasurer);
    expect(await assign(20n * WAN + 1n)).toBe('ASSIGNMENT_TOO_LARGE');
    expect(await assign(0n)).toBe('ASSIGNMENT_TOO_LARGE');
    expect(await assign(10n * WAN + 1n)).toBe('LOAN_OWES_LESS');
    expect(await assign(10n * WAN)).toBe('applied');
    expect(await assign(1n)).toBe('LOAN_OWES_LESS');
  });

  test('given a parked debit, when it is placed on a loan, then it is refused: it is a claim, not money', async () => {
    const { world, loanId, receiptId } = await parked('debit', WAN);
    expect(await world.refusal('receipt.assign', { receiptId, loanId, amountFen: '1' }, people.treasurer)).toBe(
      'ASSIGNMENT_TOO_LARGE',
    );
    expect(netFen(world, '1221', receiptId)).toBe(WAN);
  });

  test('given a parked line, when the bank reports it under another command, then BANK_LINE_BOOKED', async () => {
    const { world } = await parked('credit', WAN);
    const line = bankLine('credit', WAN, world.clock.today(), { reference: 'PARKED' });
    expect(await world.refusal('receipt.suspend', { line })).toBe('BANK_LINE_BOOKED');
  });
});
