import { describe, expect, test } from 'vitest';
import {
  partnersReport,
  performanceReport,
  portfolioReport,
  returnInvestmentReport,
} from '#shared/application/guidance-report.ts';
import { parseDate } from '#shared/domain/calendar.ts';
import { idleMoney } from '#shared/domain/guidance/idle.ts';
import { EMPTY_PARTNER } from '#shared/domain/guidance/partner.ts';
import {
  approveDistribution,
  commit,
  guidanceWorld,
  invest,
  pay,
  payIn,
  recognise,
} from '#test/support/guidance-world.ts';
import { createMemoryReader } from '#test/support/memory-reader.ts';
import { createWorld, found, WAN } from '#test/support/world.ts';

const day = parseDate;

describe('what is shown of a guidance fund', () => {
  test('given investments in and outside the mandate, then limits, sectors and time limits are shown', async () => {
    const world = await guidanceWorld();
    await invest(world, 1, 300n * WAN, { sector: 'robots' });
    await invest(world, 2, 200n * WAN, { sector: 'catering' });
    await commit(world, 3, 500n * WAN);
    expect(await portfolioReport(world.ledger, world.fundId)).toMatchObject({
      limitBase: 'size',
      baseFen: 50_000n * WAN,
      exposureFen: 1_000n * WAN,
      costFen: 500n * WAN,
      singleInvesteeMaxFen: 10_000n * WAN,
      sectors: [
        { id: 'intelligent-equipment', exposureFen: 500n * WAN, maxFen: null },
        { id: 'robots', exposureFen: 300n * WAN, maxFen: 25_000n * WAN },
        { id: 'machine-tools', exposureFen: 0n },
      ],
      outsideFen: 200n * WAN,
      suspension: { status: 'lifted' },
      timers: [
        { timer: 'set-up', status: 'running' },
        { timer: 'first-investment', status: 'stopped' },
      ],
    });
  });

  test('given recognitions, then they are held against what the government paid in', async () => {
    const world = await guidanceWorld({}, 1_000n * WAN);
    await recognise(world, 1, 100n * WAN);
    expect(await returnInvestmentReport(world.ledger, world.fundId)).toMatchObject({
      ratio: '1.0',
      baseFen: 600n * WAN,
      requiredFen: 600n * WAN,
      recognisedFen: 180n * WAN,
      reached: false,
    });
  });

  test.each([
    ['government-committed', 30_000n * WAN],
    ['size', 50_000n * WAN],
  ])('given a requirement on %s, then that is its base', async (base, requiredFen) => {
    const world = await guidanceWorld({ returnInvestment: { base } }, 1_000n * WAN);
    expect(await returnInvestmentReport(world.ledger, world.fundId)).toMatchObject({ requiredFen });
  });

  test('given money paid in and partly invested, then partners show what they gave, got and what lies idle', async () => {
    const world = await guidanceWorld({}, 100n * WAN);
    world.clock.set('2018-06-01');
    await payIn(world, 100n * WAN);
    await invest(world, 1, 100n * WAN);
    const { payIds } = await approveDistribution(world, 50n * WAN);
    await pay(world, payIds.get('zone') ?? '');
    const { partners } = await partnersReport(world.ledger, world.fundId, day('2018-07-01'));
    expect(partners).toMatchObject([
      {
        contributor: 'zone',
        committedFen: 30_000n * WAN,
        calledFen: 120n * WAN,
        paidInFen: 120n * WAN,
        unreturnedFen: 90n * WAN,
        distributedFen: 30n * WAN,
        idle: { amountFen: 60n * WAN - 30n * WAN, longestDays: 30 },
      },
      { contributor: 'state', idle: { longestDays: 30 } },
      { contributor: 'manager', paidInFen: 2n * WAN },
    ]);
  });

  test('given a fund that has doubled, then its multiples and rate say so; before anything was paid in there are none', async () => {
    const world = await guidanceWorld({}, 100n * WAN);
    const reader = createMemoryReader(world.ledger);
    const before = await performanceReport(world.ledger, reader, world.fundId, day('2018-02-28'));
    expect(before).toMatchObject({ dpi: null, tvpi: null, xirr: { kind: 'none', reason: 'no-sign-change' } });
    const { holdingId } = await invest(world, 1, 100n * WAN);
    world.clock.set('2019-03-01');
    await world.run(
      'dividend.declare',
      {
        dividendId: 'DV-000000000001',
        holdingId,
        incomeFen: String(100n * WAN),
        capitalFen: '0',
        declaredOn: '2019-03-01',
        documentNumber: '股东会决议',
        documentSha256: '0'.repeat(64),
      },
      { kind: 'person', id: 'accountant-1', roles: ['accountant'] },
    );
    const after = await performanceReport(world.ledger, reader, world.fundId, day('2019-03-01'));
    expect(after).toMatchObject({
      paidInFen: 100n * WAN,
      navFen: 200n * WAN,
      dpi: '0.0000',
      rvpi: '2.0000',
      tvpi: '2.0000',
    });
    expect(after['xirr']).toMatchObject({ kind: 'rate', unique: true });
    expect((after['xirr'] as { rate: number }).rate).toBeCloseTo(1, 10);
  });

  test('given views that move on while performance is read, then it says no more of them than its figures hold', async () => {
    const world = await guidanceWorld({}, 100n * WAN);
    const reader = createMemoryReader(world.ledger);
    let watermark = 7;
    const moving = {
      ...reader,
      watermark: async () => watermark,
      trialBalance: async (...asked: Parameters<typeof reader.trialBalance>) => {
        watermark = 8;
        return await reader.trialBalance(...asked);
      },
    };
    const report = await performanceReport(world.ledger, moving, world.fundId, day('2018-02-28'));
    expect(report['viewsSeq']).toBe(7);
  });

  test('given another kind of fund, or none, when its portfolio is asked for, then it is refused', async () => {
    const seed = createWorld();
    await found(seed);
    await expect(portfolioReport(seed.ledger, 'seed')).rejects.toMatchObject({ code: 'INSTRUMENT_FORBIDDEN' });
    await expect(portfolioReport(seed.ledger, 'none')).rejects.toMatchObject({ code: 'CHARTER_NOT_IN_FORCE' });
  });
});

describe('idle money', () => {
  const partners = new Map([
    ['a', { ...EMPTY_PARTNER, paidIn: [{ on: day('2019-01-01'), amountFen: 100n }] }],
    [
      'b',
      {
        ...EMPTY_PARTNER,
        paidIn: [
          { on: day('2019-02-01'), amountFen: 100n },
          { on: day('2019-03-01'), amountFen: 50n },
        ],
      },
    ],
  ]);
  const shown = (bankFen: bigint, asOf = '2019-03-11') =>
    idleMoney(partners, bankFen, day(asOf)).map((i) => [i.contributor, i.amountFen, i.longestDays, i.fenDays]);

  test('given nothing spent, then all of it lies since the day it came', () => {
    expect(shown(250n)).toEqual([
      ['a', 100n, 69, 6_900n],
      ['b', 150n, 38, 4_300n],
    ]);
  });

  test('given some spent, then the oldest went first', () => {
    expect(shown(120n)).toEqual([
      ['a', 0n, 0, 0n],
      ['b', 120n, 38, 70n * 38n + 50n * 10n],
    ]);
  });

  test('given more at the bank than was paid in, then no more is idle than came from them', () => {
    expect(shown(1_000n).map(([, amountFen]) => amountFen)).toEqual([100n, 150n]);
  });
});
