import { describe, expect, test } from 'vitest';
import { score } from '#shared/domain/guarantee/scoring.ts';
import {
  charters,
  createCompensationWorld,
  gradingRow,
  modelOf,
  noFacts,
  strongFacts,
} from '../../support/compensation-world.ts';
import { changed, charterWith, company, found, people, seedCharter, WAN } from '../../support/world.ts';

const model = modelOf(charters.kv2017);
const id = company(1).id;

const graded = async () => {
  const world = await createCompensationWorld();
  await world.run('grade.assess', gradingRow(1), people.officer);
  return world;
};

describe('the score', () => {
  test('given facts, then base indicators are weighted, bonuses added, and every point is explained', () => {
    const result = score(model, strongFacts);
    expect(result.indicators).toEqual({ ip: 100, rd: 60, talent: 7, product: 4, firm: 2 });
    expect(result.hundredths).toBe(60 * 100 + 40 * 60 + 1300);
    expect(result).toMatchObject({ grade: 'A', limitFen: 300n * WAN, raised: 0 });
    const points = Object.fromEntries(result.items.map((i) => [`${i.indicator}.${i.fact}`, i.points]));
    expect(points).toMatchObject({ 'ip.invention-patents': 75, 'ip.utility-models': 30, 'rd.rd-expense': 60 });
  });

  test.each([
    [97, 'A', 300n],
    [98, 'B', 200n],
  ])('given a score of 97.00 and a best grade from %d, then the grade is %s', (fromScore, grade, limit) => {
    const grades = model.grades.map((g) => (g.grade === 'A' ? { ...g, fromScore } : g));
    expect(score({ ...model, grades }, strongFacts)).toMatchObject({ hundredths: 9700, grade, limitFen: limit * WAN });
  });

  test('given bonuses beyond the cap, then they count up to it', () => {
    const facts = { ...strongFacts, 'rd-staff': '50', 'new-products': '9', 'high-tech-firm': '1' };
    expect(score({ ...model, bonusCap: 12 }, facts).hundredths).toBe(60 * 100 + 40 * 60 + 1200);
  });

  test('given a share of nothing, then it gives no points', () => {
    expect(score(model, { ...strongFacts, revenue: '0' }).indicators['rd']).toBe(0);
  });

  test('given a ratio just at and just below a step, then the step decides exactly', () => {
    expect(score(model, { ...strongFacts, 'rd-expense': '30', revenue: '1000' }).indicators['rd']).toBe(40);
    expect(score(model, { ...strongFacts, 'rd-expense': '29.999999', revenue: '1000' }).indicators['rd']).toBe(0);
  });

  test('given a raise, then the grade is one better, and never better than the best', () => {
    const weak = { ...noFacts, 'utility-models': '10', 'high-growth': '1' };
    expect(score(model, { ...weak, 'high-growth': '0' })).toMatchObject({ grade: null, limitFen: 0n });
    expect(score(model, { ...weak, 'software-copyrights': '10' })).toMatchObject({ grade: 'D', raised: 1 });
    expect(score(model, { ...strongFacts, 'high-growth': '1' })).toMatchObject({ grade: 'A', raised: 0 });
  });
});

describe('grading enterprises', () => {
  test('given a row, when it is assessed, then grade, limit and explanation are kept', async () => {
    const world = await graded();
    expect(await world.read('enterprise', id)).toMatchObject({
      name: company(1).name,
      exposureFen: 0n,
      grade: { charterVersion: 1, grade: 'A', limitFen: 300n * WAN, expiresOn: '2019-02-01', firstOn: '2018-03-01' },
    });
    const entry = world.entries().at(-1);
    expect(entry?.facts).toMatchObject({
      model: 'kv-2017',
      'ip.invention-patents': '5 → 75',
      ip: '100',
      score: '97.00',
      source: 'a'.repeat(64),
    });
    expect(entry?.digests?.[0]).toMatchObject({ type: 'grade', fields: { grade: 'A', score: '97.00' } });
  });

  test('given newer facts, when it is assessed again, then it is regraded and the first day stays', async () => {
    const world = await graded();
    world.clock.set('2019-01-10');
    const row = gradingRow(1, { factsOn: '2019-01-01' }, { 'invention-patents': '1', 'utility-models': '0' });
    await world.run('grade.assess', row, people.officer);
    expect(await world.read('enterprise', id)).toMatchObject({
      grade: { grade: 'C', firstOn: '2018-03-01', gradedOn: '2019-01-10', expiresOn: '2020-01-01' },
    });
  });

  test.each([
    ['ROLE_REQUIRED', gradingRow(1), people.reviewer],
    ['FACTS_INCOMPLETE', gradingRow(1, { facts: { revenue: '1' } }), people.officer],
    ['FACTS_INCOMPLETE', gradingRow(1, {}, { charm: '9' }), people.officer],
    ['FACTS_STALE', gradingRow(1, { factsOn: '2018-01-31' }), people.officer],
    ['DATE_INVALID', gradingRow(1, { factsOn: '2018-03-02' }), people.officer],
    ['NAME_DIFFERS', gradingRow(1, { enterpriseName: '别的公司' }), people.officer],
    ['NAME_LOOKS_ALIKE', gradingRow(2, { enterpriseName: company(1).name }), people.officer],
    ['USCC_INVALID', gradingRow(1, { enterpriseId: '91500118MA5UUUU1XX' }), people.officer],
  ])('%s', async (code, row, actor) => {
    const world = await graded();
    expect(await world.refusal('grade.assess', row, actor)).toBe(code);
  });

  test('given a fund that does not grade, or one that lends itself, then grading is refused', async () => {
    const sme = await createCompensationWorld(charters.sme2018);
    expect(await sme.refusal('grade.assess', gradingRow(1), people.officer)).toBe('GRADING_ABSENT');
    const seed = await createCompensationWorld(seedCharter);
    expect(await seed.refusal('grade.assess', gradingRow(1), people.officer)).toBe('INSTRUMENT_FORBIDDEN');
  });
});

describe('a new model', () => {
  test('given an amendment, then grades stay as they were until they are renewed, and are then by the new model', async () => {
    const world = await graded();
    const amendment = { ...charters.kv2023, effectiveFrom: '2018-06-01' };
    await found(world, amendment);
    world.clock.set('2018-06-01');
    expect((await world.read('enterprise', id))?.grade).toMatchObject({ charterVersion: 1, limitFen: 300n * WAN });
    await world.run('grade.renew', { enterpriseId: id, charterVersion: 2 });
    expect((await world.read('enterprise', id))?.grade).toMatchObject({
      charterVersion: 2,
      grade: 'A',
      limitFen: 500n * WAN,
      expiresOn: '2019-02-01',
    });
    expect(await world.refusal('grade.renew', { enterpriseId: id, charterVersion: 2 })).toBe('idle');
  });

  test('given facts that have run out, or none, or an unknown enterprise, then nothing is renewed', async () => {
    const world = await graded();
    await found(world, { ...charters.kv2023, effectiveFrom: '2018-06-01' });
    world.clock.set('2019-02-02');
    expect(await world.refusal('grade.renew', { enterpriseId: id, charterVersion: 2 })).toBe('idle');
    expect(await world.refusal('grade.renew', { enterpriseId: company(9).id, charterVersion: 2 })).toBe(
      'ENTERPRISE_NOT_FOUND',
    );
  });
});

describe('a charter that contradicts itself', () => {
  const grading = charters.kv2017.grading;
  const [ip, ...others] = grading.indicators;
  const bad: readonly (readonly [string, object])[] = [
    ['weights', { grading: { ...grading, indicators: others } }],
    ['an indicator twice', { grading: { ...grading, indicators: [...grading.indicators, others[1]] } }],
    ['grades out of order', { grading: { ...grading, grades: grading.grades.toReversed() } }],
    [
      'steps that fall',
      {
        grading: {
          ...grading,
          indicators: [
            {
              ...ip,
              items: [
                {
                  ...ip?.items[0],
                  steps: [
                    { from: '2', points: 1 },
                    { from: '1', points: 2 },
                  ],
                },
              ],
            },
            ...others,
          ],
        },
      },
    ],
    ['a bank twice', { banks: [...charters.kv2017.banks, charters.kv2017.banks[0]] }],
    ['an unknown product', { banks: [{ ...charters.kv2017.banks[0], products: ['nothing'] }] }],
    ['a scheme without the fund', { sharing: [{ ...charters.kv2017.sharing[0], fund: 0 }] }],
    ['a guarantor nobody has', { sharing: [{ ...charters.kv2017.sharing[0], guaranteed: true, guarantor: 1 }] }],
    ['a breaker that resumes above its stop', { breakers: [{ ...charters.kv2017.breakers[0], resumeBelow: '0.06' }] }],
    ['a breaker that stops before it warns', { breakers: [{ ...charters.kv2017.breakers[0], warn: '0.06' }] }],
    ['a breaker twice', { breakers: [charters.kv2017.breakers[0], charters.kv2017.breakers[0]] }],
    ['a ceiling without a benchmark', { benchmarks: [] }],
    [
      'a loss on nobody known',
      {
        recovery: { finalLoss: { shares: [{ contributor: 'moon', weight: 1 }], oddFenTo: null } },
      },
    ],
    ['a recovery without interest', { recovery: { order: ['cost', 'principal', 'cost'] } }],
    ['a decision before its review', { claims: { decisionWorkingDays: 4 } }],
    ['no public support', { claims: { publicSupportCeiling: '0' } }],
    ['no public support, to the decimal', { claims: { publicSupportCeiling: '0.0' } }],
  ];
  test.each(bad)('%s', async (_, changes) => {
    const world = await createCompensationWorld();
    const next = changed(charters.kv2017, { version: 2, effectiveFrom: '2018-03-01', ...changes });
    const caseId = 'CS-000000000001';
    expect(await world.refusal('charter.propose', { caseId, charter: next }, people.admin)).toBe('CHARTER_INVALID');
  });

  test('another kind of fund cannot come by amendment', async () => {
    const world = await createCompensationWorld();
    const lending = charterWith({ version: 2, effectiveFrom: '2018-03-01', fundId: 'kv' });
    const payload = { caseId: 'CS-000000000001', charter: lending };
    expect(await world.refusal('charter.propose', payload, people.admin)).toBe('CHARTER_INVALID');
  });
});
