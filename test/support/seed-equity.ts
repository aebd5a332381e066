import { acquisitionIdOf } from '#shared/domain/equity/acquisition.ts';
import { holdingIdOf } from '#shared/domain/equity/holding.ts';
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
  HASH,
  lend,
  people,
  shownOf,
  type World,
} from './world.ts';

/** A proposal to take a tenth of the n-th company for 20万. */
export const publicEquity = (n: number, changes: object = {}) => ({
  applicant: company(n),
  amountFen: '20000000',
  shareClass: 'ordinary',
  quantity: '100000',
  totalQuantity: '1000000',
  payee: application(n, 1n).payee,
  declarations: application(n, 1n).declarations,
  documents: documents('application-form', 'business-licence', 'business-plan', 'shareholder-resolution'),
  ...changes,
});

export const equityCase = caseIdOf('equity');
export const acquisitionId = acquisitionIdOf(equityCase);

/** Review and the committee's yes on a case. */
export const agree = async (world: World, caseId: string) => {
  const shown = { caseId, ...(await shownOf(world, caseId)) };
  await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  for (const member of people.committee.slice(0, 4))
    await world.run('case.vote', { ...shown, choice: 'approve', comment: '同意' }, member);
  return shown;
};

/** Takes a share of the n-th company, from the proposal to the register. */
export const takeShare = async (world: World, n: number, changes: object = {}): Promise<void> => {
  await world.run('public-equity.propose', { caseId: equityCase, equity: publicEquity(n, changes) }, people.officer);
  const shown = await agree(world, equityCase);
  world.clock.set('2018-04-01');
  await world.run('case.approve', shown, people.director);
  await contract(world, acquisitionId);
  const payId = (await world.read('acquisition', acquisitionId))?.payId ?? '';
  await world.run('payment.release', { payId }, people.treasurer);
  await world.run('payment.instruct', { payId });
  const amountFen = (await world.read('payment', payId))?.amountFen ?? 0n;
  await world.run('payment.settle', { paymentId: `${payId}-P1`, line: bankLine('debit', amountFen, '2018-04-01') });
  await register(world, acquisitionId);
};

export const contract = (world: World, id: string) =>
  world.run(
    'acquisition.contract',
    { acquisitionId: id, contractNumber: '参股2018-01号', contractSha256: HASH, signedOn: world.clock.today() },
    people.officer,
  );

export const register = (world: World, id: string) =>
  world.run(
    'acquisition.register',
    { acquisitionId: id, registeredOn: world.clock.today(), noticeSha256: HASH },
    people.officer,
  );

export const holdingOf = (n: number): string => holdingIdOf(company(n).id, 'ordinary');

/** A proposal to sell everything that is held of the n-th company. */
export const exitOf = (n: number, proceedsFen: bigint, changes: object = {}) => ({
  holdingId: holdingOf(n),
  quantity: '100000',
  method: 'buy-back',
  buyer: '创始团队',
  proceedsFen: String(proceedsFen),
  priceBasis: '按章程',
  buyerClass: 'founders',
  documents: [],
  ...changes,
});

/** A proposal to convert 30万 of a loan at a value of 300万 for a million shares. */
export const conversion = (loanId: string, changes: object = {}) => ({
  loanId,
  principalFen: '30000000',
  penaltyFen: '0',
  appraisal: { reportNumber: '渝评报〔2019〕7号', appraisedOn: '2019-03-01', preMoneyFen: '300000000' },
  fullyDiluted: '1000000',
  shareClass: 'ordinary',
  documents: documents('appraisal-report', 'appraisal-filing', 'shareholder-resolution'),
  ...changes,
});

export const conversionCase = caseIdOf('conversion');
export const conversionId = acquisitionIdOf(conversionCase);

/** Takes a conversion to its approval. */
export const approveConversionCase = async (world: World): Promise<void> => {
  const shown = await agree(world, conversionCase);
  await world.run('case.approve', shown, people.director);
  await world.run('case.approve', shown, people.science);
};

/** An office whose first loan of 30万 has become shares of the register, not yet of the book. */
export const convertingWorld = async (): Promise<World> => {
  const world = createWorld('2018-03-01');
  await found(world);
  await fundWith(world, 1_000_000_000n);
  const loanId = await lend(world, 1, 30_000_000n);
  world.clock.set('2019-06-03');
  await closeUntilYesterday(world, [loanId]);
  await world.run('conversion.propose', { caseId: conversionCase, conversion: conversion(loanId) }, people.officer);
  await approveConversionCase(world);
  await contract(world, conversionId);
  await register(world, conversionId);
  return world;
};
