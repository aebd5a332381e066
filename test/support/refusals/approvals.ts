import { addDays } from '#shared/domain/calendar.ts';
import {
  application,
  applyAndVote,
  approveLoan,
  caseIdOf,
  contractOf,
  createWorld,
  found,
  fundedWorld,
  people,
  person,
  seedCharter,
  shownOf,
  type World,
} from '../world.ts';
import type { Attempts } from './attempt.ts';

const AMOUNT = 10_000_000n;
const caseId = caseIdOf(1);
const NOBODY = { revision: 1, payloadHash: 'A'.repeat(43) };

const submitted = async (): Promise<World> => {
  const world = await fundedWorld();
  await world.run('loan.apply', { caseId, application: application(1, AMOUNT) }, people.officer);
  return world;
};

const voting = async (): Promise<World> => {
  const world = await submitted();
  const payload = { caseId, ...(await shownOf(world, caseId)), opinion: 'pass', comment: '同意' };
  await world.run('case.review', payload, people.reviewer);
  return world;
};

const review = async (world: World) => ({
  world,
  kind: 'case.review' as const,
  payload: { caseId, ...(await shownOf(world, caseId)), opinion: 'pass', comment: '同意' },
  actor: people.reviewer,
});

const vote = async (world: World, more: object = {}) => ({
  world,
  kind: 'case.vote' as const,
  payload: { caseId, ...(await shownOf(world, caseId)), choice: 'approve', comment: '同意', ...more },
  actor: people.committee[0] ?? people.officer,
});

const charter = (world: World, changes: object) => ({
  world,
  kind: 'charter.propose' as const,
  payload: { caseId: caseIdOf('charter'), charter: { ...seedCharter, ...changes } },
  actor: people.admin,
});

const founded = async (): Promise<World> => {
  const world = createWorld();
  await found(world);
  return world;
};

export const approvalsAttempts: Attempts = {
  CHARTER_NOT_IN_FORCE: async () => ({
    world: createWorld(),
    kind: 'loan.apply',
    payload: { caseId, application: application(1, AMOUNT) },
    actor: people.officer,
  }),
  CHARTER_INVALID: async () => charter(await founded(), { version: 2, effectiveFrom: '2016-01-01' }),
  CHARTER_VERSION_STALE: async () => charter(await founded(), { version: 3 }),
  ROLE_REQUIRED: async () => ({ ...(await review(await submitted())), actor: people.officer }),
  CASE_NOT_FOUND: async () => ({
    world: await fundedWorld(),
    kind: 'case.approve',
    payload: { caseId, ...NOBODY },
    actor: people.director,
  }),
  CASE_EXISTS: async () => ({
    world: await submitted(),
    kind: 'loan.apply',
    payload: { caseId, application: application(2, AMOUNT) },
    actor: people.officer,
  }),
  CASE_CHANGED: async () => ({
    world: await submitted(),
    kind: 'case.review',
    payload: { caseId, ...NOBODY, opinion: 'pass', comment: '同意' },
    actor: people.reviewer,
  }),
  CASE_EXPIRED: async () => {
    const world = await submitted();
    world.clock.set(addDays((await world.read('case', caseId))?.expiresOn ?? world.clock.today(), 1));
    return review(world);
  },
  CASE_NOT_EXPIRED: async () => ({ world: await submitted(), kind: 'case.lapse', payload: { caseId } }),
  CASE_NOT_APPROVED: async () => {
    const world = await submitted();
    return { world, kind: 'loan.contract', payload: contractOf(world, caseId), actor: people.treasurer };
  },
  DUTIES_NOT_SEPARATE: async () => ({
    ...(await review(await submitted())),
    actor: person(people.officer.id, 'reviewer'),
  }),
  NOT_A_MEMBER: async () => ({ ...(await vote(await voting())), actor: person('somebody', 'committee') }),
  ALREADY_VOTED: async () => {
    const world = await voting();
    const first = await vote(world);
    await world.run(first.kind, first.payload, first.actor);
    return first;
  },
  DELEGATION_MISSING: async () => vote(await voting(), { onBehalfOf: 'committee-2' }),
  DELEGATION_INVALID: async () => ({
    world: await founded(),
    kind: 'delegation.give',
    payload: { to: 'committee-1', firstDay: '2017-03-01', lastDay: '2017-03-01' },
    actor: people.committee[0] ?? people.officer,
  }),
  NOTICE_RUNNING: async () => {
    const world = await fundedWorld();
    await applyAndVote(world, 1, AMOUNT);
    const payload = { caseId, ...(await shownOf(world, caseId)) };
    return { world, kind: 'case.approve', payload, actor: people.director };
  },
  NOTICE_OVER: async () => {
    const world = await fundedWorld();
    await applyAndVote(world, 1, AMOUNT);
    world.clock.set(addDays((await world.read('case', caseId))?.noticeEndsOn ?? world.clock.today(), 1));
    return { world, kind: 'case.object', payload: { caseId, reason: '材料不实' }, actor: people.reviewer };
  },
  NOT_THE_MAKER: async () => ({
    world: await submitted(),
    kind: 'case.withdraw',
    payload: { caseId, reason: '撤回' },
    actor: people.reviewer,
  }),
  STATE_INVALID: async () => ({ ...(await review(await voting())) }),
  FUNDS_INSUFFICIENT: async () => {
    const world = await founded();
    await applyAndVote(world, 1, AMOUNT);
    world.clock.set(addDays((await world.read('case', caseId))?.noticeEndsOn ?? world.clock.today(), 1));
    const payload = { caseId, ...(await shownOf(world, caseId)) };
    return { world, kind: 'case.approve', payload, actor: people.director };
  },
  COMMAND_ID_REUSED: async () => {
    const world = await fundedWorld();
    await world.run('loan.apply', { caseId, application: application(1, AMOUNT) }, people.officer, 'same-id');
    const payload = { caseId, application: application(1, AMOUNT - 1n) };
    return { world, kind: 'loan.apply', payload, actor: people.officer, id: 'same-id' };
  },
  DATE_INVALID: async () => {
    const world = await fundedWorld();
    await approveLoan(world, 1, AMOUNT);
    const payload = { ...contractOf(world, caseId), signedOn: addDays(world.clock.today(), 1) };
    return { world, kind: 'loan.contract', payload, actor: people.treasurer };
  },
};
