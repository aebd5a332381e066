import {
  agree,
  approve,
  callOf,
  commitmentOf,
  distributionOf,
  guidanceWorld,
  investmentOf,
  observer,
  propose,
  recognise,
  recognitionOf,
} from '../guidance-world.ts';
import { caseIdOf, HASH, people, person, shownOf, WAN, type World } from '../world.ts';
import type { Attempt, Attempts } from './attempt.ts';

const office = (changes: object = {}): Promise<World> => guidanceWorld(changes, 0n);

const report = (world: World, who: string): Attempt => ({
  world,
  kind: 'key-person.report',
  payload: { person: who, what: '离职', on: world.clock.today() },
  actor: people.officer,
});

const reported = async (): Promise<World> => {
  const world = await office();
  const { kind, payload, actor } = report(world, 'key-1');
  await world.run(kind, payload, actor);
  return world;
};

const vetoing = async (changes: object, actor = observer): Promise<Attempt> => {
  const world = await office();
  const caseId = await propose(world, 'vetoed', 'investment.propose', { investment: investmentOf(1, WAN) });
  const shown = await shownOf(world, caseId);
  const payload = { caseId, ...shown, choice: 'veto', ground: 'procedure', comment: '不合规', ...changes };
  return { world, kind: 'case.vote', payload, actor };
};

const distributing = (world: World, amountFen: bigint): Attempt => ({
  world,
  kind: 'distribution.propose',
  payload: { caseId: caseIdOf('distribution'), distribution: distributionOf(world, amountFen) },
  actor: people.officer,
});

const clawBack = (world: World, recognitionId: string): Attempt => ({
  world,
  kind: 'recognition.claw-back',
  payload: { recognitionId, movedOutOn: world.clock.today(), reason: '企业迁出', evidenceSha256: HASH },
  actor: people.reviewer,
});

/** What a guidance fund's proposals, observer, key persons, distributions and recognitions are refused for. */
export const guidanceAttempts: Attempts = {
  INVESTMENT_REFUSED: async () => ({
    world: await office(),
    kind: 'investment.propose',
    payload: { caseId: caseIdOf('large'), investment: investmentOf(1, 10_001n * WAN) },
    actor: people.officer,
  }),
  INVESTING_SUSPENDED: async () => ({
    world: await reported(),
    kind: 'commitment.propose',
    payload: { caseId: caseIdOf('suspended'), commitment: commitmentOf(1, WAN) },
    actor: people.officer,
  }),
  NOT_A_KEY_PERSON: async () => report(await office(), 'passer-by'),
  EVENTS_TOO_MANY: async () => {
    const world = await reported();
    const { kind, payload, actor } = report(world, 'key-2');
    for (let n = 1; n < 20; n += 1) await world.run(kind, payload, actor);
    return report(world, 'key-1');
  },
  EVENTS_CHANGED: async () => {
    const world = await reported();
    const caseId = await propose(world, 'resumption', 'investing.propose-resumption', {
      reason: '接任',
      documents: [],
    });
    const { kind, payload, actor } = report(world, 'key-2');
    await world.run(kind, payload, actor);
    await agree(world, caseId);
    const shown = { caseId, ...(await shownOf(world, caseId)) };
    await world.run('case.approve', shown, people.director);
    return { world, kind: 'case.approve', payload: shown, actor: people.finance };
  },
  NOT_THE_OBSERVER: () => vetoing({}, person('observer-2', 'observer')),
  VETO_WITHOUT_GROUND: () => vetoing({ ground: 'too-expensive' }),
  COMMITMENT_NOT_FOUND: async () => {
    const world = await office();
    const payload = { caseId: caseIdOf('nowhere'), call: callOf(world, 'CM-000000000000', WAN) };
    return { world, kind: 'commitment.propose-call', payload, actor: people.officer };
  },
  BUDGET_DOCUMENT_REQUIRED: async () => ({
    world: await office(),
    kind: 'capital.call',
    payload: { callId: 'CC-000000000001', amountFen: '100', dueOn: '2018-04-01', documentNumber: '出资通知' },
    actor: people.director,
  }),
  TREASURY_ACCOUNT_REQUIRED: async () => {
    const treasury = { name: '永川区财政国库', number: '310009000000000001', bankCode: '011653000014' };
    return distributing(await guidanceWorld({ parties: { treasury } }, WAN), 1n);
  },
  NOTHING_TO_DISTRIBUTE: async () => distributing(await guidanceWorld({}, WAN), 0n),
  DISTRIBUTION_STALE: async () => {
    const world = await guidanceWorld({}, 100n * WAN);
    const parts = { distribution: distributionOf(world, 60n * WAN) };
    const second = await propose(world, 'second', 'distribution.propose', parts);
    await approve(world, await propose(world, 'first', 'distribution.propose', parts));
    await agree(world, second);
    const shown = { caseId: second, ...(await shownOf(world, second)) };
    await world.run('case.approve', shown, people.director);
    return { world, kind: 'case.approve', payload: shown, actor: people.finance };
  },
  FEE_NOT_OWED: async () => {
    const payee = { name: '基金管理人', number: '622200000088', bankCode: '314653000011' };
    const fee = { amountFen: '1', documentNumber: '管理费1号', payee, documents: [] };
    const payload = { caseId: caseIdOf('fee'), fee };
    return { world: await office(), kind: 'management-fee.propose-payment', payload, actor: people.officer };
  },
  RECOGNITION_KIND_UNKNOWN: async () => ({
    world: await office(),
    kind: 'recognition.propose',
    payload: { caseId: caseIdOf('kind'), recognition: recognitionOf(1, WAN, { kind: 'lunch' }) },
    actor: people.officer,
  }),
  RECOGNITION_NOT_FOUND: async () => clawBack(await office(), 'RI-000000000000'),
  RECOGNITION_STANDS: async () => {
    const world = await office();
    const recognitionId = await recognise(world, 1, WAN);
    world.clock.set('2023-02-02');
    return clawBack(world, recognitionId);
  },
  TIMER_NOT_FOUND: async () => ({
    world: await office(),
    kind: 'timer.alert',
    payload: { timer: 'first-investment', days: 270 },
  }),
};
