import { receiptIdOf } from '#shared/domain/payments/suspense.ts';
import {
  approveLoan,
  bankLine,
  caseIdOf,
  contractOf,
  createWorld,
  found,
  fundedWorld,
  loanIdOf,
  people,
  type World,
} from '../world.ts';
import type { Attempt, Attempts } from './attempt.ts';

const callId = 'CC-000000000001';
const loanId = loanIdOf(1);

const calling = (world: World, amountFen: bigint): Attempt => ({
  world,
  kind: 'capital.call',
  payload: { callId, amountFen: String(amountFen), dueOn: '2017-04-01', documentNumber: '渝财〔2017〕1号' },
  actor: people.director,
});

const founded = async (): Promise<World> => {
  const world = createWorld();
  await found(world);
  return world;
};

const called = async (): Promise<Attempt> => {
  const call = calling(await founded(), 1_000n);
  await call.world.run(call.kind, call.payload, call.actor);
  return call;
};

const cancelling = (world: World): Attempt => ({
  world,
  kind: 'capital.cancel-call',
  payload: { callId, reason: '计划调整' },
  actor: people.director,
});

const bouncing = (world: World, attempt: number): Attempt => ({
  world,
  kind: 'payment.bounce',
  payload: { paymentId: `${loanId}-P${attempt}`, reasonCode: 'AC01', reasonText: '账号不符' },
});

const parked = async (): Promise<World> => {
  const world = await fundedWorld();
  const line = bankLine('credit', 10n, world.clock.today(), { reference: 'PARKED' });
  await world.run('receipt.suspend', { line });
  return world;
};

const statement = (world: World, sha256: string): Attempt => ({
  world,
  kind: 'statement.record',
  payload: {
    statementId: 'S-1',
    fileKey: 'inbox/seed/s-1.xml',
    sha256,
    date: world.clock.today(),
    openingFen: '0',
    closingFen: '0',
    lines: 0,
  },
});

const assigning = (world: World, amountFen: bigint): Attempt => ({
  world,
  kind: 'receipt.assign',
  payload: { receiptId: receiptIdOf('PARKED'), loanId, amountFen: String(amountFen) },
  actor: people.treasurer,
});

export const moneyAttempts: Attempts = {
  COMMITMENT_EXCEEDED: async () => calling(await founded(), 5_000_000_001n),
  CALL_EXISTS: called,
  CALL_NOT_FOUND: async () => cancelling(await founded()),
  CALL_PARTLY_PAID: async () => {
    const { world } = await called();
    const line = bankLine('credit', 1n, world.clock.today());
    await world.run('capital.receive', { callId, contributor: 'city', line });
    return cancelling(world);
  },
  PAYEES_INCOMPLETE: async () => ({
    world: await fundedWorld(),
    kind: 'capital.propose-refund',
    payload: {
      caseId: caseIdOf('refund'),
      refund: { amountFen: '100', basis: 'run-off', documentNumber: '渝科〔2024〕1号', payees: [] },
    },
    actor: people.officer,
  }),
  PAYMENT_NOT_FOUND: async () => bouncing(await fundedWorld(), 1),
  PAYMENT_SUPERSEDED: async () => {
    const world = await fundedWorld();
    const caseId = await approveLoan(world, 1, 10_000_000n);
    await world.run('loan.contract', contractOf(world, caseId), people.treasurer);
    await world.run('loan.instruct', { loanId });
    const first = bouncing(world, 1);
    await world.run(first.kind, first.payload);
    await world.run('loan.reinstruct', { loanId, reason: '再付' }, people.treasurer);
    return first;
  },
  BANK_LINE_BOOKED: async () => {
    const world = await parked();
    const line = bankLine('credit', 10n, world.clock.today(), { reference: 'PARKED' });
    return { world, kind: 'receipt.suspend', payload: { line } };
  },
  STATEMENT_DIFFERS: async () => {
    const first = statement(await founded(), '0'.repeat(64));
    await first.world.run(first.kind, first.payload);
    return statement(first.world, '1'.repeat(64));
  },
  RECEIPT_NOT_FOUND: async () => assigning(await fundedWorld(), 1n),
  ASSIGNMENT_TOO_LARGE: async () => assigning(await parked(), 11n),
};
