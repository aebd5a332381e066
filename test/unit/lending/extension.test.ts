import { describe, expect, test } from 'vitest';
import { addDays, addMonths, parseDate } from '#shared/domain/calendar.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { extendSchedule } from '#shared/domain/lending/schedule.ts';
import { netFen } from '../../support/books.ts';
import { extend, proposeExtension } from '../../support/changes.ts';
import {
  bankLine,
  caseIdOf,
  closeUntilYesterday,
  fundedWorld,
  lend,
  loanIdOf,
  people,
  shownOf,
  WAN,
} from '../../support/world.ts';

const overdue = async (days: number, changes: object = {}) => {
  const world = await fundedWorld({ lending: { penaltyDailyRate: '0.003' }, ...changes });
  const loanId = await lend(world, 1, 10n * WAN);
  const due = (await world.read('loan', loanId))?.schedule[0]?.dueDate ?? parseDate('1990-01-01');
  world.clock.set(addDays(due, days));
  await closeUntilYesterday(world, [loanId]);
  return { world, loanId, due };
};

describe('extension', () => {
  test('given a loan, when twelve months are approved, then what is unpaid falls due twelve months later', async () => {
    const world = await fundedWorld();
    const loanId = await lend(world, 1, 10n * WAN);
    const before = await world.read('loan', loanId);
    await extend(world, loanId, 12);
    const after = await world.read('loan', loanId);
    expect(after).toMatchObject({ status: 'active', extensions: 1, extendedOn: world.clock.today() });
    expect(after?.schedule).toEqual(extendSchedule(before?.schedule ?? [], 12, chinaCalendar));
  });

  test('given an extended loan, when it is extended again, then EXTENSION_REFUSED; so are too many months', async () => {
    const world = await fundedWorld();
    const loanId = await lend(world, 1, 10n * WAN);
    const propose = (months: number) =>
      world.refusal(
        'loan.propose-extension',
        {
          caseId: caseIdOf(`x${months}`),
          content: { subject: 'extension', extension: { loanId, months, reason: '回款延迟' } },
        },
        people.officer,
      );
    expect(await propose(13)).toBe('EXTENSION_REFUSED');
    await extend(world, loanId, 12);
    expect(await propose(1)).toBe('EXTENSION_REFUSED');
  });

  test('given two proposals for one loan, when the second gets its approval, then EXTENSION_REFUSED', async () => {
    const world = await fundedWorld();
    const loanId = await lend(world, 1, 10n * WAN);
    const first = await proposeExtension(world, loanId, 6);
    const second = await proposeExtension(world, loanId, 12);
    await world.run('case.approve', { caseId: first, ...(await shownOf(world, first)) }, people.director);
    expect(
      await world.refusal('case.approve', { caseId: second, ...(await shownOf(world, second)) }, people.director),
    ).toBe('EXTENSION_REFUSED');
  });

  test('given a loan ten days overdue, when it is extended, then the penalty run up till then stays owed', async () => {
    const { world, loanId, due } = await overdue(10);
    await extend(world, loanId, 12);
    expect(await world.read('loan', loanId)).toMatchObject({ agedThrough: addDays(due, 10) });
    world.clock.set(addDays(due, 40));
    await closeUntilYesterday(world, [loanId]);
    // 10 days on 10万 at 0.003; afterwards nothing is overdue.
    expect((await world.read('loan', loanId))?.penaltyUnits).toBe(10n * 10n * WAN * 3n);
    expect(await world.read('loan', loanId)).toMatchObject({
      overdueFen: 0n,
      daysPastDue: 0,
      grade: 'special-mention',
    });
    expect(netFen(world, '1303.02', loanId)).toBe(0n);
  });

  test('given an extended loan, when the observation period is over, then it may be normal again', async () => {
    const world = await fundedWorld({ classification: { observationMonths: 3 } });
    const loanId = await lend(world, 1, 10n * WAN);
    await extend(world, loanId, 12);
    const extendedOn = world.clock.today();
    const gradeOn = async (date: string) => {
      world.clock.set(addDays(parseDate(date), 1));
      await closeUntilYesterday(world, [loanId]);
      return (await world.read('loan', loanId))?.grade;
    };
    expect(await gradeOn(addMonths(extendedOn, 3))).toBe('special-mention');
    expect(await gradeOn(addDays(addMonths(extendedOn, 3), 1))).toBe('normal');
  });

  test('given instalments partly paid, when the loan is extended, then what is paid keeps its date', async () => {
    const world = await fundedWorld();
    const loanId = await lend(world, 1, 9n * WAN, { repayment: { kind: 'instalments', count: 3, everyMonths: 12 } });
    const [first, second] = (await world.read('loan', loanId))?.schedule ?? [];
    await world.run('loan.repay', { loanId, line: bankLine('credit', 4n * WAN, world.clock.today()) });
    await extend(world, loanId, 1);
    const after = (await world.read('loan', loanId))?.schedule ?? [];
    expect(after[0]?.dueDate).toBe(first?.dueDate);
    expect(after[1]?.dueDate).not.toBe(second?.dueDate);
  });

  test('given no such loan, or one that is not out, when an extension is proposed, then it is refused', async () => {
    const world = await fundedWorld();
    const propose = (loanId: string) =>
      world.refusal(
        'loan.propose-extension',
        {
          caseId: caseIdOf('x'),
          content: { subject: 'extension', extension: { loanId, months: 1, reason: '回款延迟' } },
        },
        people.officer,
      );
    expect(await propose(loanIdOf(9))).toBe('LOAN_NOT_FOUND');
    const loanId = await lend(world, 1, 10n * WAN);
    await world.run('loan.repay', { loanId, line: bankLine('credit', 10n * WAN, world.clock.today()) });
    expect(await propose(loanId)).toBe('STATE_INVALID');
  });
});
