import { describe, expect, test } from 'vitest';
import equipment from '#shared/charters/guidance-equipment.json' with { type: 'json' };
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { addDays, addMonths, endOfMonth, monthOf, parseDate } from '#shared/domain/calendar.ts';
import { acquisitionIdOf } from '#shared/domain/equity/acquisition.ts';
import { exitIdOf } from '#shared/domain/equity/exit.ts';
import { holdingIdOf } from '#shared/domain/equity/holding.ts';
import { distributionIdOf } from '#shared/domain/guidance/distribution.ts';
import { recognitionIdOf } from '#shared/domain/guidance/recognition.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { linesOf, netFen } from '#test/support/books.ts';
import { investmentOf } from '#test/support/guidance-world.ts';
import {
  bankLine,
  changed,
  company,
  createWorld,
  documents,
  forkOf,
  found,
  HASH,
  people,
  person,
  shownOf,
  WAN,
  type World,
} from '#test/support/world.ts';
import { comesFor, type DecidingStep, decided, payToday, tier, VOTERS } from '#test/support/zone-case.ts';

const byFinance = { finalApprovals: [{ role: 'finance-bureau', count: 1 }] };
const treasury = { name: '某省国库', number: '310009000000000002', bankCode: '011000000001' };

/** Another zone's guidance fund: two governments, an insurer, other terms of everything. */
const other = changed(equipment, {
  fundId: 'east-bio',
  name: { zh: '某高新区生物医药引导基金', en: 'Another Zone’s Bio Fund' },
  documentNumber: '某高新发〔2018〕2号',
  capital: {
    totalFen: '1000000007',
    contributors: [
      { id: 'province', name: '省级', weight: 11 },
      { id: 'county', name: '县级', weight: 8 },
      { id: 'insurer', name: '保险机构', weight: 4 },
      { id: 'gp', name: '管理人', weight: 2 },
    ],
    remainderTo: 'insurer',
  },
  account: { name: '某高新区生物医药引导基金托管户', number: '955880002', bankCode: '102000000001' },
  committee: {
    members: VOTERS.map((id) => ({ id, name: id })),
    quorum: { numerator: 2, denominator: 3 },
    pass: { numerator: 2, denominator: 3 },
    observer: { id: 'watch-1', name: '观察员', grounds: [{ id: 'state-secret', label: '涉密' }] },
  },
  authority: [
    tier('investment', 100n * WAN, { review: true }),
    tier('investment', null, { committee: true, ...byFinance }),
    tier('commitment', null, {}),
    tier('commitment-call', null, {}),
    tier('exit', null, { review: true }),
    tier('equity-write-off', null, byFinance),
    tier('distribution', null, { committee: true }),
    tier('management-fee', null, byFinance),
    tier('recognition', null, {}),
    tier('resumption', null, {}),
    tier('charter', null, {}),
  ],
  parties: { manager: 'gp', government: ['province', 'county'], treasury },
  term: { planConfirmedOn: '2018-01-01', beginsOn: '2018-02-01', fundYears: 6, investmentYears: 2 },
  mandate: {
    sectors: [{ id: 'bio', name: '生物医药', max: { numerator: 45, denominator: 100 } }],
    minInSectors: { numerator: 90, denominator: 100 },
  },
  limits: {
    base: 'total-assets',
    singleInvestee: { numerator: 35, denominator: 100 },
    shareOfInvestee: { numerator: 40, denominator: 100 },
  },
  instruments: { allowed: ['equity'], forbidden: [], disguisedDebt: { refusedFrom: 1, opinionFrom: 1 } },
  file: {
    declarations: [{ key: 'green', expected: true, label: '绿色' }],
    documents: { equity: ['memo'], 'sub-fund': [] },
  },
  keyPersons: [],
  timers: [{ timer: 'first-investment', clause: '本办法第八条', alertDays: [20, 30] }],
  waterfall: {
    hurdle: { annualRate: '0.05', compounding: 'annual-actual/365' },
    carry: '0.15',
    catchUp: '0',
    escrow: '0.4',
    clawback: true,
    concession: {
      fraction: '0.3',
      to: [
        { contributor: 'insurer', weight: 1 },
        { contributor: 'gp', weight: 2 },
      ],
      targets: ['jobs-report'],
    },
  },
  returnInvestment: {
    ratio: '0.5',
    base: 'government-committed',
    kinds: [{ id: 'laboratory', label: '实验室', multiplier: '3.0', evidence: ['lease'] }],
    clawBackYears: 2,
  },
  managementFee: { base: 'invested', annualRate: '0.02' },
  accounting: { equityAccount: '2711', voucherTypes: 'receipt-payment-transfer' },
});

/** A deal that this zone's rules allow. */
const deal = (n: number, amountFen: bigint, changes: object = {}) => ({
  investment: {
    ...investmentOf(n, amountFen, { sector: 'bio', quantity: '400000', totalQuantity: '1000000', ...changes }),
    declarations: { green: true },
    documents: documents('memo'),
  },
});

const call = async (world: World, n: number, amountFen: bigint): Promise<readonly bigint[]> => {
  const callId = `CC-00000000000${n}`;
  const notice = { amountFen: String(amountFen), dueOn: '2018-04-01', documentNumber: `出资通知${n}号` };
  await world.run('capital.call', { callId, ...notice, budgetDocumentNumber: '某财预〔2018〕1号' }, people.director);
  const { parts = [] } = (await world.read('call', callId)) ?? {};
  for (const { contributor, amountFen: partFen } of parts) {
    const line = bankLine('credit', partFen, world.clock.today());
    await world.run('capital.receive', { callId, contributor, line });
  }
  return parts.map((p) => p.amountFen);
};

/** Decides on a deal, signs it, pays price and fee, and has it registered. */
const invest = async (world: World, n: number, proposal: object, fees: number, ...by: DecidingStep[]) => {
  const acquisitionId = acquisitionIdOf(await decided(world, 'investment.propose', `deal ${n}`, proposal, ...by));
  const today = world.clock.today();
  const signed = { contractNumber: `投${n}`, contractSha256: HASH, signedOn: today };
  await world.run('acquisition.contract', { acquisitionId, ...signed }, people.officer);
  await payToday(world, (await world.read('acquisition', acquisitionId))?.payId ?? '');
  for (let i = 0; i < fees; i += 1) await payToday(world, idFrom('PY', [acquisitionId, 'fee', i]));
  await world.run('acquisition.register', { acquisitionId, registeredOn: today, noticeSha256: HASH }, people.officer);
};

/** Distributes money, and pays every part; parts by contributor. */
const distribute = async (world: World, name: string, amountFen: bigint, changes: object, ...by: DecidingStep[]) => {
  const account = (id: string) =>
    other.parties.government.includes(id) ? treasury : { ...treasury, number: `62220000-${id.toUpperCase()}` };
  const distribution = {
    amountFen: String(amountFen),
    asOf: world.clock.today(),
    final: false,
    documentNumber: name,
    payees: other.capital.contributors.map(({ id }) => ({ contributor: id, account: account(id) })),
    documents: [],
    ...changes,
  };
  const id = distributionIdOf(await decided(world, 'distribution.propose', name, { distribution }, ...by));
  const { parts = [], shares = [] } = (await world.read('distribution', id)) ?? {};
  for (const { payId } of parts) await payToday(world, payId);
  return { shares, paid: parts.map((p) => [p.contributor, p.amountFen]) };
};

const recognise = async (world: World, name: string, qualifyingFen: bigint): Promise<string> => {
  const recognition = {
    kind: 'laboratory',
    enterpriseId: company(1).id,
    name,
    qualifyingFen: String(qualifyingFen),
    movedInOn: '2018-04-01',
    documents: documents('lease'),
  };
  return recognitionIdOf(await decided(world, 'recognition.propose', name, { recognition }, 'director'));
};

const refusedIs = (world: World, kind: Parameters<World['run']>[0], payload: object) =>
  world.refusal(kind, { caseId: 'CS-0000000REFUS', ...payload }, people.officer);

const headOf = async (world: World) => (await world.ledger.load(world.fundId, [])).head;

const open = async (): Promise<World> => {
  const world = createWorld('2018-03-01', undefined, 'east-bio');
  await found(world, other);
  return world;
};

describe('a second zone’s guidance fund, by data alone', () => {
  test('given other partners, limits, hurdle, split and timers, then its money goes its whole way, to the last fen', async () => {
    const world = await open();
    // 10,000,000.07 yuan by 11 : 8 : 4 : 2, in two calls; the odd fen are the insurer's.
    expect(await call(world, 1, 600_000_000n)).toEqual([264_000_000n, 192_000_000n, 96_000_000n, 48_000_000n]);
    expect(await call(world, 2, 400_000_007n)).toEqual([176_000_003n, 128_000_002n, 64_000_002n, 32_000_000n]);

    // This zone warns twenty days after the money came, not 270.
    expect(await world.refusal('timer.alert', { timer: 'first-investment', days: 20 })).toBe('idle');
    world.clock.set('2018-03-21');
    expect(await world.refusal('timer.alert', { timer: 'first-investment', days: 20 })).toBe('applied');

    world.clock.set('2018-04-01');
    // 35% of 10,000,000.07 yuan is 3,500,000.02: a fen more is refused, and so is what is more than 40% of the investee.
    const whole = deal(1, 350_000_002n);
    expect(await refusedIs(world, 'investment.propose', deal(1, 350_000_003n))).toBe('INVESTMENT_REFUSED');
    const tooLarge = deal(1, 350_000_002n, { quantity: '400001' });
    expect(await refusedIs(world, 'investment.propose', tooLarge)).toBe('INVESTMENT_REFUSED');
    expect(await refusedIs(forkOf(world), 'investment.propose', whole)).toBe('applied');
    const fee = [{ what: '尽调费', amountFen: String(WAN), payee: { ...treasury, number: '622200000055' } }];
    await invest(world, 1, deal(1, 300n * WAN, { fees: fee }), 1, 'vote-a', 'vote-b', 'finance-bureau');
    // 45% of what the fund is worth is 4,495,500.03 yuan: 1,495,500.04 more of that sector is too much; a tenth may be outside it.
    expect(await refusedIs(world, 'investment.propose', deal(2, 149_550_004n))).toBe('INVESTMENT_REFUSED');
    const outside = { sector: 'food' };
    expect(await refusedIs(world, 'investment.propose', deal(2, 99_900_002n, outside))).toBe('INVESTMENT_REFUSED');
    await invest(world, 2, deal(2, 80n * WAN, outside), 0, 'review', 'director');

    // 返投: half of what both governments committed, three times what a laboratory is; one that leaves in time is taken back.
    const leaving = await recognise(world, '实验室甲', 77n * WAN);
    await recognise(world, '实验室乙', 60n * WAN);
    expect(await world.read('return-investment', 'all')).toEqual({ recognisedFen: 411n * WAN });
    const out = { recognitionId: leaving, reason: '搬离', evidenceSha256: HASH };

    // The fee is 2% of the cost of what is held, ACT/365 by month: 22 months of 3.8 million yuan, half a fen up.
    let accruedFen = 0n;
    for (let n = 0; n < 22; n += 1) {
      const month = monthOf(addMonths(parseDate('2018-04-01'), n));
      const days = BigInt(endOfMonth(month).slice(8));
      const part = 380n * WAN * days * 2n;
      accruedFen += (2n * part + 36_500n) / 73_000n;
      world.clock.set(addDays(endOfMonth(month), 1));
      await world.run('management-fee.accrue', { month });
    }
    expect(accruedFen).toBe(13_971_505n);
    await world.run('recognition.claw-back', { ...out, movedOutOn: '2020-02-01' }, people.reviewer);
    expect(await world.read('return-investment', 'all')).toEqual({ recognisedFen: 180n * WAN });
    const payment = { amountFen: String(accruedFen), documentNumber: '管理费', payee: treasury, documents: [] };
    await decided(world, 'management-fee.propose-payment', 'fee', { fee: payment }, 'finance-bureau');
    const { digests = [] } = world.entries().at(-1) ?? {};
    await payToday(world, digests.find((d) => d.type === 'payment')?.id ?? '');

    // One share brings three times what it cost, the other is lost.
    world.clock.set('2020-02-28');
    const sale = {
      exit: {
        holdingId: holdingIdOf(company(1).id, 'ordinary'),
        quantity: '400000',
        method: 'transfer',
        buyer: '某药业',
        proceedsFen: String(900n * WAN),
        priceBasis: '协议',
        documents: [],
      },
    };
    await comesFor(
      world,
      exitIdOf(await decided(world, 'exit.propose', 'sale', sale, 'review', 'director')),
      900n * WAN,
    );
    const lost = { holdingId: holdingIdOf(company(2).id, 'ordinary'), reason: '破产', documents: [] };
    await decided(world, 'holding.propose-write-off', 'lost', { writeOff: lost }, 'finance-bureau');

    // 730 days after the money came every yuan of it is owed 1.05² yuan. Of what is left, 402,528,495 fen, 15% is carry without
    // any catch-up; the governments concede three tenths of their part, a third to the insurer, two to the manager.
    world.clock.set('2020-02-29');
    const cashFen = (await headOf(world)).bankFen;
    expect(cashFen).toBe(1_505_028_502n);
    const jobs = { documents: documents('jobs-report') };
    const first = await distribute(world, '分配一号', cashFen, jobs, 'vote-a', 'vote-b', 'director');
    expect(first.shares).toEqual([
      shareOf('province', 440_000_003n, 45_100_000n, 150_545_657n, 0n, -45_163_697n),
      shareOf('county', 320_000_002n, 32_800_000n, 109_487_751n, 0n, -32_846_325n),
      shareOf('insurer', 160_000_002n, 16_400_000n, 54_743_876n, 0n, 26_003_341n),
      shareOf('gp', 80_000_000n, 8_200_000n, 27_371_937n + 60_379_274n, 60_379_274n, 52_006_681n),
    ]);
    expect(first.paid).toEqual([
      ['province', 590_481_963n],
      ['county', 429_441_428n],
      ['insurer', 257_147_219n],
      ['gp', 203_806_183n],
    ]);
    // Two fifths of the carry wait for the end.
    expect(await headOf(world)).toMatchObject({ bankFen: 24_151_709n, heldFen: 0n, inTransitFen: 0n });
    const last = await distribute(world, '清算分配', 0n, { final: true }, 'vote-a', 'vote-b', 'director');
    expect(last.paid).toEqual([['gp', 24_151_709n]]);

    // The fund is empty: what was earned, 505,028,495 fen, is what was distributed above the capital.
    for (const account of ['1002', '1101.01', '2232', '2241', '2711'] as const)
      expect([account, netFen(world, account)]).toEqual([account, 0n]);
    expect([netFen(world, '6111'), netFen(world, '6602'), netFen(world, '4104')]).toEqual([
      -(600n * WAN - 80n * WAN - WAN),
      13_971_505n,
      505_028_495n,
    ]);
    expect(netDebitFen(linesOf(world))).toBe(0n);
    expect(await headOf(world)).toMatchObject({ bankFen: 0n, heldFen: 0n, inTransitFen: 0n, paidInFen: 0n });
  });

  test('given a share in a sub-fund, which this zone does not know, when it is proposed, then its own document is the clause', async () => {
    const world = await open();
    await call(world, 1, 600_000_000n);
    const fund = deal(1, WAN, { instrument: 'sub-fund' });
    const proposed = world.run('investment.propose', { caseId: 'CS-0000000REFUS', ...fund }, people.officer);
    await expect(proposed).rejects.toMatchObject({
      code: 'INSTRUMENT_FORBIDDEN',
      details: { clause: '某高新发〔2018〕2号' },
    });
  });

  test('given a ground that is not this zone’s, when its observer vetoes on it, then that is refused; on its own it is not', async () => {
    const world = await open();
    await call(world, 1, 600_000_000n);
    const caseId = 'CS-000000000001';
    await world.run('investment.propose', { caseId, ...deal(1, 200n * WAN) }, people.officer);
    const veto = { caseId, ...(await shownOf(world, caseId)), choice: 'veto', comment: '不同意' };
    const watcher = person('watch-1', 'observer');
    expect(await world.refusal('case.vote', { ...veto, ground: 'off-mandate' }, watcher)).toBe('VETO_WITHOUT_GROUND');
    expect(await world.refusal('case.vote', { ...veto, ground: 'state-secret' }, watcher)).toBe('applied');
    expect(await world.read('case', caseId)).toMatchObject({ status: 'rejected' });
  });
});

/** A share of a distribution without catch-up and clawback. */
const shareOf = (
  contributor: string,
  capitalFen: bigint,
  hurdleFen: bigint,
  splitFen: bigint,
  carryFen: bigint,
  concededFen: bigint,
) => ({ contributor, capitalFen, hurdleFen, catchUpFen: 0n, splitFen, carryFen, concededFen, clawbackFen: 0n });
