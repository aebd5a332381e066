import { commitmentCallMachine, commitmentMachine } from '#shared/domain/guidance/commitment.ts';
import { distributionMachine } from '#shared/domain/guidance/distribution.ts';
import { recognitionMachine } from '#shared/domain/guidance/recognition.ts';
import { suspensionMachine } from '#shared/domain/guidance/suspension.ts';
import { timerMachine } from '#shared/domain/guidance/timers.ts';
import {
  approve,
  approveCall,
  approveDistribution,
  callOf,
  commitmentOf,
  guidanceWorld,
  pay,
  payIn,
  propose,
  recognise,
} from '../guidance-world.ts';
import { bankLine, caseIdOf, HASH, people, WAN, type World } from '../world.ts';
import { after, type Became, type Situation, scenarios } from './scenario.ts';

const AMOUNT = 100n * WAN;
const commitmentId = caseIdOf('commitment edges').replace('CS-', 'CM-');

const promised = async (): Promise<Situation> => {
  const world = await guidanceWorld();
  const commitment = commitmentOf(1, 10n * AMOUNT);
  await approve(world, await propose(world, 'commitment edges', 'commitment.propose', { commitment }));
  return { world, id: commitmentId };
};
const contract = ({ world }: Situation): Promise<Became> =>
  world.refusal(
    'commitment.contract',
    { commitmentId, contractNumber: '合伙协议', contractSha256: HASH, signedOn: world.clock.today() },
    people.officer,
  );

const call = async ({ world }: Situation): Promise<Became> => {
  const caseId = caseIdOf(`call edge ${world.entries().length}`);
  const payload = { caseId, call: callOf(world, commitmentId, AMOUNT) };
  const became = await world.refusal('commitment.propose-call', payload, people.officer);
  if (became === 'applied') await approve(world, caseId);
  return became;
};

/** The payment of the last call there is. */
const payIdOf = async (world: World): Promise<string> => {
  const id = world.entries().findLast((e) => e.links['commitment-call'] !== undefined)?.links['commitment-call'];
  return (await world.read('commitment-call', id ?? ''))?.payId ?? 'PY-000000000000';
};
const instruct = async ({ world }: Situation): Promise<void> => {
  const payId = await payIdOf(world);
  await world.refusal('payment.release', { payId }, people.treasurer);
  await world.refusal('payment.instruct', { payId });
};
const settle = async ({ world }: Situation): Promise<Became> =>
  world.refusal('payment.settle', {
    paymentId: `${await payIdOf(world)}-P1`,
    line: bankLine('debit', AMOUNT, world.clock.today()),
  });
const giveBack = async ({ world }: Situation): Promise<Became> =>
  world.refusal('payment.give-back', {
    paymentId: `${await payIdOf(world)}-P1`,
    line: bankLine('credit', AMOUNT, world.clock.today()),
  });
const cancel = async ({ world }: Situation): Promise<Became> =>
  world.refusal('payment.cancel', { payId: await payIdOf(world), reason: '暂缓' }, people.director);
const close = ({ world }: Situation): Promise<Became> =>
  world.refusal('commitment.close', { commitmentId, reason: '投资期结束' }, people.director);

const active = after(promised, contract);

export const commitmentScenarios = scenarios(
  commitmentMachine,
  'commitment',
  { approved: promised, active, closed: after(active, close) },
  {
    contract: { take: contract },
    call: { take: call },
    pay: { take: settle, given: { active: after(active, call, instruct) }, elsewhere: 'parked' },
    close: { take: close },
  },
);

const called = async (): Promise<Situation> => {
  const { world } = await active();
  const { callId } = await approveCall(world, commitmentId, AMOUNT);
  return { world, id: callId };
};
const paid = after(called, instruct, settle);

export const commitmentCallScenarios = scenarios(
  commitmentCallMachine,
  'commitment-call',
  { approved: called, paid, cancelled: after(called, cancel) },
  {
    pay: { take: settle, given: { approved: after(called, instruct) }, elsewhere: 'parked' },
    giveBack: { take: giveBack, elsewhere: 'parked' },
    cancel: { take: cancel },
  },
);

const report = ({ world }: Situation): Promise<Became> =>
  world.refusal('key-person.report', { person: 'key-1', what: '离职', on: world.clock.today() }, people.officer);
const lift = async ({ world }: Situation): Promise<Became> => {
  const caseId = caseIdOf(`resumption edge ${world.entries().length}`);
  const payload = { caseId, reason: '接任者到任', documents: [] };
  const became = await world.refusal('investing.propose-resumption', payload, people.officer);
  if (became === 'applied') await approve(world, caseId);
  return became;
};
const suspended = after(async () => ({ world: await guidanceWorld({}, 0n), id: 'all' }), report);

export const suspensionScenarios = scenarios(
  suspensionMachine,
  'suspension',
  { suspended, lifted: after(suspended, lift) },
  { report: { take: report }, lift: { take: lift } },
);

/** A distribution of three payments; the manager's decides, the others are paid beside it. */
const distributed = async (): Promise<Situation> => {
  const world = await guidanceWorld({}, 100n * WAN);
  const { distributionId } = await approveDistribution(world, 100n);
  return { world, id: distributionId };
};
const partOf = async ({ world, id }: Situation, contributor: string): Promise<string> =>
  (await world.read('distribution', id))?.parts.find((p) => p.contributor === contributor)?.payId ?? '';
const payOthers = async (situation: Situation): Promise<void> => {
  for (const contributor of ['zone', 'state']) await pay(situation.world, await partOf(situation, contributor));
};
const instructManager = async (situation: Situation): Promise<void> => {
  const payId = await partOf(situation, 'manager');
  await situation.world.refusal('payment.release', { payId }, people.treasurer);
  await situation.world.refusal('payment.instruct', { payId });
};
const managerPayment =
  (kind: 'payment.settle' | 'payment.give-back') =>
  async (situation: Situation): Promise<Became> =>
    situation.world.refusal(kind, {
      paymentId: `${await partOf(situation, 'manager')}-P1`,
      line: bankLine(kind === 'payment.settle' ? 'debit' : 'credit', 1n, situation.world.clock.today()),
    });
const settleManager = managerPayment('payment.settle');

/** A fund that paid carry, called again and lost it: at its end the manager has to pay back. */
const clawedBack = async (): Promise<Situation> => {
  const world = await guidanceWorld({ waterfall: { escrow: '0' } }, 100n * WAN);
  const line = bankLine('credit', 1_000n * WAN, world.clock.today());
  await world.run('receipt.suspend', { line });
  await approveDistribution(world, 500n * WAN);
  await payIn(world, 100n * WAN);
  const { distributionId } = await approveDistribution(world, 100n, { final: true });
  return { world, id: distributionId };
};
const allPaid = after(clawedBack, async ({ world, id }) => {
  for (const { payId } of (await world.read('distribution', id))?.parts ?? []) await pay(world, payId);
});

export const distributionScenarios = scenarios(
  distributionMachine,
  'distribution',
  { approved: distributed, done: after(distributed, payOthers, instructManager, settleManager) },
  {
    pay: { take: settleManager, given: { approved: after(distributed, instructManager) }, elsewhere: 'parked' },
    giveBack: {
      take: managerPayment('payment.give-back'),
      given: { approved: after(distributed, instructManager, settleManager) },
    },
    cancel: {
      take: async (situation) =>
        situation.world.refusal(
          'payment.cancel',
          { payId: await partOf(situation, 'manager'), reason: '账户已销户' },
          people.director,
        ),
    },
    receive: {
      take: ({ world, id }) =>
        world.refusal('receipt.book', { targetId: id, line: bankLine('credit', 1n, '2018-03-01') }),
      given: { approved: clawedBack, done: allPaid },
    },
  },
);

const recognised = async (): Promise<Situation> => {
  const world = await guidanceWorld({}, 0n);
  return { world, id: await recognise(world, 1, WAN) };
};
const clawBack = ({ world, id }: Situation): Promise<Became> =>
  world.refusal(
    'recognition.claw-back',
    { recognitionId: id, movedOutOn: world.clock.today(), reason: '企业迁出', evidenceSha256: HASH },
    people.reviewer,
  );

export const recognitionScenarios = scenarios(
  recognitionMachine,
  'recognition',
  { recognised, reversed: after(recognised, clawBack) },
  { clawBack: { take: clawBack } },
);

const running = async (): Promise<Situation> => ({ world: await guidanceWorld({}, 0n), id: 'set-up' });
const establish = ({ world }: Situation): Promise<Became> =>
  world.refusal(
    'fund.establish',
    { establishedOn: world.clock.today(), registrationNumber: 'S1', registrationSha256: HASH },
    people.director,
  );

export const timerScenarios = scenarios(
  timerMachine,
  'timer',
  { running, stopped: after(running, establish) },
  {
    alert: { take: ({ world }) => world.refusal('timer.alert', { timer: 'set-up', days: 270 }), elsewhere: 'idle' },
    stop: { take: establish },
  },
);
