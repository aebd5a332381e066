import { describe, expect, test } from 'vitest';
import { type Statement, statementCommands } from '#shared/application/intake.ts';
import { machineKinds } from '#shared/application/kinds/machine.ts';
import { carryOut } from '#shared/application/work.ts';
import { parseDate } from '#shared/domain/calendar.ts';
import { createWorld, FUND, found, seedCharter, type World } from '../../support/world.ts';

const ACCOUNT = seedCharter.account.number;

/** A statement of one day on which somebody paid in ten yuan. */
const statement: Statement = {
  statementId: `${ACCOUNT}-20170301`,
  account: ACCOUNT,
  date: parseDate('2017-03-01'),
  openingFen: 0n,
  closingFen: 1_000n,
  entries: [
    {
      reference: '20170301-000001',
      bookingDate: parseDate('2017-03-01'),
      side: 'credit',
      reversal: false,
      amountFen: 1_000n,
      payer: '某单位',
      payerAccount: '622200000001',
      remittance: '往来款',
    },
  ],
};

const takeIn = async (world: World, key: string, sha256: string, taken = statement): Promise<void> =>
  carryOut(world.kernel, machineKinds, FUND, statementCommands(FUND, taken, { key, sha256 }, [ACCOUNT]));

const foundedWorld = async (): Promise<World> => {
  const world = createWorld();
  await found(world);
  await takeIn(world, 'inbox/seed/first.xml', 'a'.repeat(64));
  return world;
};

describe('taking in a bank statement', () => {
  test('given a statement taken in, when the same file comes under another name, then nothing is added to the book', async () => {
    const world = await foundedWorld();
    const before = world.entries();
    expect(before.map((e) => e.type)).toContain('statement.recorded');
    await takeIn(world, 'inbox/seed/again.xml', 'a'.repeat(64));
    expect(world.entries()).toEqual(before);
  });

  test('given a statement taken in, when another one comes under its number, then the book says so and keeps the first', async () => {
    const world = await foundedWorld();
    await takeIn(world, 'inbox/seed/other.xml', 'b'.repeat(64), { ...statement, closingFen: 2_000n });
    expect(world.entries().at(-1)).toMatchObject({
      type: 'command.refused',
      facts: { kind: 'statement.record', code: 'STATEMENT_DIFFERS' },
    });
    expect(await world.read('statement', statement.statementId)).toMatchObject({
      sha256: 'a'.repeat(64),
      closingFen: 1_000n,
    });
  });
});
