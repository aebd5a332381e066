import { describe, expect, test } from 'vitest';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import {
  approveLoan,
  bankLine,
  contractOf,
  createWorld,
  found,
  fundWith,
  loanIdOf,
  people,
  type World,
} from '../../support/world.ts';

const AMOUNT = 30_000_000n;

/** An office whose whole money is promised to one loan, which the bank has refused to pay. */
const refused = async (): Promise<{ world: World; loanId: string; paymentId: string }> => {
  const world = createWorld();
  await found(world);
  await fundWith(world, AMOUNT);
  const caseId = await approveLoan(world, 1, AMOUNT);
  const loanId = loanIdOf(1);
  await world.run('loan.contract', contractOf(world, caseId), people.treasurer);
  await world.run('loan.instruct', { loanId });
  const paymentId = `${loanId}-P1`;
  await world.run('payment.bounce', { paymentId, reasonCode: 'AC04', reasonText: '账户已销户' });
  return { world, loanId, paymentId };
};

const pays = (world: World, paymentId: string) =>
  world.refusal('payment.settle', { paymentId, line: bankLine('debit', AMOUNT, world.clock.today()) });

describe('a bank that refuses and pays all the same', () => {
  test('given nothing is available beside the hold, when the statement shows the money left, then the loan is out and booked once', async () => {
    const { world, loanId, paymentId } = await refused();
    expect(await pays(world, paymentId)).toBe('applied');
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'active' });
    const { head } = await world.ledger.load(world.fundId, []);
    expect(head).toMatchObject({ bankFen: 0n, heldFen: 0n, inTransitFen: 0n });
    const lines = world.entries().flatMap((e) => e.lines ?? []);
    expect(netDebitFen(lines, '1303.01')).toBe(AMOUNT);
    expect(netDebitFen(lines, '1002')).toBe(0n);
  });

  test('given it has paid, when the treasurer would send the money again, then it is refused', async () => {
    const { world, loanId, paymentId } = await refused();
    await pays(world, paymentId);
    const again = { loanId, reason: '更正后重付' };
    expect(await world.refusal('loan.reinstruct', again, people.treasurer)).toBe('STATE_INVALID');
  });

  test('given the money comes back after all, then the voucher that counts is the one taken back', async () => {
    const { world, loanId, paymentId } = await refused();
    await pays(world, paymentId);
    const paidSeq = world.entries().at(-1)?.seq;
    const line = bankLine('credit', AMOUNT, world.clock.today());
    expect(await world.refusal('payment.give-back', { paymentId, line })).toBe('applied');
    expect(world.entries().at(-1)?.links.reverses).toBe(String(paidSeq));
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'payment-rejected' });
    const lines = world.entries().flatMap((e) => e.lines ?? []);
    expect(netDebitFen(lines, '1303.01')).toBe(0n);
  });
});
