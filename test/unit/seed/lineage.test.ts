import { describe, expect, test } from 'vitest';
import seed2018 from '#shared/charters/seed-2018.json' with { type: 'json' };
import seed2020 from '#shared/charters/seed-2020.json' with { type: 'json' };
import seed2024 from '#shared/charters/seed-2024.json' with { type: 'json' };
import seed2026 from '#shared/charters/seed-2026.json' with { type: 'json' };
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { linesOf, netFen } from '../../support/books.ts';
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
  application,
  bankLine,
  caseIdOf,
  closeUntilYesterday,
  company,
  createWorld,
  documents,
  found,
  fundWith,
  lend,
  people,
  WAN,
  type World,
} from '../../support/world.ts';

const young = { ...company(1), establishedOn: '2024-03-12' };

/** An office that has adopted every version of the seed fund's charter that is shipped, on a day of the last. */
const office = async (): Promise<World> => {
  const world = createWorld('2018-03-01');
  for (const charter of [seed2018, seed2020, seed2024, seed2026]) await found(world, charter);
  await fundWith(world, 1_000n * WAN);
  world.clock.set('2026-03-02');
  await closeUntilYesterday(world, []);
  return world;
};

/** 30万 for three years, and a share at a value of 270万 once two things have come about. */
const advance = {
  preMoneyFen: String(270n * WAN),
  milestones: [
    { id: 'pilot-line', what: '中试线通过验收', dueOn: '2026-12-31' },
    { id: 'first-order', what: '首张订单', dueOn: '2027-06-30' },
  ],
};

const paid = async (): Promise<{ world: World; loanId: string }> => {
  const world = await office();
  return { world, loanId: await lend(world, 1, 30n * WAN, { applicant: young, advance }) };
};

const confirm = async (world: World, loanId: string, milestoneId: string, metOn: string): Promise<void> => {
  world.clock.set(metOn);
  const evidence = documents('acceptance-report', 'expert-opinion');
  await world.run('milestone.confirm', { loanId, milestoneId, metOn, documents: evidence }, people.reviewer);
};

const proposal = (loanId: string, appraisedOn: string, changes: object = {}) => ({
  caseId: conversionCase,
  conversion: conversion(loanId, {
    appraisal: { reportNumber: '渝评报〔2027〕3号', appraisedOn, preMoneyFen: String(300n * WAN) },
    ...changes,
  }),
});

/** Takes a proposed conversion into the book. */
const book = async (world: World): Promise<void> => {
  await approveConversionCase(world);
  await contract(world, conversionId);
  await register(world, conversionId);
  await world.run('conversion.book', { acquisitionId: conversionId }, people.accountant);
};

describe('the seed fund’s charter of 2026', () => {
  test('given both milestones met in time, when the advance is converted, then it is a share at the agreed value', async () => {
    const { world, loanId } = await paid();
    await confirm(world, loanId, 'pilot-line', '2026-12-31');
    await confirm(world, loanId, 'first-order', '2027-05-10');
    await closeUntilYesterday(world, [loanId]);
    const agreed = { agreedPreMoneyFen: advance.preMoneyFen };
    await world.run('conversion.propose', proposal(loanId, '2027-04-01', agreed), people.officer);
    await book(world);
    // 30万 ÷ (270万 ÷ 1,000,000 shares) = 111,111.111111 shares, worth 299,999.9999997 yuan: 29,999,999 whole fen.
    expect(await world.read('holding', holdingOf(1))).toMatchObject({
      lots: [{ quantity: 111_111_111_111n, costFen: 29_999_999n }],
    });
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'converted', provisionFen: 0n });
    expect(['1303.01', '1304'].map((a) => netFen(world, a as '1304'))).toEqual([0n, 0n]);
    expect(netFen(world, '1101.01')).toBe(29_999_999n);
    // A hundredth was provided for while it was a normal loan (6702 300,000) and is not needed; the odd fen is lost.
    expect([netFen(world, '6702'), netFen(world, '6111')]).toEqual([300_000n, -299_999n]);
    expect(netFen(world, '1002')).toBe(970n * WAN);
    expect(netDebitFen(linesOf(world))).toBe(0n);
  });

  test('given a milestone missed, then the advance is a loan again: nothing at the agreed value, and it is repaid', async () => {
    const { world, loanId } = await paid();
    await confirm(world, loanId, 'pilot-line', '2026-12-31');
    world.clock.set('2027-07-01');
    const late = {
      loanId,
      milestoneId: 'first-order',
      metOn: '2027-07-01',
      documents: documents('acceptance-report', 'expert-opinion'),
    };
    expect(await world.refusal('milestone.confirm', late, people.reviewer)).toBe('MILESTONE_LATE');
    const agreed = proposal(loanId, '2027-06-01', { agreedPreMoneyFen: advance.preMoneyFen });
    expect(await world.refusal('conversion.propose', agreed, people.officer)).toBe('AGREED_VALUE_DIFFERS');
    await closeUntilYesterday(world, [loanId]);
    const line = bankLine('credit', 30n * WAN, '2027-07-01');
    await world.run('loan.repay', { loanId, line });
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'repaid' });
    world.clock.set('2027-07-02');
    await closeUntilYesterday(world, [loanId]);
    expect(netFen(world, '1002')).toBe(1_000n * WAN);
    expect(netDebitFen(linesOf(world))).toBe(0n);
    for (const account of ['1303.01', '1304', '6702', '6111'] as const) expect(netFen(world, account)).toBe(0n);
  });

  test('given an application that offers no share, then it is refused: loans have not been given since 2020', async () => {
    const world = await office();
    const plain = application(1, 30n * WAN, { applicant: young });
    expect(await world.refusal('loan.apply', { caseId: caseIdOf(1), application: plain }, people.officer)).toBe(
      'LENDING_CLOSED',
    );
  });

  test('given an advance that is handed in again as a mere loan, then it is refused', async () => {
    const world = await office();
    const caseId = caseIdOf(1);
    const first = application(1, 30n * WAN, { applicant: young, advance });
    await world.run('loan.apply', { caseId, application: first }, people.officer);
    const plain = application(1, 30n * WAN, { applicant: young });
    expect(await world.refusal('loan.reapply', { caseId, application: plain }, people.officer)).toBe('LENDING_CLOSED');
  });

  test.each([
    ['2020-07-01', 'LENDING_CLOSED'],
    ['2024-10-28', 'FUND_RUNNING_OFF'],
    ['2025-12-31', 'FUND_RUNNING_OFF'],
    ['2026-01-01', 'applied'],
  ])('given an advance asked for on %s, then the version of that day answers %s', async (day, code) => {
    const world = createWorld('2018-03-01');
    for (const charter of [seed2018, seed2020, seed2024, seed2026]) await found(world, charter);
    world.clock.set(day);
    const applicant = { ...young, establishedOn: '2019-06-01' };
    const asked = {
      ...application(1, 30n * WAN, { applicant: day < '2024' ? applicant : young }),
      advance: { ...advance, milestones: advance.milestones.map((m) => ({ ...m, dueOn: '2027-06-30' })) },
    };
    expect(await world.refusal('loan.apply', { caseId: caseIdOf(1), application: asked }, people.officer)).toBe(code);
  });
});
