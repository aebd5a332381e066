import { advanced, advancingOffice, applyingFor, confirmation } from '../advance.ts';
import {
  acquisitionId,
  approveConversionCase,
  contract,
  conversion,
  conversionCase,
  conversionId,
  equityCase,
  exitOf,
  holdingOf,
  publicEquity,
  takeShare,
} from '../seed-equity.ts';
import {
  application,
  bankLine,
  caseIdOf,
  charterWith,
  createWorld,
  found,
  fundWith,
  lend,
  people,
  seedCharter,
  WAN,
  type World,
} from '../world.ts';
import type { Attempt, Attempts } from './attempt.ts';

const office = async (changes: object = {}): Promise<World> => {
  const world = createWorld('2018-03-01');
  await found(world, charterWith(changes));
  await fundWith(world, 1_000n * WAN);
  return world;
};

const asking = (world: World, changes: object = {}): Attempt => ({
  world,
  kind: 'public-equity.propose',
  payload: { caseId: equityCase, equity: publicEquity(1, changes) },
  actor: people.officer,
});

const owning = async (on: string): Promise<World> => {
  const world = await office();
  await takeShare(world, 1);
  world.clock.set(on);
  return world;
};

const selling = (world: World, changes: object = {}): Attempt => ({
  world,
  kind: 'exit.propose',
  payload: { caseId: caseIdOf('exit'), exit: exitOf(1, 20n * WAN, changes) },
  actor: people.officer,
});

const confirming = async (milestoneId: string, metOn: string): Promise<Attempt> => {
  const { world, loanId } = await advanced();
  world.clock.set('2019-02-01');
  const payload = confirmation(loanId, milestoneId, metOn);
  return { world, kind: 'milestone.confirm', payload, actor: people.reviewer };
};

/** At the agreed value, with milestones that are open or, later, missed. */
const convertingAdvance = async (on: string): Promise<Attempt> => {
  const { world, loanId } = await advanced();
  world.clock.set(on);
  const payload = { caseId: conversionCase, conversion: conversion(loanId, { agreedPreMoneyFen: '250000000' }) };
  return { world, kind: 'conversion.propose', payload, actor: people.officer };
};

const lent = async (): Promise<{ world: World; loanId: string }> => {
  const world = await office();
  const loanId = await lend(world, 1, 30n * WAN);
  world.clock.set('2019-06-03');
  return { world, loanId };
};

const converting = async (changes: object = {}): Promise<Attempt> => {
  const { world, loanId } = await lent();
  return {
    world,
    kind: 'conversion.propose',
    payload: { caseId: conversionCase, conversion: conversion(loanId, changes) },
    actor: people.officer,
  };
};

/** Shares contracted for a loan that was repaid in part since. */
const claimChanged = async (): Promise<Attempt> => {
  const { world, loanId } = await lent();
  const payload = { caseId: conversionCase, conversion: conversion(loanId) };
  await world.run('conversion.propose', payload, people.officer);
  await approveConversionCase(world);
  await contract(world, conversionId);
  await world.run('loan.repay', { loanId, line: bankLine('credit', WAN, '2019-06-03') });
  return {
    world,
    kind: 'acquisition.register',
    payload: { acquisitionId: conversionId, registeredOn: '2019-06-03', noticeSha256: '0'.repeat(64) },
    actor: people.officer,
  };
};

export const seedAttempts: Attempts = {
  FUND_RUNNING_OFF: async () => asking(await office({ recovered: 'return' })),
  FUND_NOT_RUNNING_OFF: async () => ({
    world: await office(),
    kind: 'capital.propose-refund',
    payload: {
      caseId: caseIdOf('refund'),
      refund: {
        amountFen: '100',
        basis: 'run-off',
        documentNumber: '渝科〔2024〕1号',
        payees: seedCharter.capital.contributors.map((c) => ({
          contributor: c.id,
          account: { name: c.name, number: '622200000099', bankCode: '314653000011' },
        })),
      },
    },
    actor: people.officer,
  }),
  LENDING_CLOSED: async () => {
    const world = await office({ lending: { open: false } });
    return {
      world,
      kind: 'loan.apply',
      payload: { caseId: caseIdOf(1), application: application(1, WAN) },
      actor: people.officer,
    };
  },
  FURTHER_PURCHASE_REFUSED: async () => {
    const attempt = asking(await owning('2018-05-02'));
    return { ...attempt, payload: { caseId: caseIdOf('more'), equity: publicEquity(1) } };
  },
  SHARE_TOO_LARGE: async () => asking(await office(), { quantity: '200001' }),
  MILESTONES_INVALID: async () => ({
    world: await advancingOffice(),
    kind: 'loan.apply',
    payload: {
      caseId: caseIdOf(1),
      application: applyingFor({ milestones: [{ id: 'a', what: '甲', dueOn: '2018-03-01' }] }),
    },
    actor: people.officer,
  }),
  MILESTONE_NOT_FOUND: () => confirming('nothing', '2018-12-30'),
  MILESTONE_MET: async () => {
    const attempt = await confirming('prototype', '2018-12-30');
    await attempt.world.run(attempt.kind, attempt.payload, attempt.actor);
    return attempt;
  },
  MILESTONE_LATE: () => confirming('prototype', '2019-01-01'),
  MILESTONES_OPEN: () => convertingAdvance('2018-12-01'),
  AGREED_VALUE_DIFFERS: () => convertingAdvance('2019-01-02'),
  CLAIM_CHANGED: claimChanged,
  APPRAISAL_REQUIRED: async () => selling(await owning('2023-05-01')),
  APPRAISAL_TOO_OLD: async () => converting({ appraisal: { ...conversion('').appraisal, appraisedOn: '2018-06-02' } }),
  PRICE_BELOW_FLOOR: async () => converting({ lastRound: { postMoneyFen: '375000001', totalQuantity: '1000000' } }),
  NOT_A_CONVERSION: async () => ({
    world: await owning('2018-05-02'),
    kind: 'conversion.book',
    payload: { acquisitionId },
    actor: people.accountant,
  }),
  BUYER_CLASS_REQUIRED: async () => {
    const { buyerClass: _, ...exit } = exitOf(1, 20n * WAN);
    const attempt = selling(await owning('2021-04-01'));
    return { ...attempt, payload: { caseId: caseIdOf('exit'), exit } };
  },
  PRE_EMPTION_OPEN: async () => selling(await owning('2021-04-01'), { buyerClass: 'third-party' }),
  PRICE_TOO_LOW: async () => selling(await owning('2021-04-01'), { proceedsFen: '1' }),
  DIVIDEND_WAIVED: async () => ({
    world: await owning('2021-06-01'),
    kind: 'dividend.declare',
    payload: {
      dividendId: 'DV-000000000001',
      holdingId: holdingOf(1),
      incomeFen: '100',
      capitalFen: '0',
      declaredOn: '2021-03-31',
      documentNumber: '股东会2021-1',
      documentSha256: '0'.repeat(64),
    },
    actor: people.accountant,
  }),
};
