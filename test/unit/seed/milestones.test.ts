import { describe, expect, test } from 'vitest';
import { advance, advanced, advancingOffice, applyingFor, confirmation, meet } from '../../support/advance.ts';
import {
  approveConversionCase,
  contract,
  conversion,
  conversionCase,
  conversionId,
  holdingOf,
  register,
} from '../../support/seed-equity.ts';
import {
  caseIdOf,
  closeUntilYesterday,
  createWorld,
  found,
  fundWith,
  ofTeam,
  people,
  seedCharter,
  type World,
} from '../../support/world.ts';

const propose = (world: World, loanId: string, changes: object = {}) =>
  world.refusal(
    'conversion.propose',
    { caseId: conversionCase, conversion: conversion(loanId, changes) },
    people.officer,
  );

const applied = async (world: World, application: object) =>
  world.refusal('loan.apply', { caseId: caseIdOf(1), application }, people.officer);

describe('money first, share later', () => {
  test('given all milestones met in time, when the loan is converted, then it is at the agreed value, not the appraised', async () => {
    const { world, loanId } = await advanced();
    await meet(world, loanId, 'prototype', '2018-12-30');
    await meet(world, loanId, 'first-order', '2019-05-31');
    world.clock.set('2019-06-03');
    await closeUntilYesterday(world, [loanId]);
    expect(await propose(world, loanId)).toBe('AGREED_VALUE_DIFFERS');
    expect(await propose(world, loanId, { agreedPreMoneyFen: '250000000' })).toBe('applied');
    await approveConversionCase(world);
    await contract(world, conversionId);
    await register(world, conversionId);
    await world.run('conversion.book', { acquisitionId: conversionId }, people.accountant);
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'converted' });
    // 30万 ÷ (250万 ÷ 1,000,000 shares) = 120,000 shares.
    const [lot] = (await world.read('holding', holdingOf(1)))?.lots ?? [];
    expect(lot).toMatchObject({ quantity: 120_000_000_000n, costFen: 30_000_000n });
  });

  test('given a milestone still open, when the loan is to be converted, then it waits', async () => {
    const { world, loanId } = await advanced();
    await meet(world, loanId, 'prototype', '2018-12-30');
    world.clock.set('2019-05-31');
    expect(await propose(world, loanId, { agreedPreMoneyFen: '250000000' })).toBe('MILESTONES_OPEN');
  });

  test('given a milestone missed, when the loan is to be converted, then only as any other loan, by appraisal', async () => {
    const { world, loanId } = await advanced();
    await meet(world, loanId, 'prototype', '2018-12-30');
    world.clock.set('2019-06-01');
    expect(await propose(world, loanId, { agreedPreMoneyFen: '250000000' })).toBe('AGREED_VALUE_DIFFERS');
    expect(await propose(world, loanId)).toBe('applied');
  });

  test('given a reviewer’s confirmation, then what was agreed keeps its day and the evidence is in the entry', async () => {
    const { world, loanId } = await advanced();
    await meet(world, loanId, 'prototype', '2018-12-30');
    expect(await world.read('milestones', loanId)).toMatchObject({
      preMoneyFen: 250_000_000n,
      items: [{ id: 'prototype', metOn: '2018-12-30' }, { id: 'first-order' }],
    });
    expect(world.entries().at(-1)).toMatchObject({
      type: 'milestone.confirmed',
      facts: { metOn: '2018-12-30', 'acceptance-report': '0'.repeat(64) },
    });
  });

  test.each([
    ['by an officer', 'prototype', '2018-12-30', {}, people.officer, 'ROLE_REQUIRED'],
    ['of a milestone nobody agreed on', 'listing', '2018-12-30', {}, people.reviewer, 'MILESTONE_NOT_FOUND'],
    ['after its day', 'prototype', '2019-01-01', {}, people.reviewer, 'MILESTONE_LATE'],
    ['before it has happened', 'first-order', '2019-02-02', {}, people.reviewer, 'DATE_INVALID'],
    ['without evidence', 'prototype', '2018-12-30', { documents: [] }, people.reviewer, 'DOCUMENTS_MISSING'],
  ] as const)('given a confirmation %s, then it is refused', async (_how, id, metOn, changes, actor, code) => {
    const { world, loanId } = await advanced();
    world.clock.set('2019-02-01');
    expect(await world.refusal('milestone.confirm', confirmation(loanId, id, metOn, changes), actor)).toBe(code);
  });

  test('given a milestone confirmed, when it is confirmed again, then it is refused', async () => {
    const { world, loanId } = await advanced();
    await meet(world, loanId, 'prototype', '2018-12-30');
    const again = confirmation(loanId, 'prototype', '2018-12-29');
    expect(await world.refusal('milestone.confirm', again, people.reviewer)).toBe('MILESTONE_MET');
  });

  test.each([
    ['a day that is past', { milestones: [{ id: 'a', what: '甲', dueOn: '2018-03-01' }] }, 'MILESTONES_INVALID'],
    [
      'one name twice',
      { milestones: [1, 2].map(() => ({ id: 'a', what: '甲', dueOn: '2019-03-01' })) },
      'MILESTONES_INVALID',
    ],
    [
      'more than the charter lets',
      { milestones: ['a', 'b', 'c'].map((id) => ({ id, what: '甲', dueOn: '2019-03-01' })) },
      'MILESTONES_INVALID',
    ],
    ['no value', { preMoneyFen: '0' }, 'AMOUNT_INVALID'],
  ] as const)('given an application with %s, then it is refused', async (_what, changes, code) => {
    expect(await applied(await advancingOffice(), applyingFor(changes))).toBe(code);
  });

  test('given a team, or rules without milestones, when an advance is asked for, then it is refused', async () => {
    expect(await applied(await advancingOffice(), applyingFor({}, ofTeam(1)))).toBe('NOT_A_COMPANY');
    const plain = createWorld('2018-03-01');
    await found(plain);
    await fundWith(plain, 1_000_000_000n);
    const asked = { caseId: caseIdOf(1), application: { ...applyingFor(), advance: advance() } };
    await expect(plain.run('loan.apply', asked, people.officer)).rejects.toMatchObject({
      code: 'INSTRUMENT_FORBIDDEN',
      details: { instrument: 'advance', fundKind: 'seed', clause: seedCharter.documentNumber },
    });
  });
});
