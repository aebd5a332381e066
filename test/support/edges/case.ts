import { caseMachine } from '#shared/domain/approvals/case.ts';
import { addDays } from '#shared/domain/calendar.ts';
import {
  application,
  caseIdOf,
  contractOf,
  fundedWorld,
  people,
  person,
  seedCharter,
  shownOf,
  type World,
} from '../world.ts';
import { type Situation, scenarios } from './scenario.ts';

const AMOUNT = 10_000_000n;
const id = caseIdOf('edges');

/** The reference rules, with two persons to agree in the end, so that «approving» is a state one can rest in; and an observer. */
const TWO_APPROVALS = {
  authority: seedCharter.authority.map((tier) =>
    tier.subject === 'loan'
      ? { ...tier, finalApprovals: [...tier.finalApprovals, { role: 'finance-bureau', count: 1 }] }
      : tier,
  ),
  committee: {
    observer: { id: 'observer-1', name: '政府观察员', grounds: [{ id: 'procedure', label: '决策程序不合规' }] },
  },
};

const decided = async (world: World) => ({ caseId: id, ...(await shownOf(world, id)) });

const review = async (world: World, opinion: string) =>
  world.refusal('case.review', { ...(await decided(world)), opinion, comment: '已核' }, people.reviewer);

const submitted = async (): Promise<Situation> => {
  const world = await fundedWorld(TWO_APPROVALS);
  await world.run('loan.apply', { caseId: id, application: application(1, AMOUNT) }, people.officer);
  return { world, id };
};

const reviewed = (opinion: string) => async (): Promise<Situation> => {
  const { world } = await submitted();
  await review(world, opinion);
  return { world, id };
};

const onNotice = async (): Promise<Situation> => {
  const { world } = await reviewed('pass')();
  const payload = { ...(await decided(world)), choice: 'approve', comment: '同意' };
  for (const member of people.committee.slice(0, 4)) await world.run('case.vote', payload, member);
  return { world, id };
};

const noticeOver = async (world: World): Promise<void> => {
  const { noticeEndsOn } = (await world.read('case', id)) ?? {};
  if (noticeEndsOn !== undefined && world.clock.today() <= noticeEndsOn) world.clock.set(addDays(noticeEndsOn, 1));
};

const expired = async (world: World): Promise<void> => {
  const { expiresOn } = (await world.read('case', id)) ?? {};
  if (expiresOn !== undefined) world.clock.set(addDays(expiresOn, 1));
};

const approving = async (): Promise<Situation> => {
  const { world } = await onNotice();
  await noticeOver(world);
  await world.run('case.approve', await decided(world), people.director);
  return { world, id };
};

const approved = async (): Promise<Situation> => {
  const { world } = await approving();
  await world.run('case.approve', await decided(world), people.finance);
  return { world, id };
};

const contracted = async (): Promise<Situation> => {
  const { world } = await approved();
  await world.run('loan.contract', contractOf(world, id), people.treasurer);
  return { world, id };
};

const ended = (from: () => Promise<Situation>, end: (world: World) => Promise<unknown>) => async () => {
  const situation = await from();
  await end(situation.world);
  return situation;
};

const withdraw = (world: World) => world.refusal('case.withdraw', { caseId: id, reason: '撤回' }, people.officer);

const lapse = async (world: World) => {
  await expired(world);
  return world.refusal('case.lapse', { caseId: id });
};

/** One of the two who must agree, whoever has not yet. */
const approver = async (world: World) =>
  (await world.read('case', id))?.approvals.length === 0 ? people.director : people.finance;

export const caseScenarios = scenarios(
  caseMachine,
  'case',
  {
    submitted,
    returned: reviewed('return'),
    voting: reviewed('pass'),
    'on-notice': onNotice,
    approving,
    approved,
    rejected: reviewed('reject'),
    withdrawn: ended(submitted, withdraw),
    lapsed: ended(submitted, lapse),
    done: ended(contracted, lapse),
  },
  {
    resubmit: {
      take: ({ world }) =>
        world.refusal('loan.reapply', { caseId: id, application: application(1, AMOUNT - 1n) }, people.officer),
    },
    review: { take: ({ world }) => review(world, 'pass') },
    vote: {
      take: async ({ world }) =>
        world.refusal(
          'case.vote',
          { ...(await decided(world)), choice: 'approve', comment: '同意' },
          people.committee[4],
        ),
    },
    veto: {
      take: async ({ world }) =>
        world.refusal(
          'case.vote',
          { ...(await decided(world)), choice: 'veto', ground: 'procedure', comment: '程序不合规' },
          person('observer-1', 'observer'),
        ),
    },
    object: {
      take: ({ world }) => world.refusal('case.object', { caseId: id, reason: '材料不实' }, people.reviewer),
    },
    approve: {
      take: async ({ world }) => {
        await noticeOver(world);
        return world.refusal('case.approve', await decided(world), await approver(world));
      },
    },
    reject: {
      take: async ({ world }) =>
        world.refusal('case.reject', { ...(await decided(world)), reason: '不宜' }, await approver(world)),
    },
    withdraw: { take: ({ world }) => withdraw(world) },
    lapse: { take: ({ world }) => lapse(world) },
    carryOut: { take: ({ world }) => lapse(world), given: { approved: contracted }, sameCommandAs: ['lapse'] },
  },
);
