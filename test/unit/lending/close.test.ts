import { describe, expect, test } from 'vitest';
import { askAllForClose } from '#shared/application/close.ts';
import { machineKinds } from '#shared/application/kinds/machine.ts';
import { carryOut } from '#shared/application/work.ts';
import type { Envelope } from '#shared/contracts/messages.ts';
import { addDays, endOfMonth, monthOf, parseDate } from '#shared/domain/calendar.ts';
import type { EntityRef } from '#shared/domain/entities.ts';
import { differences, heldBy, netFen } from '../../support/books.ts';
import { asked } from '../../support/nightly.ts';
import { worklistsOf } from '../../support/worklists.ts';
import {
  bankLine,
  closeUntilYesterday,
  createWorld,
  FUND,
  forkOf,
  found,
  fundedWorld,
  lend,
  WAN,
  type World,
} from '../../support/world.ts';

const lent = async (changes: object = {}) => {
  const world = await fundedWorld(changes);
  const loanId = await lend(world, 1, 10n * WAN);
  const due = (await world.read('loan', loanId))?.schedule[0]?.dueDate ?? parseDate('1990-01-01');
  return { world, loanId, due };
};

const close = (world: World, through: string, loanIds: readonly string[], last = true) =>
  world.refusal('day.close', { through, loanIds, last });

describe('daily close', () => {
  test('given a fund that cannot be asked, then the funds after it are asked all the same, and the failure names the fund', async () => {
    const { world } = await lent();
    world.clock.set(addDays(world.clock.today(), 3));
    const sent: Envelope[] = [];
    const worklists = { ...worklistsOf(world.ledger), funds: async () => ['broken', FUND] };
    const load = async (fundId: string, refs: readonly EntityRef[]) => {
      if (fundId === 'broken') throw new Error('the table does not answer');
      return await world.ledger.load(fundId, refs);
    };
    const queue = { send: async (messages: readonly Envelope[]) => void sent.push(...messages) };

    const all = askAllForClose({ ledger: { ...world.ledger, load }, worklists, queue }, world.clock.today());
    await expect(all).rejects.toThrow('broken could not be asked for its close: Error: the table does not answer');

    expect(sent.map((m) => [m.fundId, m.kind])).toContainEqual([FUND, 'day.close']);
  });

  test('given a day that is not over, when it is closed, then CLOSE_OUT_OF_RANGE; people cannot close at all', async () => {
    const { world, loanId } = await lent();
    expect(await close(world, world.clock.today(), [loanId])).toBe('CLOSE_OUT_OF_RANGE');
    const yesterday = addDays(world.clock.today(), -1);
    const payload = { through: yesterday, loanIds: [], last: true };
    expect(await world.refusal('day.close', payload, { kind: 'person', id: 'x', roles: ['director'] })).toBe(
      'ROLE_REQUIRED',
    );
    expect(await close(world, yesterday, [loanId])).toBe('applied');
  });

  test('given a closed day, when something is posted on it, then it bears the first open day; when closed again, nothing happens', async () => {
    const { world, loanId } = await lent();
    const day = world.clock.today();
    world.clock.set(addDays(day, 1));
    await close(world, day, [loanId]);
    const before = heldBy(world.ledger);
    expect(await close(world, day, [loanId])).toBe('idle');
    expect(await close(world, addDays(day, -3), [loanId])).toBe('idle');
    expect(differences(before, heldBy(world.ledger))).toEqual([]);
  });

  test('given a step that changes nothing, when it comes in one batch with others, then the book is as if it came alone', async () => {
    const { world, loanId } = await lent();
    const day = world.clock.today();
    world.clock.set(addDays(day, 3));
    const step = (through: string, last: boolean): Envelope => ({
      v: 1,
      id: `close:${through}:${last}`,
      kind: 'day.close',
      fundId: FUND,
      payload: { through, loanIds: [loanId], last },
    });
    const other = forkOf(world);
    const replay = async (target: World, batches: readonly (readonly Envelope[])[]) => {
      for (const batch of batches) await carryOut(target.kernel, machineKinds, FUND, batch);
    };
    const steps = [step(addDays(day, 2), true), step(day, false), step(addDays(day, 1), true)];
    await replay(world, [steps]);
    await replay(
      other,
      steps.map((s) => [s]),
    );
    expect(differences(heldBy(other.ledger), heldBy(world.ledger))).toEqual([]);
    expect(await world.read('closing', monthOf(day))).toEqual({ closedThrough: addDays(day, 2) });
  });

  test('given a loan overdue, when missed days are closed at once, then each change bears the date on which it happened', async () => {
    const { world, loanId, due } = await lent();
    world.clock.set(addDays(due, 1));
    await closeUntilYesterday(world, [loanId]);
    world.clock.set(addDays(due, 30));
    await closeUntilYesterday(world, [loanId]);
    const aged = world.entries().filter((e) => e.type === 'loan.aged');
    expect(aged.at(-1)).toMatchObject({ businessDate: addDays(due, 1), summary: '关注，逾期1天' });
    expect(aged.at(-1)?.lines?.map((l) => `${l.side} ${l.account} ${l.amountFen}`)).toEqual([
      `debit 1303.02 ${10n * WAN}`,
      `credit 1303.01 ${10n * WAN}`,
      `debit 6702 ${WAN / 10n}`,
      `credit 1304 ${WAN / 10n}`,
    ]);
  });

  test('given an overdue loan, when it is repaid in part, then it stays overdue with the rest, and provided for by the rest', async () => {
    const { world, loanId, due } = await lent();
    world.clock.set(addDays(due, 100));
    await closeUntilYesterday(world, [loanId]);
    await world.run('loan.repay', { loanId, line: bankLine('credit', 4n * WAN, world.clock.today()) });
    world.clock.set(addDays(due, 101));
    await closeUntilYesterday(world, [loanId]);
    expect(await world.read('loan', loanId)).toMatchObject({
      grade: 'substandard',
      overdueFen: 6n * WAN,
      provisionFen: (6n * WAN) / 4n,
    });
    expect(netFen(world, '1303.02', loanId)).toBe(6n * WAN);
    expect(netFen(world, '1304', loanId)).toBe(-(6n * WAN) / 4n);
  });

  test('given a stretch of more than a month, when it is closed in one step, then CLOSE_OUT_OF_RANGE, also for the very first', async () => {
    const { world, loanId } = await lent();
    const day = world.clock.today();
    world.clock.set(addDays(day, 400));
    expect(await close(world, addDays(day, 399), [loanId])).toBe('CLOSE_OUT_OF_RANGE');
    expect(await close(world, day, [loanId])).toBe('applied');
    expect(await close(world, addDays(day, 32), [loanId])).toBe('CLOSE_OUT_OF_RANGE');
    expect(await close(world, addDays(day, 31), [loanId])).toBe('applied');
  });

  test('given eight present-value loans and two years without a close, when the job asks, then each step fits one transaction', async () => {
    const world = await fundedWorld({
      accounting: { measurement: { kind: 'present-value', annualRate: '0.0425' } },
    });
    const loanIds: string[] = [];
    for (let n = 1; n <= 8; n += 1)
      loanIds.push(await lend(world, n, 9n * WAN, { repayment: { kind: 'instalments', count: 36, everyMonths: 1 } }));
    const start = world.clock.today();
    world.clock.set(addDays(start, 730));
    const messages = await asked(world);
    expect(messages.map((m) => (m.payload as { through: string }).through)).toContain(endOfMonth(monthOf(start)));
    await carryOut(world.kernel, machineKinds, FUND, messages);
    const { head } = await world.ledger.load(FUND, []);
    expect(head.closedThrough).toBe(addDays(world.clock.today(), -1));
    expect(world.entries().filter((e) => e.type === 'command.refused')).toEqual([]);
    for (const loanId of loanIds) {
      const loan = await world.read('loan', loanId);
      expect(netFen(world, '1303.02', loanId)).toBe(loan?.overdueFen);
      expect(netFen(world, '1303.03', loanId)).toBe(-(loan?.discountFen ?? 0n));
      expect(netFen(world, '1304', loanId)).toBe(-(loan?.provisionFen ?? 0n));
    }
  });

  test('given no voucher yet, when the job asks, then it closes up to yesterday at once', async () => {
    const world = createWorld('2017-03-01');
    await found(world);
    world.clock.set('2019-03-01');
    const messages = await asked(world);
    expect(messages.map((m) => m.payload)).toEqual([{ through: '2019-02-28', loanIds: [], last: true }]);
    await carryOut(world.kernel, machineKinds, FUND, messages);
    expect((await world.ledger.load(FUND, [])).head.closedThrough).toBe('2019-02-28');
  });

  test('given a month that is closed, when it is, then its voucher counters are let go; an open month keeps its own', async () => {
    const { world, loanId } = await lent();
    const day = world.clock.today();
    world.clock.set(addDays(endOfMonth(monthOf(day)), 1));
    await world.run('loan.repay', { loanId, line: bankLine('credit', 1n, world.clock.today()) });
    await closeUntilYesterday(world, [loanId]);
    const { head } = await world.ledger.load(FUND, []);
    expect(Object.keys(head.numbers)).toEqual([monthOf(world.clock.today())]);
  });
});
