import { describe, expect, test } from 'vitest';
import { addDays } from '#shared/domain/calendar.ts';
import {
  caseIdOf,
  charterWith,
  createWorld,
  found,
  people,
  person,
  seedCharter,
  shownOf,
  type World,
} from '../../support/world.ts';

const propose = (world: World, changes: object, caseId = caseIdOf(JSON.stringify(changes))) =>
  world.refusal('charter.propose', { caseId, charter: charterWith(changes) }, people.admin);

const approve = async (world: World, changes: object, ...approvers: (typeof people.director)[]) => {
  const caseId = caseIdOf(JSON.stringify(changes));
  let last = '';
  for (const approver of approvers)
    last = await world.refusal('case.approve', { caseId, ...(await shownOf(world, caseId)) }, approver);
  return last;
};

const adopt = async (world: World, changes: object) => {
  expect(await propose(world, changes)).toBe('applied');
  return await approve(world, changes, people.director, people.finance);
};

describe('founding', () => {
  test('given no charter, when director and finance bureau agree, then the fund has its first and its commitments', async () => {
    const world = createWorld();
    expect(await adopt(world, {})).toBe('applied');
    expect(await world.read('charter', '1')).toMatchObject({ documentNumber: seedCharter.documentNumber });
    expect((await world.read('capital', 'all'))?.contributors).toEqual([
      { id: 'city', committedFen: 2_000_000_000n, calledFen: 0n, refundedFen: 0n },
      { id: 'zone', committedFen: 3_000_000_000n, calledFen: 0n, refundedFen: 0n },
    ]);
  });

  test('given two founding proposals, when the second is approved, then CHARTER_VERSION_STALE', async () => {
    const world = createWorld();
    await propose(world, {});
    await propose(world, { documentNumber: '另一文号' });
    expect(await approve(world, {}, people.director, people.finance)).toBe('applied');
    expect(await approve(world, { documentNumber: '另一文号' }, people.director, people.finance)).toBe(
      'CHARTER_VERSION_STALE',
    );
  });

  test('given a person who holds both roles, when they agree twice, then DUTIES_NOT_SEPARATE; the admin never may', async () => {
    const world = createWorld();
    await propose(world, {});
    const both = person('both-1', 'director', 'finance-bureau');
    expect(await approve(world, {}, both)).toBe('applied');
    expect(await approve(world, {}, both)).toBe('DUTIES_NOT_SEPARATE');
    expect(await approve(world, {}, person(people.admin.id, 'finance-bureau'))).toBe('DUTIES_NOT_SEPARATE');
  });

  test('given another fund’s document, or a role that may not, then it is refused', async () => {
    const world = createWorld();
    expect(await propose(world, { fundId: 'other' })).toBe('CHARTER_INVALID');
    const payload = { caseId: caseIdOf(1), charter: seedCharter };
    expect(await world.refusal('charter.propose', payload, people.officer)).toBe('ROLE_REQUIRED');
  });
});

describe('amendment', () => {
  test('given a charter, when it is amended for a later day, then the old rules hold until then', async () => {
    const world = createWorld();
    await found(world);
    expect(await adopt(world, { version: 2, effectiveFrom: '2018-01-01' })).toBe('applied');
    expect((await world.ledger.load('seed', [])).head.charters).toEqual([
      { version: 1, effectiveFrom: '2017-01-01' },
      { version: 2, effectiveFrom: '2018-01-01' },
    ]);
  });

  test('given a version that skips or repeats, then CHARTER_VERSION_STALE; one that goes back in time, CHARTER_INVALID', async () => {
    const world = createWorld();
    await found(world);
    expect(await propose(world, { version: 3 })).toBe('CHARTER_VERSION_STALE');
    expect(await propose(world, { version: 1 })).toBe('CHARTER_VERSION_STALE');
    expect(await propose(world, { version: 2, effectiveFrom: '2016-12-31' })).toBe('CHARTER_INVALID');
  });

  test('given an amendment for today, when it is approved a day late, then CHARTER_INVALID: it would reach back', async () => {
    const world = createWorld();
    await found(world);
    const changes = { version: 2, effectiveFrom: world.clock.today() };
    await propose(world, changes);
    world.clock.set(addDays(world.clock.today(), 1));
    expect(await approve(world, changes, people.director, people.finance)).toBe('CHARTER_INVALID');
  });

  test('given a founding charter of a later day, when an amendment made before is approved after that, then it cannot reach back either', async () => {
    const world = createWorld('2017-03-01');
    expect(await adopt(world, { effectiveFrom: '2017-04-01' })).toBe('applied');
    const changes = { version: 2, effectiveFrom: '2017-04-01' };
    await propose(world, changes);
    world.clock.set('2017-04-15');
    expect(await approve(world, changes, people.director, people.finance)).toBe('CHARTER_INVALID');
  });

  test('given a contributor, when an amendment leaves them out or cuts below what was called, then CHARTER_INVALID', async () => {
    const world = createWorld();
    await found(world);
    const [city, zone] = seedCharter.capital.contributors;
    const later = { version: 2, effectiveFrom: '2018-01-01' };
    expect(await adopt(world, { ...later, capital: { contributors: [zone] } })).toBe('CHARTER_INVALID');
    await world.run(
      'capital.call',
      { callId: 'CC-000000000001', amountFen: '5000000000', dueOn: '2017-04-01', documentNumber: '1' },
      people.director,
    );
    expect(await adopt(world, { ...later, capital: { totalFen: '4999999999' } })).toBe('CHARTER_INVALID');
    expect(await adopt(world, { ...later, capital: { contributors: [city, { ...zone, weight: 61 }] } })).toBe(
      'CHARTER_INVALID',
    );
    expect(await adopt(world, { ...later, capital: { totalFen: '5000000001' } })).toBe('applied');
  });
});
