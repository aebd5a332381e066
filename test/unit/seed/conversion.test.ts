import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { conversionTerms } from '#shared/domain/seed/conversion-terms.ts';
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
  bankLine,
  closeUntilYesterday,
  company,
  createWorld,
  FUND,
  found,
  fundWith,
  lend,
  people,
  seedCharter,
  WAN,
  type World,
} from '../../support/world.ts';

const lent = async (charter: object = seedCharter) => {
  const world = createWorld('2018-03-01');
  await found(world, charter);
  await fundWith(world, 1_000n * WAN);
  const loanId = await lend(world, 1, 30n * WAN);
  world.clock.set('2019-06-03');
  await closeUntilYesterday(world, [loanId]);
  return { world, loanId };
};

const propose = (world: World, loanId: string, changes: object = {}) =>
  world.refusal(
    'conversion.propose',
    { caseId: conversionCase, conversion: conversion(loanId, changes) },
    people.officer,
  );

const registered = async () => {
  const { world, loanId } = await lent();
  await propose(world, loanId);
  await approveConversionCase(world);
  await contract(world, conversionId);
  await register(world, conversionId);
  return { world, loanId };
};

describe('debt to equity', () => {
  test('given a registered conversion, when it is booked, then one voucher takes loan and provision out and the shares in', async () => {
    const { world, loanId } = await registered();
    const provisionFen = (await world.read('loan', loanId))?.provisionFen ?? 0n;
    expect(provisionFen).toBe(300_000n);
    await world.run('conversion.book', { acquisitionId: conversionId }, people.accountant);
    const entry = world.entries().at(-1);
    expect(entry?.type).toBe('loan.converted');
    const dims = { enterprise: company(1).id, instrument: loanId };
    expect(entry?.lines).toEqual([
      {
        account: '1101.01',
        side: 'debit',
        amountFen: 30n * WAN,
        dims: { enterprise: company(1).id, instrument: holdingOf(1) },
      },
      { account: '1304', side: 'debit', amountFen: provisionFen, dims },
      { account: '1303.01', side: 'credit', amountFen: 30n * WAN, dims },
      { account: '6111', side: 'credit', amountFen: provisionFen },
    ]);
    const lines = world.entries().flatMap((e) => e.lines ?? []);
    for (const account of ['1303.01', '1303.02', '1304']) expect(netDebitFen(lines, account)).toBe(0n);
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'converted', provisionFen: 0n, overdueFen: 0n });
    expect(await world.read('holding', holdingOf(1))).toMatchObject({ status: 'active' });
    expect(await world.read('enterprise', company(1).id)).toMatchObject({
      exposureFen: 0n,
      equity: { exposureFen: 30n * WAN, quantity: 100_000_000_000n },
    });
  });

  test('given an approved conversion, when it is given up before it is registered, then the loan goes on and its place is free', async () => {
    const { world, loanId } = await lent();
    await propose(world, loanId);
    await approveConversionCase(world);
    await contract(world, conversionId);
    await world.run('acquisition.cancel', { acquisitionId: conversionId, reason: '股东会未通过' }, people.director);
    expect((await world.read('enterprise', company(1).id))?.equity).toEqual({ exposureFen: 0n, quantity: 0n });
    await world.run('loan.repay', { loanId, line: bankLine('credit', 30n * WAN, '2019-06-03') });
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'repaid' });
  });

  test('given a repayment after the approval, when the shares are registered, then it is refused: the claim is another', async () => {
    const { world, loanId } = await lent();
    await propose(world, loanId);
    await approveConversionCase(world);
    await contract(world, conversionId);
    await world.run('loan.repay', { loanId, line: bankLine('credit', WAN, '2019-06-03') });
    await expect(register(world, conversionId)).rejects.toMatchObject({ code: 'CLAIM_CHANGED' });
  });

  test('given a registered conversion, when money comes for the loan all the same, then it waits for a person', async () => {
    const { world, loanId } = await registered();
    await world.run('loan.repay', { loanId, line: bankLine('credit', WAN, '2019-06-03') });
    expect(world.entries().at(-1)?.type).toBe('bank-line.unmatched');
    await world.run('conversion.book', { acquisitionId: conversionId }, people.accountant);
    expect((await world.ledger.load(FUND, [])).head.bankFen).toBe(971n * WAN);
  });

  test('given a booked conversion, when it is booked once more or given up, then it is refused', async () => {
    const { world } = await registered();
    await world.run('conversion.book', { acquisitionId: conversionId }, people.accountant);
    const book = { acquisitionId: conversionId };
    expect(await world.refusal('conversion.book', book, people.accountant)).toBe('STATE_INVALID');
    const cancel = { ...book, reason: '反悔' };
    expect(await world.refusal('acquisition.cancel', cancel, people.director)).toBe('STATE_INVALID');
  });

  test.each([
    ['less than is owed', { principalFen: '29999999' }, 'CLAIM_CHANGED'],
    ['penalty the charter does not convert', { penaltyFen: '1' }, 'CLAIM_CHANGED'],
    [
      'an old appraisal',
      { appraisal: { ...conversion('').appraisal, appraisedOn: '2018-06-02' } },
      'APPRAISAL_TOO_OLD',
    ],
    [
      'an appraisal of tomorrow',
      { appraisal: { ...conversion('').appraisal, appraisedOn: '2019-06-04' } },
      'APPRAISAL_TOO_OLD',
    ],
    [
      'a price more than a fifth below the last round',
      { lastRound: { postMoneyFen: '375000001', totalQuantity: '1000000' } },
      'PRICE_BELOW_FLOOR',
    ],
    [
      'more than a fifth of the shares',
      { appraisal: { ...conversion('').appraisal, preMoneyFen: '119999999' } },
      'SHARE_TOO_LARGE',
    ],
    ['a document less', { documents: [] }, 'DOCUMENTS_MISSING'],
    ['a loan there is not', { loanId: 'LN-000000000000' }, 'LOAN_NOT_FOUND'],
  ])('given %s, when it is proposed, then it is refused', async (_what, changes, code) => {
    const { world, loanId } = await lent();
    expect(await propose(world, loanId, changes)).toBe(code);
  });

  test('given a price exactly at the floor, when it is proposed, then it is taken', async () => {
    const { world, loanId } = await lent();
    expect(await propose(world, loanId, { lastRound: { postMoneyFen: '375000000', totalQuantity: '1000000' } })).toBe(
      'applied',
    );
  });

  test('given a lower limit, when reasons for going above it are given, then the committee may decide, and not without', async () => {
    const charter = { ...seedCharter, conversion: { ...seedCharter.conversion, maxPerEnterpriseFen: '29999999' } };
    const { world, loanId } = await lent(charter);
    expect(await propose(world, loanId)).toBe('ENTERPRISE_LIMIT_EXCEEDED');
    expect(await propose(world, loanId, { limitWaiver: '避免国有资产损失' })).toBe('applied');
    expect((await world.read('proposal', conversionCase))?.checks.some((c) => !c.passed)).toBe(true);
  });

  test('given an acquisition for money, when it is to be booked as a conversion, then it is refused', async () => {
    const { world } = await lent();
    const unknown = { acquisitionId: 'AC-000000000000' };
    expect(await world.refusal('conversion.book', unknown, people.accountant)).toBe('ACQUISITION_NOT_FOUND');
  });
});

describe('what a claim is worth in shares', () => {
  test('given any claim, value and shares, then the shares are worth at most the claim and less than a millionth share below it', () => {
    const fen = fc.bigInt(1n, 10n ** 12n);
    fc.assert(
      fc.property(fen, fen, fc.bigInt(10n ** 6n, 10n ** 16n), (claimFen, preMoneyFen, fullyDiluted) => {
        fc.pre((claimFen * fullyDiluted) / preMoneyFen > 0n);
        const { quantity, valueFen } = conversionTerms(claimFen, preMoneyFen, fullyDiluted);
        expect(valueFen).toBeLessThanOrEqual(claimFen);
        // One millionth of a share more would be worth more than the claim.
        expect((quantity + 1n) * preMoneyFen).toBeGreaterThan(claimFen * fullyDiluted);
      }),
    );
  });
});
