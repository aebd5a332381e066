import { describe, expect, test } from 'vitest';
import { readDues } from '#shared/application/dues.ts';
import { addDays, parseDate } from '#shared/domain/calendar.ts';
import { writeOff } from '../../support/changes.ts';
import {
  bankLine,
  closeUntilYesterday,
  FUND,
  fundedWorld,
  lend,
  loanIdOf,
  WAN,
  type World,
} from '../../support/world.ts';

const PENALTY = { lending: { penaltyDailyRate: '0.003' } };

const duesOn = (world: World, loanId: string, on: string) => readDues(world.ledger, FUND, loanId, parseDate(on));

const dueOf = async (world: World, loanId: string) =>
  (await world.read('loan', loanId))?.schedule.at(-1)?.dueDate ?? parseDate('1990-01-01');

const lent = async (changes: object = {}) => {
  const world = await fundedWorld(PENALTY);
  const loanId = await lend(world, 1, 10n * WAN, changes);
  return { world, loanId, due: await dueOf(world, loanId) };
};

describe('what a loan owes on a day', () => {
  test('given a loan that is not due, then all of it is to come and nothing is overdue', async () => {
    const { world, loanId, due } = await lent();
    expect(await duesOn(world, loanId, due)).toEqual({
      outstandingFen: 10n * WAN,
      overdueFen: 0n,
      daysPastDue: 0,
      penaltyFen: 0n,
      payoffFen: 10n * WAN,
      next: { dueDate: due, amountFen: 10n * WAN },
    });
  });

  test('given a loan ten days overdue, then the penalty of ten days is owed, whether or not the days are closed', async () => {
    const { world, loanId, due } = await lent();
    const on = addDays(due, 10);
    const expected = {
      outstandingFen: 10n * WAN,
      overdueFen: 10n * WAN,
      daysPastDue: 10,
      penaltyFen: 300_000n,
      payoffFen: 10n * WAN + 300_000n,
    };
    expect(await duesOn(world, loanId, on)).toEqual(expected);
    world.clock.set(addDays(due, 30));
    await closeUntilYesterday(world, [loanId]);
    expect(await duesOn(world, loanId, on)).toEqual(expected);
  });

  test('given what pays the loan off, when exactly that comes on that day, then it is repaid and nothing is left over', async () => {
    const { world, loanId, due } = await lent({ repayment: { kind: 'instalments', count: 2, everyMonths: 3 } });
    const on = addDays(due, 7);
    world.clock.set(on);
    await closeUntilYesterday(world, [loanId]);
    const { payoffFen } = await duesOn(world, loanId, on);
    expect(payoffFen).toBeGreaterThan(10n * WAN);
    await world.run('loan.repay', { loanId, line: bankLine('credit', payoffFen, on) });
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'repaid' });
    expect(world.entries().filter((e) => e.type === 'bank-line.unmatched')).toEqual([]);
    expect(await duesOn(world, loanId, on)).toMatchObject({ outstandingFen: 0n, penaltyFen: 0n, payoffFen: 0n });
  });

  test('given instalments of which one has been paid, then the next one is named', async () => {
    const { world, loanId, due } = await lent({ repayment: { kind: 'instalments', count: 2, everyMonths: 3 } });
    await world.run('loan.repay', { loanId, line: bankLine('credit', 6n * WAN, world.clock.today()) });
    expect(await duesOn(world, loanId, world.clock.today())).toMatchObject({
      outstandingFen: 4n * WAN,
      next: { dueDate: due, amountFen: 4n * WAN },
    });
  });

  test('given a loan written off and partly recovered, then what the register still claims is owed', async () => {
    const { world, loanId, due } = await lent();
    world.clock.set(addDays(due, 400));
    await closeUntilYesterday(world, [loanId]);
    await writeOff(world, loanId);
    await world.run('loan.repay', { loanId, line: bankLine('credit', 4n * WAN, world.clock.today()) });
    expect(await duesOn(world, loanId, world.clock.today())).toMatchObject({ payoffFen: 6n * WAN, penaltyFen: 0n });
  });

  test('given no such loan, then it says so', async () => {
    const world = await fundedWorld();
    await expect(duesOn(world, loanIdOf('nobody'), '2020-01-01')).rejects.toMatchObject({ code: 'LOAN_NOT_FOUND' });
  });
});
