import { describe, expect, test } from 'vitest';
import { type Bank, type Instruction, sendPayments } from '#shared/application/pay.ts';
import type { PaymentMessage } from '#shared/contracts/messages.ts';
import { addDays } from '#shared/domain/calendar.ts';
import {
  approveLoan,
  bankLine,
  charterWith,
  contractOf,
  FUND,
  found,
  fundedWorld,
  loanIdOf,
  people,
  seedCharter,
  type World,
} from '../../support/world.ts';

const AMOUNT = 30_000_000n;
const loanId = loanIdOf(1);

const instructed = async (prepare: (world: World) => Promise<void> = async () => undefined) => {
  const world = await fundedWorld();
  const caseId = await approveLoan(world, 1, AMOUNT);
  await prepare(world);
  await world.run('loan.contract', contractOf(world, caseId), people.treasurer);
  await world.run('loan.instruct', { loanId });
  return world;
};

const message = (kind: PaymentMessage['kind'], paymentId: string, id = `${kind}:${paymentId}`): PaymentMessage => ({
  v: 1,
  id,
  kind,
  fundId: FUND,
  payload: { paymentId },
});

/** A bank that notes what it is told. */
const noting = () => {
  const told: Instruction[] = [];
  const asked: string[] = [];
  const bank: Bank = {
    instruct: async (_, instruction) => void told.push(instruction),
    enquire: async (_, paymentId, messageId) => void asked.push(`${paymentId} ${messageId}`),
  };
  return { bank, told, asked };
};

describe('telling the bank', () => {
  test('given an instructed loan, then the bank is told who pays whom how much, and when', async () => {
    const world = await instructed();
    const { bank, told } = noting();
    await sendPayments(world.ledger, bank, FUND, [message('payment.send', `${loanId}-P1`)]);
    expect(told).toEqual([
      {
        paymentId: `${loanId}-P1`,
        amountFen: AMOUNT,
        debtor: seedCharter.account,
        creditor: (await world.read('loan', loanId))?.payment.payee,
        remittance: `免息贷款 合同-${loanId.replace('LN', 'CS')} ${loanId}`,
        executionDate: world.clock.today(),
      },
    ]);
  });

  test('given the same message again, then the same instruction, whatever day it is', async () => {
    const world = await instructed();
    const { bank, told } = noting();
    const send = message('payment.send', `${loanId}-P1`);
    await sendPayments(world.ledger, bank, FUND, [send, send]);
    world.clock.set(addDays(world.clock.today(), 30));
    await sendPayments(world.ledger, bank, FUND, [send]);
    expect(told).toHaveLength(3);
    expect(new Set(told.map((t) => JSON.stringify({ ...t, amountFen: String(t.amountFen) }))).size).toBe(1);
  });

  test.each<[string, (world: World) => Promise<unknown>]>([
    [
      'settled',
      (w) => w.run('payment.settle', { paymentId: `${loanId}-P1`, line: bankLine('debit', AMOUNT, w.clock.today()) }),
    ],
    ['refused', (w) => w.run('payment.bounce', { paymentId: `${loanId}-P1`, reasonCode: 'AC01', reasonText: 'x' })],
  ])('given a payment that is %s by now, then nothing is sent and nothing asked', async (_, happen) => {
    const world = await instructed();
    await happen(world);
    const { bank, told, asked } = noting();
    await sendPayments(world.ledger, bank, FUND, [
      message('payment.send', `${loanId}-P1`),
      message('payment.enquire', `${loanId}-P1`),
    ]);
    expect([told, asked]).toEqual([[], []]);
  });

  test('given another attempt by now, or a payment nobody knows, then only what the book waits for is sent', async () => {
    const world = await instructed();
    await world.run('payment.bounce', { paymentId: `${loanId}-P1`, reasonCode: 'AC01', reasonText: 'x' });
    await world.run('loan.reinstruct', { loanId, reason: '再付' }, people.treasurer);
    await world.run('loan.instruct', { loanId });
    const { bank, told } = noting();
    const all = [`${loanId}-P1`, `${loanId}-P2`, `${loanId}-P3`, `${loanIdOf(9)}-P1`, 'PY-000000000000-P1'];
    await sendPayments(
      world.ledger,
      bank,
      FUND,
      all.map((id) => message('payment.send', id)),
    );
    expect(told.map((t) => t.paymentId)).toEqual([`${loanId}-P2`]);
  });

  test('given no answer, then the bank is asked, and not told again', async () => {
    const world = await instructed();
    await world.run('payment.doubt', { paymentId: `${loanId}-P1`, date: world.clock.today() });
    const { bank, told, asked } = noting();
    await sendPayments(world.ledger, bank, FUND, [message('payment.enquire', `${loanId}-P1`, 'e:1')]);
    expect(told).toEqual([]);
    expect(asked).toEqual([`${loanId}-P1 e:1`]);
  });

  test('given a fund that has changed its bank account, then the one in force on the day of the instruction pays', async () => {
    const account = { name: '新专户', number: '999000000000000001', bankCode: '102653000022' };
    const world = await instructed(async (w) =>
      found(w, charterWith({ version: 2, effectiveFrom: w.clock.today(), account })),
    );
    const { bank, told } = noting();
    await sendPayments(world.ledger, bank, FUND, [message('payment.send', `${loanId}-P1`)]);
    expect(told[0]?.debtor).toEqual(account);
    expect((await world.read('loan', loanId))?.charterVersion).toBe(1);
  });
});
