import { describe, expect, test } from 'vitest';
import {
  charters,
  cqb,
  createGradedWorld,
  fileLoan,
  filingOf,
  filingRow,
  rcb,
  reportOf,
} from '../../support/compensation-world.ts';
import { caseIdOf, changed, found, people, shownOf, WAN, type World } from '../../support/world.ts';

const LATE = { asOf: '2018-09-10', overdueSince: '2018-06-01' };

/** Files so many loans of 100万 with one bank, of which the first falls so far behind that it is bad. */
const lent = async (loans: number, changes: object = {}) => {
  const world = await createGradedWorld(loans + 2, changed(charters.kv2017, changes));
  for (let n = 1; n <= loans; n += 1) await fileLoan(world, n);
  world.clock.set('2018-09-10');
  return world;
};

const goesBad = (world: World, n: number, coveredFen = 100n * WAN) =>
  world.run('filing.report', reportOf(filingOf(n), { ...LATE, coveredFen: String(coveredFen) }), rcb);

const repays = (world: World, n: number, leftFen: bigint) =>
  world.run('filing.report', reportOf(filingOf(n), { asOf: '2018-09-10', coveredFen: String(leftFen) }), rcb);

const statusOf = async (world: World, scope = 'bank:rcb') => (await world.read('exposure', scope))?.status;
const next = (n: number, bank = 'rcb') => ({ bankId: bank, ...filingRow(n, { drawnOn: '2018-09-10' }) });

const decided = async (world: World, resume: object) => {
  const caseId = caseIdOf('resume');
  await world.run('breaker.propose-resume', { caseId, resume }, people.officer);
  const shown = { caseId, ...(await shownOf(world, caseId)) };
  await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  await world.run('case.approve', shown, people.science);
  await world.run('case.approve', shown, people.finance);
  return () => world.run('case.approve', shown, people.office);
};

const resume = (changes: object = {}) => ({
  scope: 'bank:rcb',
  tolerances: [{ measure: 'non-performing', ratio: '0.08' }],
  reason: '已追加风险准备，联席会议同意',
  documents: [],
  ...changes,
});

describe('breakers', () => {
  test('given 3% and 5% of bad loans, then exactly these ratios warn and stop, and one fen less does not', async () => {
    const world = await lent(2);
    await goesBad(world, 1, 3n * WAN);
    await repays(world, 2, 97n * WAN + 1n);
    expect(await statusOf(world)).toBe('normal');
    await repays(world, 2, 97n * WAN);
    expect(await statusOf(world)).toBe('warned');
    await repays(world, 2, 57n * WAN + 1n);
    expect(await statusOf(world)).toBe('warned');
    await repays(world, 2, 57n * WAN);
    expect(await statusOf(world)).toBe('stopped');
    const turns = world.entries().filter((e) => e.type.startsWith('breaker.') && e.links.exposure === 'bank:rcb');
    expect(turns.map((e) => [e.type, e.facts?.['non-performing']])).toEqual([
      ['breaker.warned', '0.030000'],
      ['breaker.stopped', '0.050000'],
    ]);
  });

  test('given a stopped bank, then it files nothing new, its loans stay covered, and another district and bank go on', async () => {
    const districts = [...charters.kv2017.districts, { id: 'dazu', name: '大足高新区' }];
    const world = await lent(2, { districts });
    await goesBad(world, 1);
    expect(await world.refusal('filing.file', next(3), rcb)).toBe('NEW_FILINGS_STOPPED');
    expect(await world.refusal('filing.file', next(3, 'cqb'), cqb)).toBe('NEW_FILINGS_STOPPED');
    await world.run('filing.file', { ...next(3, 'cqb'), district: 'dazu' }, cqb);
    expect(await world.refusal('filing.file', { ...next(4), district: 'dazu' }, rcb)).toBe('NEW_FILINGS_STOPPED');
    expect(await world.read('exposure', 'bank:rcb')).toMatchObject({ outstandingFen: 200n * WAN });
    await world.run('filing.continue', { filingId: filingOf(2), months: 6, reason: '续贷' }, rcb);
  });

  test('given an application when the bank is stopped, then it cannot be confirmed either', async () => {
    const world = await lent(2, { filing: { automaticUpToFen: String(100n * WAN) } });
    await world.run('filing.file', { ...next(3), coveredFen: String(101n * WAN) }, rcb);
    await goesBad(world, 1);
    const review = { filingId: filingOf(3), opinion: 'confirm', comment: '已核' };
    expect(await world.refusal('filing.review', review, people.reviewer)).toBe('NEW_FILINGS_STOPPED');
  });

  test('given a resume ratio, then a stop lasts until the ratio is below it', async () => {
    const world = await lent(2);
    await goesBad(world, 1);
    await repays(world, 2, 100n * WAN);
    await goesBad(world, 1, 4n * WAN);
    expect(await statusOf(world)).toBe('stopped');
    await goesBad(world, 1, 3n * WAN);
    expect(await statusOf(world)).toBe('normal');
    await world.run('filing.file', next(3), rcb);
  });

  test('given no resume ratio, then a stop lasts until a decision', async () => {
    const breakers = charters.kv2017.breakers.map((b) => ({ ...b, resumeBelow: null }));
    const world = await lent(2, { breakers });
    await goesBad(world, 1);
    await goesBad(world, 1, 0n);
    expect(await statusOf(world)).toBe('stopped');
    const last = await decided(world, resume());
    await last();
    expect(await statusOf(world)).toBe('normal');
  });

  test('given a termination, then no ratio ends it', async () => {
    const breakers = [{ ...charters.kv2017.breakers[0], terminate: '0.08' }];
    const world = await lent(2, { breakers });
    await goesBad(world, 1);
    expect(await statusOf(world)).toBe('terminated');
    await goesBad(world, 1, 0n);
    expect(await statusOf(world)).toBe('terminated');
  });

  test('given too little to judge, then no breaker acts', async () => {
    const breakers = charters.kv2017.breakers.map((b) => ({ ...b, fromFen: String(200n * WAN + 1n) }));
    const world = await lent(2, { breakers });
    await goesBad(world, 1);
    expect(await statusOf(world)).toBe('normal');
  });

  test('given stricter ratios by amendment, then they hold for the next filing without anything having happened', async () => {
    const world = await lent(3);
    await goesBad(world, 1, 4n * WAN);
    await world.run('filing.file', next(4), rcb);
    const breakers = charters.kv2017.breakers.map((b) => ({ ...b, warn: '0.005', stop: '0.01', resumeBelow: '0.005' }));
    const amendment = { version: 2, effectiveFrom: '2018-09-10', breakers };
    await found(world, changed(charters.kv2017, amendment));
    expect(await world.refusal('filing.file', next(5), rcb)).toBe('NEW_FILINGS_STOPPED');
  });
});

describe('resuming by decision', () => {
  test('given a decision of the joint meeting, then the bank files up to the ratio it tolerates, and no further', async () => {
    const world = await lent(20);
    await goesBad(world, 1);
    expect(await statusOf(world, 'district:yongchuan')).toBe('stopped');
    await (await decided(world, resume({ scope: 'district:yongchuan' })))();
    const other = caseIdOf('second');
    await world.run('breaker.propose-resume', { caseId: other, resume: resume() }, people.officer);
    const shown = { caseId: other, ...(await shownOf(world, other)) };
    await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
    for (const bureau of [people.science, people.finance, people.office])
      await world.run('case.approve', shown, bureau);
    expect(await statusOf(world)).toBe('warned');
    await world.run('filing.file', next(21), rcb);
    await goesBad(world, 2);
    expect(await statusOf(world)).toBe('stopped');
    expect(await world.refusal('filing.file', next(22), rcb)).toBe('NEW_FILINGS_STOPPED');
  });

  test('given a breaker that has calmed down, then what was tolerated is forgotten', async () => {
    const world = await lent(20);
    await goesBad(world, 1);
    await (await decided(world, resume()))();
    expect((await world.read('exposure', 'bank:rcb'))?.tolerated).toHaveLength(1);
    await goesBad(world, 1, 10n * WAN);
    expect(await world.read('exposure', 'bank:rcb')).toMatchObject({ status: 'normal', tolerated: [] });
  });

  test('given nothing that is stopped, or too little tolerated, then it is refused', async () => {
    const world = await lent(2);
    const propose = (proposal: object) =>
      world.refusal('breaker.propose-resume', { caseId: caseIdOf('r'), resume: proposal }, people.officer);
    expect(await propose(resume())).toBe('RESUME_REFUSED');
    await goesBad(world, 1);
    expect(await propose(resume())).toBe('RESUME_REFUSED');
    expect(await propose(resume({ tolerances: [{ measure: 'non-performing', ratio: '0.5' }] }))).toBe('RESUME_REFUSED');
    expect(
      await world.refusal('breaker.propose-resume', { caseId: caseIdOf('r'), resume: resume() }, people.reviewer),
    ).toBe('ROLE_REQUIRED');
  });

  test('given ratios that have grown beyond the decision before it is made, then it is refused', async () => {
    const world = await lent(20);
    await goesBad(world, 1);
    const last = await decided(world, resume());
    await goesBad(world, 2);
    await expect(last()).rejects.toMatchObject({ code: 'RESUME_REFUSED' });
  });
});
