import { describe, expect, test } from 'vitest';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { addDays, parseDate } from '#shared/domain/calendar.ts';
import {
  bankLine,
  caseIdOf,
  closeUntilYesterday,
  createWorld,
  FUND,
  found,
  fundWith,
  lend,
  people,
  shownOf,
  WAN,
} from '../support/world.ts';

const lent = async () => {
  const world = createWorld();
  await found(world);
  await fundWith(world, 1_000n * WAN);
  const loanId = await lend(world, 1, 30n * WAN);
  return { world, loanId };
};

describe('the life of a loan', () => {
  test('given paid-in capital, when a loan is approved, contracted and paid, then the book says so', async () => {
    const { world, loanId } = await lent();
    const { head } = await world.ledger.load(FUND, []);
    const loan = await world.read('loan', loanId);
    expect(loan).toMatchObject({ status: 'active', principalFen: 30n * WAN, grade: 'normal' });
    expect(head).toMatchObject({ bankFen: 970n * WAN, inTransitFen: 0n, heldFen: 0n, paidInFen: 1_000n * WAN });
    const entries = world.entries();
    expect(entries.map((e) => e.seq)).toEqual(entries.map((_, i) => i + 1));
    const lines = entries.flatMap((e) => e.lines ?? []);
    expect(netDebitFen(lines)).toBe(0n);
    expect(netDebitFen(lines, '1002')).toBe(970n * WAN);
    expect(netDebitFen(lines, '1303.01')).toBe(30n * WAN);
  });

  test('given a bullet loan, when it is repaid in two parts, then it is repaid and the limit is free again', async () => {
    const { world, loanId } = await lent();
    world.clock.set('2020-03-01');
    await world.run('loan.repay', { loanId, line: bankLine('credit', 10n * WAN, '2020-03-01') });
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'active' });
    await world.run('loan.repay', { loanId, line: bankLine('credit', 20n * WAN, '2020-03-01') });
    const loan = await world.read('loan', loanId);
    expect(loan).toMatchObject({ status: 'repaid' });
    expect(await world.read('enterprise', loan?.enterpriseId ?? '')).toMatchObject({ exposureFen: 0n });
  });

  test('given a loan nobody repays, when days are closed, then it passes through the five grades and is written off', async () => {
    const { world, loanId } = await lent();
    const due = (await world.read('loan', loanId))?.schedule[0]?.dueDate ?? parseDate('1990-01-01');
    const grades: string[] = [];
    for (const days of [0, 1, 91, 271, 361]) {
      world.clock.set(addDays(due, days + 1));
      await closeUntilYesterday(world, [loanId]);
      grades.push((await world.read('loan', loanId))?.grade ?? '');
    }
    expect(grades).toEqual(['normal', 'special-mention', 'substandard', 'doubtful', 'loss']);
    expect(await world.read('loan', loanId)).toMatchObject({ provisionFen: 30n * WAN, overdueFen: 30n * WAN });
    const caseId = caseIdOf('write-off');
    const content = { subject: 'write-off', writeOff: { loanId, reason: '企业已注销', documents: [] } };
    await world.run('loan.propose-write-off', { caseId, content }, people.officer);
    const shown = await shownOf(world, caseId);
    await world.run('case.review', { caseId, ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
    for (const member of people.committee.slice(0, 4))
      await world.run('case.vote', { caseId, ...shown, choice: 'approve', comment: '同意' }, member);
    for (const bureau of [people.science, people.finance, people.office])
      await world.run('case.approve', { caseId, ...shown }, bureau);
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'written-off', writtenOffFen: 30n * WAN });
    await world.run('loan.repay', { loanId, line: bankLine('credit', 5n * WAN, world.clock.today()) });
    expect(await world.read('loan', loanId)).toMatchObject({ recoveredFen: 5n * WAN });
    const lines = world.entries().flatMap((e) => e.lines ?? []);
    expect(netDebitFen(lines)).toBe(0n);
    expect(netDebitFen(lines, '1303.01') + netDebitFen(lines, '1303.02')).toBe(0n);
    expect(netDebitFen(lines, '1304')).toBe(0n);
    expect(netDebitFen(lines, '6702')).toBe(25n * WAN);
  });
});
