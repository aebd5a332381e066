import { describe, expect, test } from 'vitest';
import { machineKinds } from '#shared/application/kinds/machine.ts';
import { carryOut } from '#shared/application/work.ts';
import type { Envelope } from '#shared/contracts/messages.ts';
import { differences, heldBy } from '../../support/books.ts';
import {
  application,
  approveLoan,
  bankLine,
  caseIdOf,
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
} from '../../support/world.ts';

const funded = async (): Promise<World> => {
  const world = createWorld();
  await found(world);
  await fundWith(world, 1_000n * WAN);
  return world;
};

const envelope = (kind: Envelope['kind'], id: string, payload: object): Envelope => ({
  v: 1,
  id,
  kind,
  fundId: FUND,
  payload: payload as Envelope['payload'],
});

describe('a command takes effect once', () => {
  test('given a command that was applied, when it comes again much later, then it meets the same answer and stores nothing', async () => {
    const world = await funded();
    const payload = { caseId: caseIdOf(1), application: application(1, 10n * WAN) };
    const first = await world.run('loan.apply', payload, people.officer, 'apply-1');
    world.clock.set('2017-09-01');
    const before = heldBy(world.ledger);
    const again = await world.run('loan.apply', payload, people.officer, 'apply-1');
    expect(again).toMatchObject({ replayed: true, seq: first.seq });
    expect(differences(before, heldBy(world.ledger))).toEqual([]);
  });

  test('given an applied command, when its id comes with another payload, then COMMAND_ID_REUSED and nothing is stored', async () => {
    const world = await funded();
    const caseId = caseIdOf(1);
    await world.run('loan.apply', { caseId, application: application(1, 10n * WAN) }, people.officer, 'apply-1');
    const before = heldBy(world.ledger);
    const other = { caseId, application: application(1, 11n * WAN) };
    expect(await world.refusal('loan.apply', other, people.officer, 'apply-1')).toBe('COMMAND_ID_REUSED');
    expect(differences(before, heldBy(world.ledger))).toEqual([]);
  });

  test('given an applied command, when another person sends its id and payload, then COMMAND_ID_REUSED', async () => {
    const world = await funded();
    const payload = { caseId: caseIdOf(1), application: application(1, 10n * WAN) };
    await world.run('loan.apply', payload, people.officer, 'apply-1');
    const other = { ...people.officer, id: 'officer-2' };
    expect(await world.refusal('loan.apply', payload, other, 'apply-1')).toBe('COMMAND_ID_REUSED');
  });

  test('given an entity with more commands than it carries marks for, when the first comes again, then it is still known', async () => {
    const world = await funded();
    const loanId = await lend(world, 1, 30n * WAN);
    const line = bankLine('credit', 100n, world.clock.today());
    await world.run('loan.repay', { loanId, line }, undefined, 'repay-first');
    for (let i = 0; i < 30; i += 1)
      await world.run('loan.repay', { loanId, line: bankLine('credit', 100n, world.clock.today()) });
    const before = heldBy(world.ledger);
    expect(await world.run('loan.repay', { loanId, line }, undefined, 'repay-first')).toMatchObject({ replayed: true });
    expect(
      await world.refusal('loan.repay', { loanId, line: { ...line, amountFen: '1' } }, undefined, 'repay-first'),
    ).toBe('COMMAND_ID_REUSED');
    expect(differences(before, heldBy(world.ledger))).toEqual([]);
  });

  test('given a repayment parked because its loan was not there, when the loan has come and the line comes again, then it stays parked', async () => {
    const world = await funded();
    const caseId = await approveLoan(world, 1, 30n * WAN);
    const loanId = loanIdOf(1);
    const line = bankLine('credit', 5n * WAN, world.clock.today());
    await world.run('loan.repay', { loanId, line }, undefined, 'bank:1');
    await world.run('loan.contract', contractOf(world, caseId), people.treasurer);
    await world.run('loan.instruct', { loanId });
    const paid = bankLine('debit', 30n * WAN, world.clock.today());
    await world.run('payment.settle', { paymentId: `${loanId}-P1`, line: paid });
    const before = heldBy(world.ledger);
    expect(await world.run('loan.repay', { loanId, line }, undefined, 'bank:1')).toMatchObject({ replayed: true });
    expect(differences(before, heldBy(world.ledger))).toEqual([]);
  });

  test('given a refusal recorded by a worker, when the id comes with another payload, then COMMAND_ID_REUSED and nothing is stored', async () => {
    const world = await funded();
    const loanId = loanIdOf(1);
    await carryOut(world.kernel, machineKinds, FUND, [envelope('loan.instruct', 'instruct-1', { loanId })]);
    const before = heldBy(world.ledger);
    await carryOut(world.kernel, machineKinds, FUND, [envelope('loan.instruct', 'instruct-1', { loanId })]);
    expect(differences(before, heldBy(world.ledger))).toEqual([]);
    const other = { loanId: loanIdOf(2) };
    expect(await world.refusal('loan.instruct', other, undefined, 'instruct-1')).toBe('COMMAND_ID_REUSED');
    expect(differences(before, heldBy(world.ledger))).toEqual([]);
  });

  test('given one batch that brings a command three times, when it is carried out, then it has one effect', async () => {
    const world = await funded();
    const loanId = await lend(world, 1, 30n * WAN);
    const repay = envelope('loan.repay', 'bank:1', { loanId, line: bankLine('credit', WAN, world.clock.today()) });
    const count = world.entries().length;
    await carryOut(world.kernel, machineKinds, FUND, [repay, repay, repay]);
    expect(world.entries().length).toBe(count + 1);
  });
});
