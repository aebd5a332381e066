import { describe, expect, test } from 'vitest';
import imaging from '#shared/charters/guidance-imaging.json' with { type: 'json' };
import {
  approve,
  distributionOf,
  equipmentWith,
  guidanceWorld,
  invest,
  investmentOf,
  propose,
  receive,
  recognitionOf,
} from '#test/support/guidance-world.ts';
import { bankLine, caseIdOf, changed, createWorld, found, people, WAN, type World } from '#test/support/world.ts';

/** Adopts a second version of the equipment fund's charter, in force at once. */
const amend = async (world: World, changes: object): Promise<void> => {
  const charter = equipmentWith({ version: 2, effectiveFrom: world.clock.today(), ...changes });
  const caseId = await propose(world, 'amendment', 'charter.propose', { charter }, people.admin);
  await approve(world, caseId);
};

describe('an amendment of the rules', () => {
  test('given a case made before it, when it is approved after it, then the rules it was made under decide', async () => {
    const world = await guidanceWorld();
    const investment = investmentOf(1, 9_000n * WAN, { totalQuantity: '1000000000' });
    const large = await propose(world, 'large', 'investment.propose', { investment });
    await amend(world, { limits: { singleInvestee: { numerator: 1, denominator: 100 } } });
    await approve(world, large);
    expect(await world.read('case', large)).toMatchObject({ status: 'approved', charterVersion: 1 });
    const another = { caseId: caseIdOf('another'), investment: investmentOf(2, 501n * WAN) };
    expect(await world.refusal('investment.propose', another, people.officer)).toBe('INVESTMENT_REFUSED');
  });

  test('given a distribution shown under one waterfall, when another comes into force, then what was shown is approved', async () => {
    const world = await guidanceWorld({}, 100n * WAN);
    await world.run('receipt.suspend', { line: bankLine('credit', 1_000n * WAN, world.clock.today()) });
    world.clock.set('2023-03-01');
    const parts = { distribution: distributionOf(world, 500n * WAN) };
    const before = await propose(world, 'before', 'distribution.propose', parts);
    await amend(world, { waterfall: { carry: '0.1' } });
    await approve(world, before);
    const distribution = await world.read('distribution', before.replace('CS-', 'DS-'));
    const profitFen = 400n * WAN;
    const carryFen = distribution?.shares.find((s) => s.contributor === 'manager')?.carryFen ?? 0n;
    expect(profitFen / 5n - carryFen).toBeLessThanOrEqual(2n);
  });

  test('given a recognition proposed, when its multiplier is changed, then it counts as it was proposed', async () => {
    const world = await guidanceWorld({}, 0n);
    const recognition = recognitionOf(1, 100n * WAN);
    const caseId = await propose(world, 'recognition', 'recognition.propose', { recognition });
    await amend(world, {
      returnInvestment: {
        kinds: [{ id: 'new-subsidiary', label: '新设', multiplier: '1.0', evidence: ['business-licence'] }],
      },
    });
    await approve(world, caseId);
    expect(await world.read('return-investment', 'all')).toEqual({ recognisedFen: 180n * WAN });
  });

  test('given the list of 2026, when a return-investment ratio of 0 is in force, then nothing is required', async () => {
    const world = await guidanceWorld({ returnInvestment: { ratio: '0' } }, 100n * WAN);
    const distribution = distributionOf(world, WAN);
    const caseId = await propose(world, 'zero', 'distribution.propose', { distribution });
    expect((await world.read('proposal', caseId))?.checks).toEqual([
      { label: '让利政策目标 return-investment', passed: true },
    ]);
  });
});

describe('another fund, of another zone, by data alone', () => {
  const elsewhere = changed(imaging, {
    fundId: 'north',
    name: { zh: '某市新材料产业引导基金', en: 'New Materials Guidance Fund' },
    documentNumber: '某府发〔2020〕9号',
    effectiveFrom: '2018-01-01',
    capital: {
      totalFen: '1000000000',
      contributors: [
        { id: 'city', name: '某市财政局', weight: 1 },
        { id: 'county', name: '某县财政局', weight: 1 },
        { id: 'bank', name: '某银行理财子公司', weight: 1 },
      ],
      remainderTo: 'county',
    },
    parties: { manager: 'bank', government: ['city', 'county'], treasury: null },
    mandate: {
      sectors: [{ id: 'materials', name: '新材料', max: null }],
      minInSectors: { numerator: 1, denominator: 1 },
    },
    limits: { base: 'size', singleInvestee: { numerator: 1, denominator: 2 } },
    waterfall: {
      hurdle: { annualRate: '0.06', compounding: 'daily-actual/365' },
      carry: '0.15',
      catchUp: '0.5',
      escrow: '0.1',
    },
    returnInvestment: { ratio: '0' },
  });
  const accounts = elsewhere.capital.contributors.map((c) => ({
    contributor: c.id,
    account: { name: c.name, number: '622200000077', bankCode: '314653000011' },
  }));

  test('given its charter, when it is paid in, invests, sells and distributes, then the same code keeps its book', async () => {
    const world = createWorld('2018-03-01', undefined, 'north');
    await found(world, elsewhere);
    const call = {
      callId: 'CC-000000000001',
      amountFen: '1000000000',
      dueOn: '2018-04-01',
      documentNumber: '出资通知',
    };
    await world.run('capital.call', { ...call, budgetDocumentNumber: '某财预〔2018〕3号' }, people.director);
    for (const part of (await world.read('call', call.callId))?.parts ?? []) {
      const line = bankLine('credit', part.amountFen, world.clock.today());
      await world.run('capital.receive', { callId: call.callId, contributor: part.contributor, line });
    }
    const outside = { caseId: caseIdOf('outside'), investment: investmentOf(1, WAN) };
    expect(await world.refusal('investment.propose', outside, people.officer)).toBe('INVESTMENT_REFUSED');
    const { holdingId } = await invest(world, 2, 500n * WAN, { sector: 'materials' });
    world.clock.set('2020-02-29');
    const exit = {
      holdingId,
      quantity: '5000000',
      method: 'transfer',
      buyer: '某集团',
      proceedsFen: String(900n * WAN),
      priceBasis: '评估报告',
      documents: [],
    };
    const exitCase = await propose(world, 'exit north', 'exit.propose', { exit });
    await approve(world, exitCase);
    await receive(world, exitCase.replace('CS-', 'EX-'), 900n * WAN);
    const distribution = distributionOf(world, 1_400n * WAN, { payees: accounts });
    const caseId = await propose(world, 'distribution north', 'distribution.propose', { distribution });
    await approve(world, caseId);
    const shares = (await world.read('distribution', caseId.replace('CS-', 'DS-')))?.shares ?? [];
    expect(shares.map((s) => s.capitalFen)).toEqual([333_333_333n, 333_333_334n, 333_333_333n]);
    const carryFen = shares.find((s) => s.contributor === 'bank')?.carryFen ?? 0n;
    // 15% of a profit of 400万, once the catch-up of a half has done its work.
    expect(60n * WAN - carryFen).toBeLessThanOrEqual(2n);
    expect(await world.read('partner', 'bank')).toMatchObject({ escrowFen: carryFen / 10n });
    expect((await world.ledger.load('north', [])).head).toMatchObject({ heldFen: 1_400n * WAN - carryFen / 10n });
  });
});
