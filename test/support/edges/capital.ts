import { callMachine } from '#shared/domain/capital/call.ts';
import { refundMachine } from '#shared/domain/capital/refund.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { bankLine, createWorld, found, fundedWorld, people, seedCharter, shownOf, type World } from '../world.ts';
import { type Situation, scenarios } from './scenario.ts';

const callId = 'CC-000000000001';

const open = async (): Promise<Situation> => {
  const world = createWorld();
  await found(world);
  const call = { callId, amountFen: '1000', dueOn: '2017-04-01', documentNumber: '渝财〔2017〕1号' };
  await world.run('capital.call', call, people.director);
  return { world, id: callId };
};

const receive = (world: World, contributor: string, amountFen: bigint) =>
  world.refusal('capital.receive', {
    callId,
    contributor,
    line: bankLine('credit', amountFen, world.clock.today()),
  });

const cancelCall = (world: World) =>
  world.refusal('capital.cancel-call', { callId, reason: '计划调整' }, people.director);

const with_ =
  (from: () => Promise<Situation>, ...steps: ((world: World) => Promise<unknown>)[]) =>
  async () => {
    const situation = await from();
    for (const step of steps) await step(situation.world);
    return situation;
  };

export const callScenarios = scenarios(
  callMachine,
  'call',
  {
    open,
    paid: with_(
      open,
      (world) => receive(world, 'city', 400n),
      (world) => receive(world, 'zone', 600n),
    ),
    cancelled: with_(open, cancelCall),
  },
  {
    receive: { take: ({ world }) => receive(world, 'city', 400n), elsewhere: 'parked' },
    cancel: { take: ({ world }) => cancelCall(world) },
  },
);

const caseId = idFrom('CS', 'edges of a refund');
const refundId = caseId.replace('CS-', 'RF-');
/** The payment to the city; the zone's is settled or cancelled beside it. */
export const cityPay = idFrom('PY', [caseId, 'city']);
const zonePay = idFrom('PY', [caseId, 'zone']);
export const CITY_FEN = 40n;
const ZONE_FEN = 60n;

const payees = seedCharter.capital.contributors.map((c) => ({
  contributor: c.id,
  account: { name: c.name, number: '622200000099', bankCode: '314653000011' },
}));

/** A refund of 100 fen, approved: its two payments are held. */
export const refundApproved = async (): Promise<World> => {
  const world = await fundedWorld();
  const refund = { amountFen: '100', basis: 'reduction', documentNumber: '渝科〔2024〕1号', payees };
  await world.run('capital.propose-refund', { caseId, refund }, people.officer);
  const shown = { caseId, ...(await shownOf(world, caseId)) };
  await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  for (const approver of [people.director, people.finance]) await world.run('case.approve', shown, approver);
  return world;
};

const settle = (world: World, payId: string, amountFen: bigint) =>
  world.refusal('payment.settle', {
    paymentId: `${payId}-P1`,
    line: bankLine('debit', amountFen, world.clock.today()),
  });

const send = async (world: World, payId: string): Promise<void> => {
  await world.refusal('payment.release', { payId }, people.treasurer);
  await world.refusal('payment.instruct', { payId });
};

const paid = (payId: string, amountFen: bigint) => async (world: World) => {
  await send(world, payId);
  return settle(world, payId, amountFen);
};

const approved = async (): Promise<Situation> => ({ world: await refundApproved(), id: refundId });

export const refundScenarios = scenarios(
  refundMachine,
  'refund',
  { approved, done: with_(approved, paid(cityPay, CITY_FEN), paid(zonePay, ZONE_FEN)) },
  {
    pay: { take: ({ world }) => paid(cityPay, CITY_FEN)(world), elsewhere: 'parked' },
    giveBack: {
      take: ({ world }) =>
        world.refusal('payment.give-back', {
          paymentId: `${cityPay}-P1`,
          line: bankLine('credit', CITY_FEN, world.clock.today()),
        }),
      given: { approved: with_(approved, paid(cityPay, CITY_FEN)) },
    },
    cancel: {
      take: ({ world }) => world.refusal('payment.cancel', { payId: cityPay, reason: '改期' }, people.director),
    },
  },
);
