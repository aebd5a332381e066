import { describe, expect, test } from 'vitest';
import {
  agree,
  approve,
  approveInvestment,
  commitmentOf,
  equipmentWith,
  guidanceWorld,
  investmentOf,
  observer,
  propose,
} from '#test/support/guidance-world.ts';
import { caseIdOf, createWorld, people, person, shownOf, WAN, type World } from '#test/support/world.ts';

const proposed = async (changes: object = {}) => {
  const world = await guidanceWorld();
  const investment = investmentOf(1, 100n * WAN, changes);
  const caseId = await propose(world, 'governed', 'investment.propose', { investment });
  return { world, caseId, shown: { caseId, ...(await shownOf(world, caseId)) } };
};

const veto = { choice: 'veto', ground: 'off-mandate', comment: '不属于投向' };

describe('the government’s observer', () => {
  test('given a case not decided yet, when the observer vetoes it on a ground of compliance, then it is over', async () => {
    const { world, caseId, shown } = await proposed();
    await world.run('case.vote', { ...shown, ...veto }, observer);
    const state = await world.read('case', caseId);
    expect(state).toMatchObject({ status: 'rejected', votes: [{ member: 'observer-1', choice: 'veto' }] });
    expect(world.entries().at(-1)).toMatchObject({ type: 'case.vetoed', facts: { ground: 'off-mandate' } });
    expect(await world.read('portfolio', 'all')).toMatchObject({ exposureFen: 0n });
  });

  test('given a case the whole committee wants, when the observer vetoes it before the last approval, then it is over', async () => {
    const { world, caseId, shown } = await proposed();
    await agree(world, caseId);
    await world.run('case.vote', { ...shown, ...veto }, observer);
    expect(await world.read('case', caseId)).toMatchObject({ status: 'rejected' });
  });

  test('given no ground, or one of merit, when the observer vetoes, then it is refused', async () => {
    const { world, shown } = await proposed();
    const { ground: _, ...groundless } = veto;
    expect(await world.refusal('case.vote', { ...shown, ...groundless }, observer)).toBe('VETO_WITHOUT_GROUND');
    const onMerit = { ...shown, ...veto, ground: 'too-expensive' };
    expect(await world.refusal('case.vote', onMerit, observer)).toBe('VETO_WITHOUT_GROUND');
  });

  test('given anybody else, when they veto, then it is refused; and the observer has no vote', async () => {
    const { world, caseId, shown } = await proposed();
    const [member] = people.committee;
    expect(await world.refusal('case.vote', { ...shown, ...veto }, member)).toBe('ROLE_REQUIRED');
    const stranger = person('observer-2', 'observer');
    expect(await world.refusal('case.vote', { ...shown, ...veto }, stranger)).toBe('NOT_THE_OBSERVER');
    await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
    const voting = person('observer-1', 'observer', 'committee');
    const vote = { ...shown, choice: 'approve', comment: '同意' };
    expect(await world.refusal('case.vote', vote, voting)).toBe('NOT_A_MEMBER');
    expect((await world.read('case', caseId))?.votes).toEqual([]);
  });

  test('given a decided case, when the observer vetoes it, then it is too late', async () => {
    const world = await guidanceWorld();
    const { caseId } = await approveInvestment(world, 1, 100n * WAN);
    const late = { caseId, ...(await shownOf(world, caseId)), ...veto };
    expect(await world.refusal('case.vote', late, observer)).toBe('STATE_INVALID');
  });

  test('given a fund without an observer, when its founding is vetoed, then it is refused', async () => {
    const world = createWorld('2018-03-01', undefined, 'equipment');
    const caseId = caseIdOf('founding');
    await world.run('charter.propose', { caseId, charter: equipmentWith({}) }, people.admin);
    const early = { caseId, ...(await shownOf(world, caseId)), ...veto };
    expect(await world.refusal('case.vote', early, observer)).toBe('NOT_THE_OBSERVER');
  });
});

describe('an interest in the investee', () => {
  test('given a member with an interest, when they vote, then it is refused, and the others decide', async () => {
    const { world, caseId, shown } = await proposed({ interested: ['committee-1'] });
    await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
    const vote = { ...shown, choice: 'approve', comment: '同意' };
    expect(await world.refusal('case.vote', vote, people.committee[0])).toBe('DUTIES_NOT_SEPARATE');
    for (const member of people.committee.slice(1)) await world.run('case.vote', vote, member);
    expect(await world.read('case', caseId)).toMatchObject({ status: 'approving' });
  });

  test('given a director with an interest, when they approve, then it is refused', async () => {
    const { world, caseId, shown } = await proposed({ interested: ['director-1'] });
    await agree(world, caseId);
    expect(await world.refusal('case.approve', shown, people.director)).toBe('DUTIES_NOT_SEPARATE');
    expect(await world.refusal('case.approve', shown, person('director-2', 'director'))).toBe('applied');
  });
});

const event = { person: 'key-1', what: '离职', on: '2018-03-01' };

const resumption = (world: World, name: string) =>
  propose(world, name, 'investing.propose-resumption', { reason: '接任者到任', documents: [] });

describe('a key-person event', () => {
  test('given one, when anything new is proposed or approved, then it is refused until a case lifts it', async () => {
    const world = await guidanceWorld();
    const pending = await propose(world, 'pending', 'investment.propose', { investment: investmentOf(1, WAN) });
    await agree(world, pending);
    await world.run('key-person.report', event, people.officer);
    const shown = { caseId: pending, ...(await shownOf(world, pending)) };
    expect(await world.refusal('case.approve', shown, people.director)).toBe('INVESTING_SUSPENDED');
    const direct = { caseId: caseIdOf('d'), investment: investmentOf(2, WAN) };
    expect(await world.refusal('investment.propose', direct, people.officer)).toBe('INVESTING_SUSPENDED');
    const promise = { caseId: caseIdOf('s'), commitment: commitmentOf(3, WAN) };
    expect(await world.refusal('commitment.propose', promise, people.officer)).toBe('INVESTING_SUSPENDED');
    await approve(world, await resumption(world, 'lift'));
    expect(await world.read('suspension', 'all')).toMatchObject({ status: 'lifted', events: [] });
    expect(await world.refusal('case.approve', shown, people.director)).toBe('applied');
  });

  test('given another event after the case was made, when the case is approved, then it is refused', async () => {
    const world = await guidanceWorld();
    await world.run('key-person.report', event, people.officer);
    const caseId = await resumption(world, 'early');
    await world.run('key-person.report', { ...event, person: 'key-2' }, people.director);
    await agree(world, caseId);
    const shown = { caseId, ...(await shownOf(world, caseId)) };
    await world.run('case.approve', shown, people.director);
    expect(await world.refusal('case.approve', shown, people.finance)).toBe('EVENTS_CHANGED');
  });

  test('given nobody the charter names, a day ahead, or nothing suspended, when it is recorded, then it is refused', async () => {
    const world = await guidanceWorld();
    expect(await world.refusal('key-person.report', { ...event, person: 'x' }, people.officer)).toBe(
      'NOT_A_KEY_PERSON',
    );
    expect(await world.refusal('key-person.report', { ...event, on: '2018-03-02' }, people.officer)).toBe(
      'DATE_INVALID',
    );
    const nothing = { caseId: caseIdOf('none'), reason: '无', documents: [] };
    expect(await world.refusal('investing.propose-resumption', nothing, people.officer)).toBe('STATE_INVALID');
  });

  test('given more events than are ever open, when another is reported, then it is refused', async () => {
    const world = await guidanceWorld();
    for (let n = 0; n < 20; n += 1) await world.run('key-person.report', event, people.officer);
    expect(await world.refusal('key-person.report', event, people.officer)).toBe('EVENTS_TOO_MANY');
  });
});
