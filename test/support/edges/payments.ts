import { paymentMachine } from '#shared/domain/payments/payment.ts';
import { receiptMachine } from '#shared/domain/payments/receipt.ts';
import { receiptIdOf } from '#shared/domain/payments/suspense.ts';
import { bankLine, fundedWorld, lend, loanIdOf, people, type World } from '../world.ts';
import { CITY_FEN, cityPay, refundApproved } from './capital.ts';
import { after, type Situation, scenarios } from './scenario.ts';

const held = async (): Promise<Situation> => ({ world: await refundApproved(), id: cityPay });

const attempt = async (world: World): Promise<string> =>
  `${cityPay}-P${Math.max(1, (await world.read('payment', cityPay))?.attempt ?? 1)}`;

const release = ({ world }: Situation) => world.refusal('payment.release', { payId: cityPay }, people.treasurer);
const instruct = ({ world }: Situation) => world.refusal('payment.instruct', { payId: cityPay });
const doubt = async ({ world }: Situation) =>
  world.refusal('payment.doubt', { paymentId: await attempt(world), date: world.clock.today() });
const settle = async ({ world }: Situation) =>
  world.refusal('payment.settle', {
    paymentId: await attempt(world),
    line: bankLine('debit', CITY_FEN, world.clock.today()),
  });
const bounce = async ({ world }: Situation) =>
  world.refusal('payment.bounce', { paymentId: await attempt(world), reasonCode: 'AC01', reasonText: '账号不符' });
const cancel = ({ world }: Situation) =>
  world.refusal('payment.cancel', { payId: cityPay, reason: '改期' }, people.director);

const released = after(held, release);
const instructed = after(released, instruct);

export const paymentScenarios = scenarios(
  paymentMachine,
  'payment',
  {
    held,
    released,
    instructed,
    unknown: after(instructed, doubt),
    settled: after(instructed, settle),
    rejected: after(instructed, bounce),
    cancelled: after(held, cancel),
  },
  {
    release: { take: release },
    instruct: { take: instruct },
    // Before it was released there was nothing the bank could speak of.
    doubt: {
      take: doubt,
      elsewhere: { held: 'PAYMENT_NOT_FOUND', cancelled: 'PAYMENT_NOT_FOUND' },
    },
    settle: { take: settle, elsewhere: 'parked' },
    bounce: {
      take: bounce,
      elsewhere: { held: 'PAYMENT_NOT_FOUND', cancelled: 'PAYMENT_NOT_FOUND' },
    },
    giveBack: {
      take: async ({ world }) =>
        world.refusal('payment.give-back', {
          paymentId: await attempt(world),
          line: bankLine('credit', CITY_FEN, world.clock.today()),
        }),
      elsewhere: 'parked',
    },
    cancel: { take: cancel },
  },
);

const receiptId = receiptIdOf('EDGE');
const assign = (world: World, amountFen: bigint) =>
  world.refusal('receipt.assign', { receiptId, loanId: loanIdOf(1), amountFen: String(amountFen) }, people.treasurer);

const openReceipt = async (): Promise<Situation> => {
  const world = await fundedWorld();
  await lend(world, 1, 10_000_000n);
  await world.run('receipt.suspend', { line: bankLine('credit', 10n, world.clock.today(), { reference: 'EDGE' }) });
  return { world, id: receiptId };
};

export const receiptScenarios = scenarios(
  receiptMachine,
  'receipt',
  { open: openReceipt, assigned: after(openReceipt, ({ world }) => assign(world, 10n)) },
  { assign: { take: ({ world }) => assign(world, 4n) } },
);
