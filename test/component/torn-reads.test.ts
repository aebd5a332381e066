import { describe, expect, test } from 'vitest';
import { createMemoryLedger } from '#shared/adapters/memory/ledger.ts';
import { createKernel } from '#shared/application/execute.ts';
import type { Ledger } from '#shared/application/ports.ts';
import { prepare } from '#shared/application/prepare.ts';
import { SYSTEM } from '#shared/application/system.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import {
  bankLine,
  caseIdOf,
  createWorld,
  FUND,
  found,
  fundWith,
  lend,
  people,
  shownOf,
  WAN,
} from '../support/world.ts';

/** A loan whose extension waits for the director. */
const awaitingDirector = async () => {
  const ledger = createMemoryLedger();
  const world = createWorld('2017-03-01', ledger);
  await found(world);
  await fundWith(world, 1_000n * WAN);
  const loanId = await lend(world, 1, 30n * WAN);
  const caseId = caseIdOf('extension');
  const content = { subject: 'extension', extension: { loanId, months: 12, reason: '回款延迟' } };
  await world.run('loan.propose-extension', { caseId, content }, people.officer);
  const shown = await shownOf(world, caseId);
  await world.run('case.review', { caseId, ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  return {
    ledger,
    world,
    approval: () => prepare('case.approve', FUND, 'same-key', { caseId, ...shown }, people.director),
  };
};

describe('a decision that reads twice', () => {
  test('given the same command taking effect between its two reads, when it decides, then it meets its own effect', async () => {
    const { ledger, world, approval } = await awaitingDirector();
    const kernelOn = (on: Ledger) =>
      createKernel({ ledger: on, clock: world.clock, calendar: chinaCalendar, jitter: () => 0 });
    let reads = 0;
    const rival = kernelOn(ledger);
    const overtaken: Ledger = {
      commit: ledger.commit,
      load: async (fundId, refs) => {
        reads += 1;
        if (reads === 2) await rival.execute(FUND, [approval()], { recordRefusals: false });
        return await ledger.load(fundId, refs);
      },
    };
    const [outcome] = await kernelOn(overtaken).execute(FUND, [approval()], { recordRefusals: false });
    expect(outcome).toMatchObject({ status: 'applied', replayed: true });
  });

  test('given the day is over and closed while it reads, when it decides, then it counts on the new day', async () => {
    const { ledger, world } = await awaitingDirector();
    const closer = createKernel({ ledger, clock: world.clock, calendar: chinaCalendar, jitter: () => 0 });
    let reads = 0;
    const slow: Ledger = {
      commit: ledger.commit,
      load: async (fundId, refs) => {
        reads += 1;
        if (reads === 1) {
          const through = world.clock.today();
          world.clock.set(addDays(through, 1));
          const payload = { through, loanIds: [], last: true };
          await closer.execute(FUND, [prepare('day.close', FUND, 'close', payload, SYSTEM)], { recordRefusals: true });
        }
        return await ledger.load(fundId, refs);
      },
    };
    const kernel = createKernel({ ledger: slow, clock: world.clock, calendar: chinaCalendar, jitter: () => 0 });
    const call = { callId: 'CC-000000000001', amountFen: '100', dueOn: '2030-01-01', documentNumber: '1号' };
    const command = prepare('capital.call', FUND, 'late-at-night', call, people.director);
    const [outcome] = await kernel.execute(FUND, [command], { recordRefusals: false });
    expect(outcome).toMatchObject({ status: 'applied' });
  });

  test('given more to read than one read takes, when commands are decided, then it is read in parts', async () => {
    const { ledger, world } = await awaitingDirector();
    const asked: number[] = [];
    const counted: Ledger = {
      commit: ledger.commit,
      load: (fundId, refs) => {
        asked.push(refs.length);
        return ledger.load(fundId, refs);
      },
    };
    const kernel = createKernel({ ledger: counted, clock: world.clock, calendar: chinaCalendar, jitter: () => 0 });
    const commands = Array.from({ length: 80 }, (_, i) =>
      prepare('receipt.suspend', FUND, `line-${i}`, { line: bankLine('credit', 1n, '2017-03-01') }, SYSTEM),
    );
    const outcomes = await kernel.execute(FUND, commands, { recordRefusals: true });
    expect(outcomes.every((o) => o.status === 'applied')).toBe(true);
    expect(Math.max(...asked)).toBeLessThanOrEqual(99);
  });
});
