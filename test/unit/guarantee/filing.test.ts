import { describe, expect, test } from 'vitest';
import { prepare } from '#shared/application/prepare.ts';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { addDays, parseDate } from '#shared/domain/calendar.ts';
import { filingIdOf } from '#shared/domain/guarantee/filing.ts';
import {
  bankMachine,
  charters,
  cqb,
  createCompensationWorld,
  createGradedWorld,
  fileLoan,
  filingOf,
  filingRow,
  gradingRow,
  rcb,
  reportOf,
} from '../../support/compensation-world.ts';
import { changed, company, found, fundWith, headOf, people, WAN } from '../../support/world.ts';

const id = filingOf(1);
const row = (changes: object = {}) => ({ bankId: 'rcb', ...filingRow(1, changes) });
const GUARANTOR = 'cq-tech-g';

const filed = async () => {
  const world = await createGradedWorld(2);
  await fileLoan(world, 1);
  return world;
};

const reviewed = async (opinion: 'confirm' | 'refuse') => {
  const world = await createCompensationWorld(charters.sme2018);
  await fileLoan(world, 1);
  await world.run('filing.review', { filingId: id, opinion, comment: '已核' }, people.reviewer);
  return world;
};

describe('filing a loan', () => {
  test('given a graded enterprise, when its bank files, then the rules confirm it and every sum moves', async () => {
    const world = await filed();
    expect(await world.read('filing', id)).toMatchObject({
      status: 'confirmed',
      scheme: 'fund-80',
      charterVersion: 1,
      outstandingFen: 100n * WAN,
      maturesOn: '2019-03-01',
      provisionFen: 800_000n,
    });
    expect(await world.read('enterprise', company(1).id)).toMatchObject({ exposureFen: 100n * WAN });
    expect(await headOf(world)).toMatchObject({ coveredFen: 100n * WAN });
    for (const scope of ['fund', 'bank:rcb', 'district:yongchuan'])
      expect(await world.read('exposure', scope)).toMatchObject({
        status: 'normal',
        disbursedFen: 100n * WAN,
        outstandingFen: 100n * WAN,
        liabilityFen: 80n * WAN,
        expectedFen: 800_000n,
      });
    expect(await world.read('exposure', 'bank:cqb')).toBeUndefined();
    const entry = world.entries().find((e) => e.type === 'filing.confirmed');
    expect(entry).toMatchObject({ actor: { kind: 'bank', bank: 'rcb' }, links: { filing: id, bank: 'rcb' } });
    expect(entry?.digests?.[0]).toMatchObject({ type: 'filing', owner: 'rcb' });
    expect(netDebitFen(entry?.lines ?? [], '6702')).toBe(800_000n);
  });

  test('given X+1, then only the covered part counts', async () => {
    const world = await createGradedWorld(1);
    await fileLoan(world, 1, { uncoveredFen: String(500n * WAN) });
    expect(await headOf(world)).toMatchObject({ coveredFen: 100n * WAN });
    expect(await world.read('filing', id)).toMatchObject({ uncoveredOutstandingFen: 500n * WAN });
  });

  test('given twenty rows of one call, then each is decided and one transaction after another holds them', async () => {
    const world = await createCompensationWorld(charters.sme2018);
    const commands = Array.from({ length: 20 }, (_, i) =>
      prepare('filing.file', 'sme', `row-${i}`, { bankId: 'rcb', ...filingRow(i + 1) }, rcb),
    );
    const outcomes = await world.kernel.execute('sme', commands, { recordRefusals: false });
    expect(outcomes.map((o) => o.status)).toEqual(Array.from({ length: 20 }, () => 'applied'));
    const again = await world.kernel.execute('sme', commands, { recordRefusals: false });
    expect(again.every((o) => o.status === 'applied' && o.replayed)).toBe(true);
    const ids = Array.from({ length: 20 }, (_, i) => filingOf(i + 1));
    const reviews = ids.map((filingId, i) =>
      prepare(
        'filing.review',
        'sme',
        `review-${i}`,
        { filingId, opinion: 'confirm', comment: '已核' },
        people.reviewer,
      ),
    );
    const confirmed = await world.kernel.execute('sme', reviews, { recordRefusals: false });
    expect(confirmed.map((o) => o.status)).toEqual(Array.from({ length: 20 }, () => 'applied'));
    expect(await headOf(world)).toMatchObject({ coveredFen: 2_000n * WAN });
  });

  const guaranteed = { guarantorId: GUARANTOR, feeRate: '0.02' };
  test.each([
    ['ROLE_REQUIRED', row(), people.officer],
    ['BANK_NOT_NAMED', row(), { kind: 'person' as const, id: 'x', roles: ['bank'] }],
    ['BANK_UNKNOWN', row(), cqb],
    ['BANK_UNKNOWN', { ...row(), bankId: 'nobody' }, bankMachine('nobody')],
    ['FILING_EXISTS', { ...row(), bankId: 'rcb', contractNumber: 'ｈｔ 1' }, rcb],
    ['AMOUNT_INVALID', row({ contractNumber: 'A', coveredFen: '0' }), rcb],
    ['PRODUCT_REFUSED', row({ contractNumber: 'A', product: 'cash' }), rcb],
    ['DISTRICT_REFUSED', row({ contractNumber: 'A', district: 'moon' }), rcb],
    ['GUARANTOR_REFUSED', row({ contractNumber: 'A', guarantorId: GUARANTOR }), rcb],
    ['TERM_OUT_OF_RANGE', row({ contractNumber: 'A', termMonths: 13 }), rcb],
    ['FILING_EARLY', row({ contractNumber: 'A', drawnOn: '2018-03-02' }), rcb],
    ['RATE_ABOVE_CEILING', row({ contractNumber: 'A', annualRate: '0.043001' }), rcb],
    ['FEE_ABOVE_CEILING', row({ contractNumber: 'A', feeRate: '0.001' }), rcb],
    ['BENCHMARK_MISSING', row({ contractNumber: 'A', drawnOn: '2015-01-01' }), rcb],
    ['DOCUMENTS_MISSING', { ...row({ contractNumber: 'A' }), drawdownSha256: undefined }, rcb],
    ['GRADE_MISSING', { bankId: 'rcb', ...filingRow(9) }, rcb],
    ['NAME_DIFFERS', row({ contractNumber: 'A', enterpriseName: '别的公司' }), rcb],
    ['ENTERPRISE_LIMIT_EXCEEDED', row({ contractNumber: 'A', coveredFen: String(200n * WAN + 1n) }), rcb],
  ])('%s', async (code, payload, actor) => {
    const world = await filed();
    if (code === 'BENCHMARK_MISSING') {
      const open = { filing: { window: { aheadDays: 0, workingDays: 3_650 } }, version: 2 };
      await found(world, changed(charters.kv2017, { ...open, effectiveFrom: '2018-03-01' }));
    }
    const before = JSON.stringify([...world.ledger.state], (_, v) => (typeof v === 'bigint' ? String(v) : v));
    expect(await world.refusal('filing.file', JSON.parse(JSON.stringify(payload)), actor)).toBe(code);
    const after = JSON.stringify([...world.ledger.state], (_, v) => (typeof v === 'bigint' ? String(v) : v));
    expect(after).toBe(before);
  });

  test('given a size class the charter does not name, then it is refused', async () => {
    const sizes = charters.sme2018.filing.sizes.filter((s) => s.sizeClass !== 'small');
    const world = await createCompensationWorld(changed(charters.sme2018, { filing: { sizes } }));
    expect(await world.refusal('filing.file', row(), rcb)).toBe('SIZE_REFUSED');
  });

  test('given the window of ten working days, then the tenth is in time and the day after is not', async () => {
    const world = await createGradedWorld(2);
    world.clock.set('2018-03-15');
    await fileLoan(world, 1);
    world.clock.set('2018-03-16');
    expect(await world.refusal('filing.file', { bankId: 'rcb', ...filingRow(2) }, rcb)).toBe('FILING_LATE');
  });

  test('given no window, then a loan is filed however long ago it was drawn, or will be', async () => {
    const world = await createCompensationWorld(changed(charters.sme2018, { filing: { window: null } }));
    await fileLoan(world, 1, { drawnOn: '2015-12-01' });
    await fileLoan(world, 2, { drawnOn: '2018-12-01' });
    expect(await world.read('filing', id)).toMatchObject({ status: 'applied', maturesOn: '2016-12-01' });
  });

  test('given a grade made after the loan, or run out before it, then the loan is not covered', async () => {
    const world = await createCompensationWorld();
    await world.run('grade.assess', gradingRow(1), people.officer);
    expect(await world.refusal('filing.file', row({ drawnOn: '2018-02-28' }), rcb)).toBe('GRADE_MISSING');
    world.clock.set('2019-02-02');
    expect(await world.refusal('filing.file', row({ drawnOn: '2019-02-02' }), rcb)).toBe('GRADE_EXPIRED');
  });

  test('given a guarantee, then the shares, fee and rate are those of a guaranteed loan', async () => {
    const world = await createCompensationWorld(charters.sme2018);
    await fileLoan(world, 1, { ...guaranteed, annualRate: '0.0559' });
    expect(await world.read('filing', id)).toMatchObject({ status: 'applied', scheme: 'guaranteed' });
    const more = row({ contractNumber: 'B', annualRate: '0.05591' });
    expect(await world.refusal('filing.file', more, rcb)).toBe('RATE_ABOVE_CEILING');
    const unknown = row({ contractNumber: 'B', guarantorId: 'nobody' });
    expect(await world.refusal('filing.file', unknown, rcb)).toBe('GUARANTOR_REFUSED');
  });
});

describe('reviewing a filing', () => {
  test('given an application, then it takes its place at once but is covered only when confirmed', async () => {
    const world = await createCompensationWorld(charters.sme2018);
    await fileLoan(world, 1, { coveredFen: String(300n * WAN) });
    expect(await headOf(world)).toMatchObject({ coveredFen: 0n });
    const second = row({ contractNumber: 'B', coveredFen: String(201n * WAN) });
    expect(await world.refusal('filing.file', second, rcb)).toBe('ENTERPRISE_LIMIT_EXCEEDED');
    await world.run('filing.review', { filingId: id, opinion: 'confirm', comment: '已核' }, people.reviewer);
    expect(await headOf(world)).toMatchObject({ coveredFen: 300n * WAN });
    expect(await world.read('filing', id)).toMatchObject({ status: 'confirmed', confirmedOn: '2018-03-01' });
  });

  test('given a refusal, then the place is free, and the bank may file again', async () => {
    const world = await reviewed('refuse');
    expect(await world.read('enterprise', company(1).id)).toMatchObject({ exposureFen: 0n });
    await fileLoan(world, 1, { coveredFen: String(50n * WAN) });
    expect(await world.read('filing', id)).toMatchObject({ status: 'applied', coveredFen: 50n * WAN });
  });

  test('given a review by the wrong one, of the wrong thing, or twice, then it is refused', async () => {
    const world = await reviewed('confirm');
    const review = { filingId: id, opinion: 'confirm', comment: '已核' };
    expect(await world.refusal('filing.review', review, people.officer)).toBe('ROLE_REQUIRED');
    const both = { ...rcb, roles: ['bank', 'reviewer'] };
    expect(await world.refusal('filing.review', review, both)).toBe('DUTIES_NOT_SEPARATE');
    expect(await world.refusal('filing.review', review, people.reviewer)).toBe('STATE_INVALID');
    const unknown = { ...review, filingId: 'FL-000000000000' };
    expect(await world.refusal('filing.review', unknown, people.reviewer)).toBe('FILING_NOT_FOUND');
  });
});

describe('the life of a filing', () => {
  test('given reports, then balances fall, trouble is noted and forgotten, and nothing owed is settled', async () => {
    const world = await filed();
    world.clock.set('2018-06-10');
    await world.run('filing.report', reportOf(id, { asOf: '2018-06-09', coveredFen: String(60n * WAN) }), rcb);
    expect(await headOf(world)).toMatchObject({ coveredFen: 60n * WAN });
    expect(await world.read('enterprise', company(1).id)).toMatchObject({ exposureFen: 60n * WAN });
    const late = { asOf: '2018-06-10', coveredFen: String(60n * WAN), overdueSince: '2018-06-01' };
    await world.run('filing.report', reportOf(id, late), rcb);
    expect(await world.read('filing', id)).toMatchObject({
      status: 'exception',
      trouble: 'overdue',
      noticeOn: '2018-06-10',
      grade: 'special-mention',
      remindOn: '2018-08-31',
    });
    await world.run('filing.report', reportOf(id, { asOf: '2018-06-10', coveredFen: String(60n * WAN) }), rcb);
    const cured = await world.read('filing', id);
    expect(cured).toMatchObject({ status: 'confirmed', grade: 'normal' });
    expect(cured).not.toHaveProperty('noticeOn');
    await world.run('filing.report', reportOf(id, { asOf: '2018-06-10', coveredFen: '0' }), rcb);
    expect(await world.read('filing', id)).toMatchObject({ status: 'settled', provisionFen: 0n });
    expect(await headOf(world)).toMatchObject({ coveredFen: 0n });
    expect(await world.read('exposure', 'fund')).toMatchObject({ disbursedFen: 100n * WAN, outstandingFen: 0n });
    const lines = world.entries().flatMap((e) => e.lines ?? []);
    expect(netDebitFen(lines, '2801')).toBe(0n);
    expect(netDebitFen(lines, '6702')).toBe(0n);
  });

  test('given days past due, when the nightly job asks on the days of the thresholds, then it passes the five grades', async () => {
    const world = await filed();
    world.clock.set('2018-06-02');
    await world.run('filing.report', reportOf(id, { asOf: '2018-06-02', overdueSince: '2018-06-01' }), rcb);
    const grades = [];
    for (;;) {
      const { grade, remindOn, provisionFen } = (await world.read('filing', id)) ?? {};
      grades.push([grade, provisionFen]);
      if (remindOn === undefined) break;
      world.clock.set(addDays(remindOn, -1));
      expect(await world.refusal('filing.age', { filingId: id })).toBe('idle');
      world.clock.set(remindOn);
      await world.run('filing.age', { filingId: id });
    }
    expect(grades).toEqual([
      ['special-mention', 1_600_000n],
      ['substandard', 20n * WAN],
      ['doubtful', 40n * WAN],
      ['loss', 80n * WAN],
    ]);
    expect(world.clock.today()).toBe(addDays(parseDate('2018-06-01'), 361));
    expect(await world.read('exposure', 'bank:rcb')).toMatchObject({ nonPerformingFen: 100n * WAN });
  });

  test('given a continuation, then maturity moves once, the loan is watched, and cover stays', async () => {
    const world = await filed();
    await world.run('filing.continue', { filingId: id, months: 12, reason: '无还本续贷' }, rcb);
    expect(await world.read('filing', id)).toMatchObject({
      status: 'confirmed',
      maturesOn: '2020-03-01',
      grade: 'special-mention',
    });
    expect(await headOf(world)).toMatchObject({ coveredFen: 100n * WAN });
    const again = { filingId: id, months: 1, reason: '再续' };
    expect(await world.refusal('filing.continue', again, rcb)).toBe('CONTINUATION_REFUSED');
  });

  test('given too many months, or a loan past its maturity, then it is not continued', async () => {
    const world = await filed();
    expect(await world.refusal('filing.continue', { filingId: id, months: 13, reason: '续' }, rcb)).toBe(
      'CONTINUATION_REFUSED',
    );
    world.clock.set('2019-03-02');
    expect(await world.refusal('filing.continue', { filingId: id, months: 12, reason: '续' }, rcb)).toBe(
      'CONTINUATION_REFUSED',
    );
  });

  test('given a withdrawal, then cover and place end, and the contract may be filed again', async () => {
    const world = await filed();
    await world.run('filing.withdraw', { filingId: id, reason: '转其他产品' }, rcb);
    expect(await world.read('filing', id)).toMatchObject({ status: 'withdrawn', provisionFen: 0n });
    expect(await headOf(world)).toMatchObject({ coveredFen: 0n });
    await fileLoan(world, 1);
    expect(await world.read('exposure', 'fund')).toMatchObject({ disbursedFen: 100n * WAN });
  });

  test('given a withdrawn loan that is filed again in another district, then it counts in that district alone', async () => {
    const districts = [...charters.sme2018.districts, { id: 'dazu', name: '大足高新区' }];
    const world = await createCompensationWorld(changed(charters.sme2018, { districts }));
    await fileLoan(world, 1);
    await world.run('filing.review', { filingId: id, opinion: 'confirm', comment: '已核' }, people.reviewer);
    await world.run('filing.withdraw', { filingId: id, reason: '转移' }, rcb);
    await fileLoan(world, 1, { district: 'dazu' });
    for (const district of ['yongchuan', 'dazu'])
      expect(await world.read('exposure', `district:${district}`)).toMatchObject({ disbursedFen: 0n });
    await world.run('filing.review', { filingId: id, opinion: 'confirm', comment: '已核' }, people.reviewer);
    const figures = { disbursedFen: 100n * WAN, outstandingFen: 100n * WAN, liabilityFen: 50n * WAN };
    expect(await world.read('exposure', 'district:dazu')).toMatchObject(figures);
    for (const scope of ['fund', 'bank:rcb']) expect(await world.read('exposure', scope)).toMatchObject(figures);
    expect(await world.read('exposure', 'district:yongchuan')).toMatchObject({ disbursedFen: 0n, outstandingFen: 0n });
  });

  const asOf = '2018-03-01';
  test.each([
    ['a day before the last report', { asOf: '2018-02-28' }],
    ['a day to come', { asOf: '2018-03-02' }],
    ['more covered principal', { asOf, coveredFen: String(100n * WAN + 1n) }],
    ['more uncovered principal', { asOf, uncoveredFen: '1' }],
    ['overdue before the loan', { asOf, overdueSince: '2018-02-28' }],
    ['overdue after the report', { asOf, overdueSince: '2018-03-02' }],
  ])('given a report of %s, then it is refused', async (_, changes) => {
    const world = await filed();
    expect(await world.refusal('filing.report', reportOf(id, changes), rcb)).toBe('BALANCE_INVALID');
  });

  test('given another bank, then the filing looks like none at all', async () => {
    const world = await filed();
    const asks = [
      ['filing.report', reportOf(id)],
      ['filing.continue', { filingId: id, months: 1, reason: '续' }],
      ['filing.withdraw', { filingId: id, reason: '撤' }],
    ] as const;
    for (const [kind, payload] of asks) expect(await world.refusal(kind, payload, cqb)).toBe('FILING_NOT_FOUND');
    expect(filingIdOf('cqb', 'HT-1')).not.toBe(id);
  });

  test('given a settled loan, then no step is left', async () => {
    const world = await filed();
    await world.run('filing.report', reportOf(id, { coveredFen: '0' }), rcb);
    const asks = [
      ['filing.report', reportOf(id, { coveredFen: '0' }), rcb],
      ['filing.continue', { filingId: id, months: 1, reason: '续' }, rcb],
      ['filing.withdraw', { filingId: id, reason: '撤' }, rcb],
    ] as const;
    for (const [kind, payload, actor] of asks) expect(await world.refusal(kind, payload, actor)).toBe('STATE_INVALID');
    expect(await world.refusal('filing.file', row(), rcb)).toBe('FILING_EXISTS');
  });
});

describe('rules by date', () => {
  test('given 500万 and then 1000万, then each filing is held against the limit of its day and keeps its version', async () => {
    const world = await createCompensationWorld(charters.sme2018);
    await found(world, charters.sme2019);
    world.clock.set('2018-12-28');
    const big = { coveredFen: String(501n * WAN), drawnOn: '2018-12-28' };
    expect(await world.refusal('filing.file', row(big), rcb)).toBe('ENTERPRISE_LIMIT_EXCEEDED');
    await fileLoan(world, 2, { coveredFen: String(500n * WAN), drawnOn: '2018-12-28' });
    world.clock.set('2019-01-02');
    await fileLoan(world, 1, big);
    expect(await world.read('filing', filingOf(2))).toMatchObject({ charterVersion: 1 });
    expect(await world.read('filing', id)).toMatchObject({ charterVersion: 2 });
    expect(
      await world.refusal('filing.file', row({ ...big, contractNumber: 'B', coveredFen: String(500n * WAN) }), rcb),
    ).toBe('ENTERPRISE_LIMIT_EXCEEDED');
  });

  test('given shares that an amendment changes, then a loan filed before keeps its own', async () => {
    const world = await filed();
    const sharing = [{ ...charters.kv2017.sharing[0], fund: 50, bank: 50 }];
    await found(world, changed(charters.kv2017, { version: 2, effectiveFrom: '2018-03-01', sharing }));
    await world.run('filing.report', reportOf(id), rcb);
    await fileLoan(world, 2);
    expect(await world.read('exposure', 'fund')).toMatchObject({ liabilityFen: 130n * WAN });
  });
});

describe('cover against capital', () => {
  test('given 80% of 5470万 against 1500万 paid in, then an alert is raised once and nothing is blocked', async () => {
    const world = await createGradedWorld(20);
    await fundWith(world, 1_500n * WAN);
    for (let n = 1; n <= 20; n += 1) await fileLoan(world, n, { coveredFen: String((n < 20 ? 273n : 283n) * WAN) });
    const exposure = await world.read('exposure', 'fund');
    expect(exposure).toMatchObject({
      outstandingFen: 5_470n * WAN,
      liabilityFen: 4_376n * WAN,
      alerts: ['liability/paid-in'],
    });
    expect(world.entries().filter((e) => e.type === 'coverage.alerted')).toHaveLength(1);
  });

  test('given a limit that blocks, then exactly the limit is covered and one fen more is refused', async () => {
    const limits = [{ measure: 'covered', against: 'committed', max: '0.02', action: 'block' }];
    const world = await createGradedWorld(2, changed(charters.kv2017, { limits }));
    await fileLoan(world, 1);
    const row2 = { bankId: 'rcb', ...filingRow(2) };
    const over = { ...row2, coveredFen: String(100n * WAN + 1n) };
    expect(await world.refusal('filing.file', over, rcb)).toBe('COVERAGE_LIMIT_REACHED');
    await world.run('filing.file', row2, rcb);
    expect(await headOf(world)).toMatchObject({ coveredFen: 200n * WAN });
  });
});
