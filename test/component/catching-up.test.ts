import { describe, expect, test } from 'vitest';
import { machineKinds } from '#shared/application/kinds/machine.ts';
import { carryOut } from '#shared/application/work.ts';
import type { Envelope } from '#shared/contracts/messages.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { asked } from '../support/nightly.ts';
import {
  approveLoan,
  charterWith,
  contractOf,
  createWorld,
  FUND,
  found,
  fundWith,
  lend,
  loanIdOf,
  people,
  WAN,
  type World,
} from '../support/world.ts';

/** A fund with some loans out. */
const lending = async (loans: number, charter: object = {}): Promise<World> => {
  const world = createWorld('2018-03-01');
  await found(world, charterWith(charter));
  await fundWith(world, 1_000n * WAN);
  for (let n = 1; n <= loans; n += 1) await lend(world, n, 20n * WAN);
  return world;
};

const work = (world: World, messages: readonly Envelope[]): Promise<void> =>
  carryOut(world.kernel, machineKinds, FUND, messages);

const closedThrough = async (world: World) => (await world.ledger.load(FUND, [])).head.closedThrough;

describe('the daily close after the job was down', () => {
  test('given months were missed, when the job runs again, then they are closed one after the other', async () => {
    const world = await lending(1);
    await work(world, await asked(world));
    world.clock.set(addDays(world.clock.today(), 200));
    await work(world, await asked(world));
    expect(await closedThrough(world)).toBe(addDays(world.clock.today(), -1));
  });

  test('given the first month’s step was given up and later ones came too early, when the job runs the next night, then all days are closed', async () => {
    const world = await lending(1);
    await work(world, await asked(world));
    world.clock.set(addDays(world.clock.today(), 100));
    const [first, ...later] = await asked(world);
    await work(world, later);
    expect(first?.kind).toBe('day.close');
    world.clock.set(addDays(world.clock.today(), 1));
    await work(world, await asked(world));
    expect(await closedThrough(world)).toBe(addDays(world.clock.today(), -1));
  });

  test('given the command that releases a loan’s money was lost, when the job runs, then the money is instructed, once', async () => {
    const world = createWorld('2018-03-01');
    await found(world);
    await fundWith(world, 1_000n * WAN);
    const caseId = await approveLoan(world, 1, 20n * WAN);
    await world.run('loan.contract', contractOf(world, caseId), people.treasurer);
    const [released] = world.entries().flatMap((e) => e.outbox ?? []);
    world.clock.set(addDays(world.clock.today(), 1));
    await work(world, await asked(world));
    expect(await world.read('loan', loanIdOf(1))).toMatchObject({ status: 'instructed' });
    // And what was lost comes to light after all.
    if (released === undefined) throw new Error('nothing was to be carried by a queue');
    const { queue: _queue, ...late } = released;
    await work(world, [{ v: 1, fundId: FUND, ...late, payload: { loanId: loanIdOf(1) } }]);
    expect(world.entries().filter((e) => e.type === 'loan.instructed')).toHaveLength(1);
  });

  test('given the job fires twice on one day, when both are carried out, then the second changes nothing', async () => {
    const world = await lending(2);
    world.clock.set(addDays(world.clock.today(), 40));
    const messages = await asked(world);
    await work(world, messages);
    const entries = world.entries();
    await work(world, messages);
    await work(world, await asked(world));
    expect(world.entries()).toEqual(entries);
  });

  test('given a book of many loans that was never closed, when the job first runs after two years, then no step is too large', async () => {
    const measurement = { kind: 'present-value', annualRate: '0.0475' };
    const world = await lending(8, { accounting: { measurement } });
    world.clock.set(addDays(world.clock.today(), 730));
    await work(world, await asked(world));
    expect(await closedThrough(world)).toBe(addDays(world.clock.today(), -1));
  });
});
