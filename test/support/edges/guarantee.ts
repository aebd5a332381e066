import { addDays } from '#shared/domain/calendar.ts';
import { claimIdOf, claimMachine } from '#shared/domain/guarantee/claim.ts';
import { filingMachine } from '#shared/domain/guarantee/filing.ts';
import { recoveryMachine } from '#shared/domain/guarantee/recovery.ts';
import { idFrom } from '#shared/domain/ids.ts';
import {
  approveCase,
  claimCaseOf,
  comes,
  fallsDue,
  payIdOf,
  payOut,
  reportRecovery,
  statement,
  writeOff,
} from '../claims.ts';
import { charters, createGradedWorld, fileLoan, filingOf, filingRow, rcb, reportOf } from '../compensation-world.ts';
import { bankLine, changed, fundWith, people, shownOf, WAN, type World } from '../world.ts';
import { after, type Became, type Situation, scenarios } from './scenario.ts';

const filingId = filingOf(1);
const claimId = claimIdOf(filingId);
const caseId = claimCaseOf(filingId);

const on =
  (id: string, from: () => Promise<World>, ...steps: ((world: World) => Promise<unknown>)[]) =>
  async (): Promise<Situation> => {
    const world = await from();
    for (const step of steps) await step(world);
    return { world, id };
  };

/** Filings up to 100万 are confirmed by the rules, larger ones by a reviewer. */
const office = async (): Promise<World> => {
  const filing = { automaticUpToFen: String(100n * WAN) };
  const world = await createGradedWorld(1, changed(charters.kv2017, { filing }));
  await fundWith(world, 1_500n * WAN);
  return world;
};

const file = (coveredFen: bigint) => (world: World) => fileLoan(world, 1, { coveredFen: String(coveredFen) });
const review = (opinion: 'confirm' | 'refuse') => (world: World) =>
  world.refusal('filing.review', { filingId, opinion, comment: '已核' }, people.reviewer);
const withdraw = (world: World) => world.refusal('filing.withdraw', { filingId, reason: '撤回' }, rcb);
const settle = (world: World) =>
  world.refusal('filing.report', reportOf(filingId, { asOf: world.clock.today(), coveredFen: '0' }), rcb);
const falls = (world: World) => fallsDue(world, filingId);
const claim = async (world: World): Promise<Became> => {
  const again = (await world.read('case', caseId)) === undefined ? 0 : 1;
  return world.refusal('claim.submit', { filingId, caseId: claimCaseOf(filingId, again), ...statement() }, rcb);
};
const approveAll = (world: World) => approveCase(world, caseId);
const pay = (world: World) => payOut(world, payIdOf(filingId));

/** The last approval of the claim's case, the others having been given as far as they can be. */
const lastApproval = async (world: World): Promise<Became> => {
  const shown = { caseId, ...(await shownOf(world, caseId)) };
  await world.refusal('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  for (const member of people.committee.slice(0, 4))
    await world.refusal('case.vote', { ...shown, choice: 'approve', comment: '同意' }, member);
  await world.refusal('case.approve', shown, people.director);
  return await world.refusal('case.approve', shown, people.finance);
};

const rejectClaim = async (world: World): Promise<Became> => {
  const shown = { caseId, ...(await shownOf(world, caseId)) };
  return await world.refusal('case.review', { ...shown, opinion: 'reject', comment: '不实' }, people.reviewer);
};

const confirmed = [file(100n * WAN)];
const claimed = [...confirmed, falls, claim];

/** A claim's case does not exist before there is a claim. */
const unclaimed = {
  applied: 'CASE_NOT_FOUND',
  confirmed: 'CASE_NOT_FOUND',
  exception: 'CASE_NOT_FOUND',
  refused: 'CASE_NOT_FOUND',
  settled: 'CASE_NOT_FOUND',
  withdrawn: 'CASE_NOT_FOUND',
} as const;

const decided =
  (take: (world: World) => Promise<Became>) =>
  async ({ world }: Situation): Promise<Became> =>
    (await world.read('case', caseId)) === undefined ? 'CASE_NOT_FOUND' : await take(world);

export const filingScenarios = scenarios(
  filingMachine,
  'filing',
  {
    applied: on(filingId, office, file(101n * WAN)),
    confirmed: on(filingId, office, ...confirmed),
    exception: on(filingId, office, ...confirmed, falls),
    claimed: on(filingId, office, ...claimed),
    compensated: on(filingId, office, ...claimed, approveAll),
    settled: on(filingId, office, ...confirmed, settle),
    refused: on(filingId, office, file(101n * WAN), review('refuse')),
    withdrawn: on(filingId, office, ...confirmed, withdraw),
  },
  {
    file: {
      take: ({ world }) => {
        const row = filingRow(1, { drawnOn: world.clock.today() });
        return world.refusal('filing.file', { bankId: 'rcb', ...row }, rcb);
      },
      elsewhere: 'FILING_EXISTS',
    },
    confirm: { take: ({ world }) => review('confirm')(world) },
    refuse: { take: ({ world }) => review('refuse')(world) },
    withdraw: { take: ({ world }) => withdraw(world) },
    report: { take: ({ world }) => settle(world) },
    continue: { take: ({ world }) => world.refusal('filing.continue', { filingId, months: 6, reason: '续' }, rcb) },
    age: {
      take: async ({ world }) => {
        world.clock.set(addDays(world.clock.today(), 300));
        return await world.refusal('filing.age', { filingId });
      },
      elsewhere: 'idle',
    },
    claim: { take: ({ world }) => claim(world) },
    giveUpClaim: { take: decided(rejectClaim), elsewhere: unclaimed },
    compensate: { take: decided(lastApproval), elsewhere: unclaimed },
  },
);

const lost = (world: World) => writeOff(world, claimId);
const recoverAll = (world: World) => comes(world, claimId, 100n * WAN);

const returned = async ({ world }: Situation): Promise<Became> =>
  world.refusal('payment.give-back', {
    paymentId: `${payIdOf(filingId)}-P1`,
    line: bankLine('credit', 80n * WAN, world.clock.today()),
  });

/** Releases and instructs what is held, and lets the bank's statement show that it has left. */
const settlePayment = async ({ world }: Situation): Promise<Became> => {
  const payId = payIdOf(filingId);
  await world.refusal('payment.release', { payId }, people.treasurer);
  await world.refusal('payment.instruct', { payId });
  const line = bankLine('debit', 80n * WAN, world.clock.today());
  return await world.refusal('payment.settle', { paymentId: `${payId}-P1`, line });
};

export const claimScenarios = scenarios(
  claimMachine,
  'claim',
  {
    submitted: on(claimId, office, ...claimed),
    refused: on(claimId, office, ...claimed, rejectClaim),
    approved: on(claimId, office, ...claimed, approveAll),
    paid: on(claimId, office, ...claimed, approveAll, pay),
    recovered: on(claimId, office, ...claimed, approveAll, pay, recoverAll),
    'written-off': on(claimId, office, ...claimed, approveAll, pay, lost),
  },
  {
    submit: { take: ({ world }) => claim(world) },
    resubmit: { take: ({ world }) => world.refusal('claim.resubmit', { claimId, ...statement() }, rcb) },
    remind: {
      take: async ({ world }) => {
        world.clock.set(addDays(world.clock.today(), 60));
        return await world.refusal('claim.remind', { claimId });
      },
      elsewhere: 'idle',
    },
    refuse: { take: ({ world }) => rejectClaim(world) },
    approve: { take: ({ world }) => lastApproval(world) },
    pay: { take: settlePayment, elsewhere: 'parked' },
    giveBack: { take: returned, elsewhere: 'parked' },
    recover: { take: ({ world }) => comes(world, claimId, 1n).then(() => 'applied' as const), elsewhere: 'parked' },
    writeOff: {
      take: async ({ world }) => {
        world.clock.set(addDays(world.clock.today(), 180));
        const loss = { caseId: idFrom('CS', 'edge'), claimId, reason: '终结', documents: [] };
        const proposed = await world.refusal('loss.propose', loss, people.officer);
        if (proposed === 'applied') await approveCase(world, loss.caseId);
        return proposed;
      },
    },
  },
);

const recovering = async (): Promise<Situation> => {
  const { world } = await on(claimId, office, ...claimed, approveAll, pay)();
  return { world, id: await reportRecovery(world, claimId, 10n * WAN) };
};

export const recoveryScenarios = scenarios(
  recoveryMachine,
  'recovery',
  { due: recovering, received: after(recovering, ({ world, id }) => comes(world, id, 8n * WAN)) },
  { receive: { take: ({ world, id }) => comes(world, id, 1n).then(() => 'applied' as const), elsewhere: 'parked' } },
);
