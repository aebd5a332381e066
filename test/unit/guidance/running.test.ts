import { describe, expect, test } from 'vitest';
import { addDays, parseDate } from '#shared/domain/calendar.ts';
import { monthsToAccrue } from '#shared/domain/guidance/fee-base.ts';
import { parseRate, simpleYearly } from '#shared/domain/rate.ts';
import { lastLines, netFen } from '#test/support/books.ts';
import {
  agree,
  approve,
  approveCall,
  approveDistribution,
  commit,
  guidanceWorld,
  invest,
  pay,
  payIn,
  propose,
  recognise,
  recognitionOf,
} from '#test/support/guidance-world.ts';
import { night } from '#test/support/nightly.ts';
import { caseIdOf, company, HASH, people, shownOf, WAN, type World } from '#test/support/world.ts';

const payee = { name: '基金管理人（虚构）', number: '622200000088', bankCode: '314653000011' };

describe('the management fee', () => {
  test.each([
    [36_500_000n * 31n, '0.01', 31_000n],
    [10_000n * WAN * 365n, '0.02', 200n * WAN],
    [1n, '0.01', 0n],
    [18_250n, '0.01', 1n],
    [18_249n, '0.01', 0n],
    [36_500n, '0', 0n],
  ])('%s fen times days at %s is %s', (fenDays, rate, fee) => {
    expect(simpleYearly(fenDays, parseRate(rate))).toBe(fee);
  });

  test('given months nobody accrued, then they are asked for one by one, from the first with capital on', () => {
    const since = parseDate('2018-11-20');
    expect(monthsToAccrue(undefined, since, parseDate('2019-01-15'))).toEqual(['2018-11', '2018-12']);
    expect(monthsToAccrue(undefined, since, parseDate('2018-11-30'))).toEqual([]);
    expect(monthsToAccrue('2018-11', since, parseDate('2019-01-15'))).toEqual(['2018-12']);
    expect(monthsToAccrue('2018-12', since, parseDate('2019-01-31'))).toEqual([]);
  });

  test('given a month that is over, when the night comes, then its fee is accrued once, on what is paid in', async () => {
    const world = await guidanceWorld({}, 10_000n * WAN);
    world.clock.set('2018-04-01');
    await night(world);
    const fee = simpleYearly(10_000n * WAN * 31n, parseRate('0.01'));
    expect(lastLines(world, 'management-fee.accrued')).toEqual([`debit 6602 ${fee}`, `credit 2241 ${fee}`]);
    expect(world.entries().find((e) => e.type === 'management-fee.accrued')?.businessDate).toBe('2018-03-31');
    await night(world);
    expect(await world.refusal('management-fee.accrue', { month: '2018-03' })).toBe('idle');
    expect(netFen(world, '6602')).toBe(fee);
    expect(await world.refusal('management-fee.accrue', { month: '2018-04' })).toBe('CLOSE_OUT_OF_RANGE');
  });

  test('given capital that came and went within months, when they are accrued later, then every day counts by itself', async () => {
    const world = await guidanceWorld({}, 3_650n * WAN);
    world.clock.set('2018-03-11');
    await payIn(world, 365n * WAN);
    world.clock.set('2018-04-16');
    await approveDistribution(world, 730n * WAN);
    world.clock.set('2018-05-02');
    await night(world);
    const fees = world.entries().flatMap((e) => (e.type === 'management-fee.accrued' ? [e.facts?.['fenDays']] : []));
    expect(fees).toEqual([String((3_650n * 31n + 365n * 21n) * WAN), String((4_015n * 30n - 730n * 15n) * WAN)]);
  });

  test('given a fee on what is invested, when nothing is, then nothing is accrued; then on its cost from that day on', async () => {
    const world = await guidanceWorld({ managementFee: { base: 'invested' } });
    world.clock.set('2018-04-11');
    await night(world);
    expect(netFen(world, '6602')).toBe(0n);
    await invest(world, 1, 365n * WAN);
    world.clock.set('2018-06-01');
    await night(world);
    const fees = world.entries().filter((e) => e.type === 'management-fee.accrued');
    expect(fees.map((e) => e.lines?.[0]?.amountFen)).toEqual([(20n * WAN) / 100n, (31n * WAN) / 100n]);
  });

  test('given an accrued fee, when it is paid, then it is not owed any more; more than is owed is refused', async () => {
    const world = await guidanceWorld({}, 365n * WAN);
    world.clock.set('2018-04-01');
    await night(world);
    const fee = (amountFen: bigint) => ({
      fee: { amountFen: String(amountFen), documentNumber: '管理费1号', payee, documents: [] },
    });
    const over = { caseId: caseIdOf('over'), ...fee(310_001n) };
    expect(await world.refusal('management-fee.propose-payment', over, people.officer)).toBe('FEE_NOT_OWED');
    const rival = await propose(world, 'rival', 'management-fee.propose-payment', fee(310_000n));
    const caseId = await propose(world, 'fee', 'management-fee.propose-payment', fee(310_000n));
    await approve(world, caseId);
    const payId =
      world
        .entries()
        .at(-1)
        ?.digests?.find((d) => d.type === 'payment')?.id ?? '';
    await agree(world, rival);
    const shown = { caseId: rival, ...(await shownOf(world, rival)) };
    expect(await world.refusal('case.approve', shown, people.director)).toBe('FEE_NOT_OWED');
    await world.run('payment.cancel', { payId, reason: '改期' }, people.director);
    expect(await world.read('management-fee', 'all')).toMatchObject({ owedFen: 310_000n });
    await world.run('case.approve', shown, people.director);
    await pay(
      world,
      world
        .entries()
        .at(-1)
        ?.digests?.find((d) => d.type === 'payment')?.id ?? '',
    );
    expect(netFen(world, '2241')).toBe(0n);
    expect(netFen(world, '6602')).toBe(310_000n);
  });
});

describe('time limits', () => {
  const alertsOf = (world: World) =>
    world
      .entries()
      .flatMap((e) => (e.type.startsWith('timer.') ? [`${e.type} ${e.facts?.['timer']} ${e.facts?.['days']}`] : []));

  test('given capital that is not invested, when days pass, then people are told at 270, 330 and 365 days, each once', async () => {
    const world = await guidanceWorld();
    await world.run(
      'fund.establish',
      { establishedOn: '2017-02-01', registrationNumber: 'S1', registrationSha256: HASH },
      people.director,
    );
    for (const days of [269, 270, 270, 329, 330, 364, 365, 366]) {
      world.clock.set(addDays(parseDate('2018-03-01'), days));
      await night(world);
    }
    expect(alertsOf(world)).toEqual([
      'timer.alerted first-investment 270',
      'timer.alerted first-investment 330',
      'timer.expired first-investment 365',
    ]);
    const expired = world.entries().find((e) => e.type === 'timer.expired');
    expect(expired?.summary).toContain('财预〔2015〕210号');
  });

  test('given an investment in time, when days pass, then nobody is told', async () => {
    const world = await guidanceWorld();
    await invest(world, 1, WAN);
    expect(await world.read('timer', 'first-investment')).toMatchObject({ status: 'stopped', stoppedOn: '2018-03-01' });
    world.clock.set('2019-03-01');
    expect(await world.refusal('timer.alert', { timer: 'first-investment', days: 270 })).toBe('idle');
  });

  test('given a sub-fund’s call paid in time, then it counts as an investment', async () => {
    const world = await guidanceWorld();
    const commitmentId = await commit(world, 1, 100n * WAN);
    await pay(world, (await approveCall(world, commitmentId, WAN)).payId);
    expect(await world.read('timer', 'first-investment')).toMatchObject({ status: 'stopped' });
  });

  test('given a plan confirmed long ago, when the fund is not set up, then all alerts that are due are raised in order', async () => {
    const world = await guidanceWorld({}, 0n);
    await night(world);
    expect(alertsOf(world)).toEqual([
      'timer.alerted set-up 270',
      'timer.alerted set-up 330',
      'timer.expired set-up 365',
    ]);
  });

  test('given days that are no alert days, not over, or raised before, when an alert is asked for, then there is nothing to do', async () => {
    const world = await guidanceWorld();
    for (const days of [1, 270])
      expect(await world.refusal('timer.alert', { timer: 'first-investment', days })).toBe('idle');
    await world.run('timer.alert', { timer: 'set-up', days: 330 });
    expect(await world.refusal('timer.alert', { timer: 'set-up', days: 270 })).toBe('idle');
  });

  test('given a fund set up already, or on an impossible day, when that is recorded, then it is refused', async () => {
    const world = await guidanceWorld();
    const establish = (establishedOn: string) =>
      world.refusal(
        'fund.establish',
        { establishedOn, registrationNumber: 'S1', registrationSha256: HASH },
        people.director,
      );
    expect(await establish('2016-05-31')).toBe('DATE_INVALID');
    expect(await establish('2018-03-02')).toBe('DATE_INVALID');
    expect(await establish('2018-03-01')).toBe('applied');
    expect(await establish('2018-03-01')).toBe('STATE_INVALID');
  });

  test('given a fund without capital, when its investing is asked after, then there is no such time limit', async () => {
    const world = await guidanceWorld({}, 0n);
    expect(await world.refusal('timer.alert', { timer: 'first-investment', days: 270 })).toBe('TIMER_NOT_FOUND');
  });
});

describe('返投', () => {
  test('given evidence, when it is recognised, then it counts by the multiplier of its kind', async () => {
    const world = await guidanceWorld();
    const recognitionId = await recognise(world, 1, 100n * WAN + 1n);
    expect(await world.read('recognition', recognitionId)).toMatchObject({
      status: 'recognised',
      multiplier: '1.8',
      recognisedFen: 180n * WAN + 2n,
      watchedUntil: '2023-02-01',
    });
    await recognise(world, 2, WAN, { kind: 'stake-in-local', documents: recognitionOf(2, WAN).documents });
    expect(await world.read('return-investment', 'all')).toEqual({ recognisedFen: 180n * WAN + 2n + 1_500_000n });
  });

  test('given a firm that moves out within five years, then its recognition falls away by a reversing entry', async () => {
    const world = await guidanceWorld();
    const recognitionId = await recognise(world, 1, 100n * WAN);
    const recognised = world.entries().at(-1)?.seq;
    world.clock.set('2023-02-02');
    const out = { recognitionId, movedOutOn: '2023-02-01', reason: '企业迁出', evidenceSha256: HASH };
    await world.run('recognition.claw-back', out, people.reviewer);
    expect(world.entries().at(-1)?.links.reverses).toBe(String(recognised));
    expect(await world.read('return-investment', 'all')).toEqual({ recognisedFen: 0n });
    expect(await world.refusal('recognition.claw-back', out, people.reviewer)).toBe('STATE_INVALID');
  });

  test('given a firm that stayed long enough, or an impossible day, when it is clawed back, then it is refused', async () => {
    const world = await guidanceWorld();
    const recognitionId = await recognise(world, 1, 100n * WAN);
    world.clock.set('2023-03-01');
    const refused = (movedOutOn: string, id = recognitionId) =>
      world.refusal(
        'recognition.claw-back',
        { recognitionId: id, movedOutOn, reason: '企业迁出', evidenceSha256: HASH },
        people.reviewer,
      );
    expect(await refused('2023-02-02')).toBe('RECOGNITION_STANDS');
    expect(await refused('2018-01-31')).toBe('DATE_INVALID');
    expect(await refused('2023-03-02')).toBe('DATE_INVALID');
    expect(await refused('2023-02-01', 'RI-000000000000')).toBe('RECOGNITION_NOT_FOUND');
  });

  test('given evidence missing, a kind nobody knows or a day ahead, when it is proposed, then it is refused', async () => {
    const world = await guidanceWorld();
    const refused = (changes: object) =>
      world.refusal(
        'recognition.propose',
        { caseId: caseIdOf('refused'), recognition: recognitionOf(1, WAN, changes) },
        people.officer,
      );
    expect(await refused({ documents: [] })).toBe('DOCUMENTS_MISSING');
    expect(await refused({ kind: 'lunch' })).toBe('RECOGNITION_KIND_UNKNOWN');
    expect(await refused({ movedInOn: '2018-03-02' })).toBe('DATE_INVALID');
    expect(await refused({ qualifyingFen: '0' })).toBe('AMOUNT_INVALID');
    expect(await refused({ enterpriseId: `${company(1).id.slice(0, 17)}0` })).toBe('USCC_INVALID');
  });
});
