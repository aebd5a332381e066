import { acquisitionMachine } from '#shared/domain/equity/acquisition.ts';
import { dividendMachine } from '#shared/domain/equity/dividend.ts';
import { exitIdOf, exitMachine } from '#shared/domain/equity/exit.ts';
import { holdingIdOf, holdingMachine } from '#shared/domain/equity/holding.ts';
import {
  accountant,
  approve,
  approveInvestment,
  contractFor,
  guidanceWorld,
  pay,
  propose,
  registration,
} from '../guidance-world.ts';
import { conversionId, convertingWorld } from '../seed-equity.ts';
import { bankLine, caseIdOf, company, HASH, people, WAN, type World } from '../world.ts';
import { after, type Became, type Situation, scenarios } from './scenario.ts';

const PRICE = 100n * WAN;
const holdingId = holdingIdOf(company(1).id, 'ordinary');

/** The last acquisition there is; each is proposed, approved and so on in its turn. */
const lastAcquisition = (world: World): string =>
  world.entries().findLast((e) => e.links.acquisition !== undefined)?.links.acquisition ?? '';

const payIdOf = async (world: World): Promise<string> =>
  (await world.read('acquisition', lastAcquisition(world)))?.payId ?? 'PY-000000000000';

const buy = ({ world }: Situation) => approveInvestment(world, 1, PRICE, { totalQuantity: '100000000' });
const contract = ({ world }: Situation): Promise<Became> =>
  world.refusal('acquisition.contract', contractFor(world, lastAcquisition(world)), people.officer);
const instruct = async ({ world }: Situation): Promise<void> => {
  const payId = await payIdOf(world);
  await world.refusal('payment.release', { payId }, people.treasurer);
  await world.refusal('payment.instruct', { payId });
};
const settle = async ({ world }: Situation): Promise<Became> =>
  world.refusal('payment.settle', {
    paymentId: `${await payIdOf(world)}-P1`,
    line: bankLine('debit', PRICE, world.clock.today()),
  });
const register = ({ world }: Situation): Promise<Became> =>
  world.refusal('acquisition.register', registration(world, lastAcquisition(world)), people.officer);
const giveBack = async ({ world }: Situation): Promise<Became> =>
  world.refusal('payment.give-back', {
    paymentId: `${await payIdOf(world)}-P1`,
    line: bankLine('credit', PRICE, world.clock.today()),
  });

/** Before there is a payment the acquisition itself is given up, afterwards its payment. */
const giveUp = async ({ world }: Situation): Promise<Became> => {
  const acquisitionId = lastAcquisition(world);
  const payId = (await world.read('acquisition', acquisitionId))?.payId;
  return payId === undefined
    ? world.refusal('acquisition.cancel', { acquisitionId, reason: '企业撤回' }, people.director)
    : world.refusal('payment.cancel', { payId, reason: '企业撤回' }, people.director);
};

const office = async (): Promise<Situation> => ({ world: await guidanceWorld(), id: holdingId });
const approved = async (): Promise<Situation> => {
  const { world } = await office();
  const { acquisitionId } = await buy({ world, id: '' });
  return { world, id: acquisitionId };
};
const contracted = after(approved, contract);
const paid = after(contracted, instruct, settle);
const registered = after(contracted, register);

/** Shares a seed fund was given for its loan are booked, not paid. */
const book = ({ world, id }: Situation): Promise<Became> =>
  world.refusal('conversion.book', { acquisitionId: id }, people.accountant);
const registeredClaim = async (): Promise<Situation> => {
  const world = await convertingWorld();
  return { world, id: conversionId };
};

export const acquisitionScenarios = scenarios(
  acquisitionMachine,
  'acquisition',
  { approved, contracted, paid, registered, done: after(paid, register), cancelled: after(approved, giveUp) },
  {
    contract: { take: contract },
    pay: {
      take: settle,
      given: { contracted: after(contracted, instruct), registered: after(registered, instruct) },
      elsewhere: 'parked',
    },
    giveBack: { take: giveBack, elsewhere: 'parked' },
    register: { take: register },
    book: { take: book, given: { registered: registeredClaim }, elsewhere: 'NOT_A_CONVERSION' },
    cancel: { take: giveUp },
  },
);

/** A case whose fate is what becomes of the last step: refused when proposed, or else approved. */
const decideOn = async (world: World, kind: 'exit.propose' | 'holding.propose-write-off', payload: object) => {
  const caseId = caseIdOf(`edge ${world.entries().length}`);
  const became = await world.refusal(kind, { caseId, ...payload }, people.officer);
  if (became === 'applied') await approve(world, caseId);
  return { caseId, became };
};

/** Sells half a lot, so that something is left to be sold again. */
const HALF = String(PRICE / 200n);
const exitProposal = (quantity: string) => ({
  exit: {
    holdingId,
    quantity,
    method: 'transfer',
    buyer: '示例装备集团有限公司',
    proceedsFen: '100',
    priceBasis: '评估报告',
    documents: [],
  },
});
const offer =
  (quantity: string) =>
  async ({ world }: Situation) =>
    (await decideOn(world, 'exit.propose', exitProposal(quantity))).became;
const writeOff = async ({ world }: Situation) =>
  (
    await decideOn(world, 'holding.propose-write-off', {
      writeOff: { holdingId, reason: '企业破产', documents: [] },
    })
  ).became;

/** The last exit that was approved, whatever has become of it. */
const lastExit = (world: World): string =>
  world.entries().findLast((e) => e.links.exit !== undefined)?.links.exit ?? 'EX-000000000000';
const receive = (targetId: string, amountFen: bigint, world: World): Promise<Became> =>
  world.refusal('receipt.book', { targetId, line: bankLine('credit', amountFen, world.clock.today()) });
const proceeds = ({ world }: Situation) => receive(lastExit(world), 100n, world);
const withdraw = ({ world }: Situation): Promise<Became> =>
  world.refusal('exit.cancel', { exitId: lastExit(world), reason: '买方退出' }, people.director);

const DIVIDEND = 'DV-000000000001';
const declare = ({ world }: Situation): Promise<Became> =>
  world.refusal(
    'dividend.declare',
    {
      dividendId: DIVIDEND,
      holdingId,
      incomeFen: '10',
      capitalFen: '10',
      declaredOn: world.clock.today(),
      documentNumber: '股东会决议',
      documentSha256: HASH,
    },
    accountant,
  );
const revoke = ({ world }: Situation): Promise<Became> =>
  world.refusal('dividend.revoke', { dividendId: DIVIDEND, reason: '决议撤销' }, accountant);

const purchase = async (situation: Situation): Promise<void> => {
  await buy(situation);
  await contract(situation);
  await pay(situation.world, await payIdOf(situation.world));
};
/** Another purchase of the same class, up to the bank's word. */
const purchaseToSettle = async (situation: Situation): Promise<Became> => {
  await buy(situation);
  await contract(situation);
  await instruct(situation);
  return settle(situation);
};

const unregistered = after(office, purchase);
const active = after(unregistered, register);
const partlyExited = after(active, offer(HALF), proceeds);

export const holdingScenarios = scenarios(
  holdingMachine,
  'holding',
  {
    unregistered,
    active,
    'partly-exited': partlyExited,
    exited: after(active, offer(String(PRICE / 100n)), proceeds),
    'written-off': after(active, writeOff),
  },
  {
    acquire: { take: purchaseToSettle },
    giveBack: {
      take: giveBack,
      given: { active: after(active, purchase), 'partly-exited': after(partlyExited, purchase) },
      elsewhere: 'parked',
    },
    register: {
      take: register,
      given: { active: after(active, purchase), 'partly-exited': after(partlyExited, purchase) },
    },
    offer: { take: offer('1') },
    withdraw: {
      take: withdraw,
      given: { active: after(active, offer('1')), 'partly-exited': after(partlyExited, offer('1')) },
      elsewhere: { unregistered: 'EXIT_NOT_FOUND', 'written-off': 'EXIT_NOT_FOUND' },
    },
    sell: {
      take: proceeds,
      given: { active: after(active, offer('1')), 'partly-exited': after(partlyExited, offer('1')) },
      elsewhere: 'parked',
    },
    declare: { take: declare },
    revoke: {
      take: revoke,
      given: { active: after(active, declare), 'partly-exited': after(partlyExited, declare) },
      elsewhere: 'DIVIDEND_NOT_FOUND',
    },
    writeOff: { take: writeOff },
    recover: { take: ({ world }) => receive(holdingId, 1n, world), elsewhere: 'parked' },
  },
);

const exitCase = caseIdOf('exit edges');
const exitId = exitIdOf(exitCase);
const exitApproved = async (): Promise<Situation> => {
  const { world } = await active();
  await approve(world, await propose(world, 'exit edges', 'exit.propose', exitProposal(HALF)));
  return { world, id: exitId };
};
const cancelExit = ({ world }: Situation): Promise<Became> =>
  world.refusal('exit.cancel', { exitId, reason: '买方退出' }, people.director);

export const exitScenarios = scenarios(
  exitMachine,
  'exit',
  {
    approved: exitApproved,
    done: after(exitApproved, ({ world }) => receive(exitId, 100n, world)),
    cancelled: after(exitApproved, cancelExit),
  },
  {
    receive: { take: ({ world }) => receive(exitId, 99n, world), elsewhere: 'parked' },
    cancel: { take: cancelExit },
  },
);

const declared = async (): Promise<Situation> => {
  const { world } = await active();
  await declare({ world, id: DIVIDEND });
  return { world, id: DIVIDEND };
};

export const dividendScenarios = scenarios(
  dividendMachine,
  'dividend',
  {
    declared,
    received: after(declared, ({ world }) => receive(DIVIDEND, 20n, world)),
    revoked: after(declared, revoke),
  },
  {
    receive: { take: ({ world }) => receive(DIVIDEND, 19n, world), elsewhere: 'parked' },
    revoke: { take: revoke },
  },
);
