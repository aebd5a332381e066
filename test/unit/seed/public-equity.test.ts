import { describe, expect, test } from 'vitest';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { agree, equityCase, exitOf, holdingOf, publicEquity, takeShare } from '../../support/seed-equity.ts';
import {
  bankLine,
  caseIdOf,
  company,
  createWorld,
  documents,
  FUND,
  found,
  fundWith,
  people,
  seedCharter,
  WAN,
} from '../../support/world.ts';

const office = async (charter: object = seedCharter) => {
  const world = createWorld('2018-03-01');
  await found(world, charter);
  await fundWith(world, 1_000n * WAN);
  return world;
};

const owning = async () => {
  const world = await office();
  await takeShare(world, 1);
  return world;
};

const exitCase = caseIdOf('exit');

describe('public-interest equity', () => {
  test('given a share taken, when it is paid and registered, then book, limit and holding say so', async () => {
    const world = await owning();
    const lines = world.entries().flatMap((e) => e.lines ?? []);
    expect(netDebitFen(lines, '1101.01')).toBe(20n * WAN);
    expect(netDebitFen(lines, '1002')).toBe(980n * WAN);
    expect(await world.read('holding', holdingOf(1))).toMatchObject({ status: 'active' });
    expect((await world.read('enterprise', company(1).id))?.equity).toEqual({
      exposureFen: 20n * WAN,
      quantity: 100_000_000_000n,
    });
    expect((await world.ledger.load(FUND, [])).head).toMatchObject({
      heldFen: 0n,
      inTransitFen: 0n,
      bankFen: 980n * WAN,
    });
  });

  test.each([
    ['more than the limit', { amountFen: '50000001' }, 'ENTERPRISE_LIMIT_EXCEEDED'],
    ['more than a fifth', { quantity: '200001' }, 'SHARE_TOO_LARGE'],
    ['nothing', { amountFen: '0' }, 'AMOUNT_INVALID'],
    ['no shares', { quantity: '0' }, 'QUANTITY_INVALID'],
    ['a document less', { documents: [] }, 'DOCUMENTS_MISSING'],
    ['a suit pending', { declarations: { ...publicEquity(1).declarations, 'pending-suit': true } }, 'NOT_ELIGIBLE'],
    ['a team', { applicant: { ...company(1), kind: 'team', id: 'TEAM-00000001' } }, 'NOT_A_COMPANY'],
  ])('given %s, when it is proposed, then it is refused', async (_what, changes, code) => {
    const world = await office();
    const equity = publicEquity(1, changes);
    expect(await world.refusal('public-equity.propose', { caseId: equityCase, equity }, people.officer)).toBe(code);
  });

  test('given exactly a fifth for exactly the limit, when it is proposed, then it is taken', async () => {
    const world = await office();
    const equity = publicEquity(1, { amountFen: '50000000', quantity: '200000' });
    expect(await world.refusal('public-equity.propose', { caseId: equityCase, equity }, people.officer)).toBe(
      'applied',
    );
  });

  test('given a share is held, when more is proposed, then it is refused: nothing is added while it is held', async () => {
    const world = await owning();
    const again = { caseId: caseIdOf('more'), equity: publicEquity(1, { amountFen: '100' }) };
    expect(await world.refusal('public-equity.propose', again, people.officer)).toBe('FURTHER_PURCHASE_REFUSED');
  });

  test('given a proposal, when it is withdrawn, then its place under the limits is free again', async () => {
    const world = await office();
    await world.run('public-equity.propose', { caseId: equityCase, equity: publicEquity(1) }, people.officer);
    await world.run('case.withdraw', { caseId: equityCase, reason: '企业另有安排' }, people.officer);
    expect((await world.read('enterprise', company(1).id))?.equity).toEqual({ exposureFen: 0n, quantity: 0n });
    expect(await world.read('portfolio', 'all')).toMatchObject({ exposureFen: 0n });
  });

  test('given an approved share nobody contracts, when the time is over, then hold and place are free again', async () => {
    const world = await office();
    await world.run('public-equity.propose', { caseId: equityCase, equity: publicEquity(1) }, people.officer);
    const shown = await agree(world, equityCase);
    world.clock.set('2018-04-01');
    await world.run('case.approve', shown, people.director);
    expect((await world.ledger.load(FUND, [])).head.heldFen).toBe(20n * WAN);
    world.clock.set('2018-12-01');
    await world.run('case.lapse', { caseId: equityCase });
    expect((await world.ledger.load(FUND, [])).head.heldFen).toBe(0n);
    expect((await world.read('enterprise', company(1).id))?.equity?.exposureFen).toBe(0n);
  });

  test.each([
    ['2021-03-31', 'DIVIDEND_WAIVED'],
    ['2021-04-01', 'applied'],
  ])('given a share of 2018-04-01, when a dividend of %s is declared, then %s', async (declaredOn, code) => {
    const world = await owning();
    world.clock.set('2021-06-01');
    const dividend = {
      dividendId: 'DV-000000000001',
      holdingId: holdingOf(1),
      incomeFen: '100',
      capitalFen: '0',
      declaredOn,
      documentNumber: '股东会2021-1',
      documentSha256: '0'.repeat(64),
    };
    expect(await world.refusal('dividend.declare', dividend, people.accountant)).toBe(code);
  });
});

describe('leaving a share', () => {
  const sold = async (on: string, proceedsFen: bigint, changes: object = {}) => {
    const world = await owning();
    world.clock.set(on);
    const exit = exitOf(1, proceedsFen, changes);
    return { world, code: await world.refusal('exit.propose', { caseId: exitCase, exit }, people.officer) };
  };
  const appraised = (appraisedOn: string, valueFen: bigint) => ({
    appraisal: { reportNumber: '渝评报〔2023〕1号', appraisedOn, valueFen: String(valueFen) },
  });
  // 20万 at 4.75% from 2018-04-01 to 2022-04-01: 1461 days, ACT/365.
  const interestFen = 3_802_603n;

  test.each([
    ['within three years at cost', '2021-04-01', 20n * WAN, {}, 'applied'],
    ['within three years a fen below cost', '2021-04-01', 20n * WAN - 1n, {}, 'PRICE_TOO_LOW'],
    ['after four years at cost and interest', '2022-04-01', 20n * WAN + interestFen, {}, 'applied'],
    ['after four years a fen below that', '2022-04-01', 20n * WAN + interestFen - 1n, {}, 'PRICE_TOO_LOW'],
    ['after five years without an appraisal', '2023-05-01', 40n * WAN, {}, 'APPRAISAL_REQUIRED'],
    ['after five years at the appraised value', '2023-05-01', 40n * WAN, appraised('2023-01-01', 40n * WAN), 'applied'],
    ['after five years below it', '2023-05-01', 40n * WAN - 1n, appraised('2023-01-01', 40n * WAN), 'PRICE_TOO_LOW'],
    [
      'after five years on an old appraisal',
      '2023-05-01',
      40n * WAN,
      appraised('2022-04-30', WAN),
      'APPRAISAL_TOO_OLD',
    ],
    ['to a third party before the others', '2021-04-01', 20n * WAN, { buyerClass: 'third-party' }, 'PRE_EMPTION_OPEN'],
    [
      'to a third party once all have waived',
      '2021-04-01',
      20n * WAN,
      { buyerClass: 'third-party', documents: documents('waiver-founders', 'waiver-shareholders') },
      'applied',
    ],
  ])(
    'given a share of 2018-04-01, when it is sold %s, then the rules answer',
    async (_what, on, proceedsFen, changes, code) => {
      expect((await sold(on, proceedsFen, changes)).code).toBe(code);
    },
  );

  test('given a buyer of no class, when a sale is proposed, then it is refused', async () => {
    const world = await owning();
    const { buyerClass: _, ...exit } = exitOf(1, 20n * WAN);
    expect(await world.refusal('exit.propose', { caseId: exitCase, exit }, people.officer)).toBe(
      'BUYER_CLASS_REQUIRED',
    );
  });

  test('given an approved sale, when its money comes, then the share is gone and nothing is lost', async () => {
    const { world } = await sold('2021-04-01', 20n * WAN);
    await world.run('case.approve', await agree(world, exitCase), people.director);
    const exitId = exitCase.replace('CS', 'EX');
    await world.run('receipt.book', { targetId: exitId, line: bankLine('credit', 20n * WAN, '2021-04-02') });
    const lines = world.entries().flatMap((e) => e.lines ?? []);
    expect(netDebitFen(lines, '1101.01')).toBe(0n);
    expect(netDebitFen(lines, '1002')).toBe(1_000n * WAN);
    expect(await world.read('holding', holdingOf(1))).toMatchObject({ status: 'exited' });
    expect((await world.read('enterprise', company(1).id))?.equity?.exposureFen).toBe(0n);
  });
});

describe('a seed fund that runs off', () => {
  test('given rules that return what comes back, when something new is asked for, then it is refused', async () => {
    const world = await office({ ...seedCharter, recovered: 'return' });
    const equity = publicEquity(1);
    expect(await world.refusal('public-equity.propose', { caseId: equityCase, equity }, people.officer)).toBe(
      'FUND_RUNNING_OFF',
    );
  });

  test('given rules without public-interest equity, when it is proposed, then the instrument is forbidden', async () => {
    const world = await office({ ...seedCharter, equity: null });
    const proposed = world.run(
      'public-equity.propose',
      { caseId: equityCase, equity: publicEquity(1) },
      people.officer,
    );
    await expect(proposed).rejects.toMatchObject({
      code: 'INSTRUMENT_FORBIDDEN',
      details: { instrument: 'public-equity', fundKind: 'seed', clause: seedCharter.documentNumber },
    });
  });
});
