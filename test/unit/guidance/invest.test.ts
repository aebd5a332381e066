import { describe, expect, test } from 'vitest';
import { isFundError } from '#shared/errors/fund-error.ts';
import {
  agree,
  approve,
  approveInvestment,
  commitmentOf,
  guidanceWorld,
  invest,
  investmentOf,
  propose,
} from '#test/support/guidance-world.ts';
import {
  application,
  caseIdOf,
  company,
  createWorld,
  documents,
  found,
  HASH,
  people,
  shownOf,
  WAN,
  type World,
} from '#test/support/world.ts';

/** Why a proposal is refused: code and details. */
const refused = async (world: World, investment: object) => {
  try {
    await world.run(
      'investment.propose',
      { caseId: caseIdOf(`refused ${world.entries().length}`), investment },
      people.officer,
    );
    return undefined;
  } catch (error) {
    if (!isFundError(error)) throw error;
    return { code: error.code, ...error.details };
  }
};

const terms = (changes: object) => ({ terms: changes });

describe('what a guidance fund may not do', () => {
  test.each([
    ['loan', '财预〔2015〕210号 第十二条（四）'],
    ['entrusted-loan', '财预〔2015〕210号 第十二条（一）'],
    ['guarantee', '财预〔2015〕210号 第十二条（一）'],
    ['real-estate', '财预〔2015〕210号 第十二条（二）'],
  ])('given a %s, when it is proposed, then it is refused with its clause', async (instrument, clause) => {
    const world = await guidanceWorld({}, 0n);
    const refusal = await refused(world, investmentOf(1, 100n * WAN, { instrument }));
    expect(refusal).toMatchObject({ code: 'INSTRUMENT_FORBIDDEN', instrument, clause });
  });

  test('given an instrument nobody named, when it is proposed, then the rules that do not have it are the clause', async () => {
    const world = await guidanceWorld({}, 0n);
    const refusal = await refused(world, investmentOf(1, 100n * WAN, { instrument: 'art' }));
    expect(refusal).toMatchObject({ code: 'INSTRUMENT_FORBIDDEN', clause: expect.stringContaining('合伙协议') });
  });

  test('given a commitment handed in as a direct investment, when it is proposed, then it is refused', async () => {
    const world = await guidanceWorld({}, 0n);
    const refusal = await refused(world, investmentOf(1, 100n * WAN, { instrument: 'sub-fund' }));
    expect(refusal?.code).toBe('INSTRUMENT_FORBIDDEN');
  });

  test('given a loan of the seed fund’s kind, when it is applied for, then it is refused with the clause', async () => {
    const world = await guidanceWorld({}, 0n);
    const applied = world.run(
      'loan.apply',
      { caseId: caseIdOf('loan'), application: application(1, WAN) },
      people.officer,
    );
    await expect(applied).rejects.toMatchObject({
      code: 'INSTRUMENT_FORBIDDEN',
      details: { instrument: 'loan', fundKind: 'guidance', clause: '财预〔2015〕210号 第十二条（四）' },
    });
  });

  test('given a seed fund, when a direct investment is proposed, then its own rules are the clause', async () => {
    const world = createWorld();
    await found(world);
    expect(await refused(world, investmentOf(1, WAN))).toMatchObject({
      code: 'INSTRUMENT_FORBIDDEN',
      fundKind: 'seed',
      clause: '渝科局发〔2018〕2号',
    });
  });

  test.each([
    ['principal', 'promise-of-principal'],
    ['minimum-return', 'promise-of-minimum-return'],
  ])(
    'given a promise of %s, when it is in the terms or a side letter, then it is refused',
    async (promise, instrument) => {
      const world = await guidanceWorld({}, 0n);
      const clause = '财预〔2015〕210号 第十三条';
      const inTerms = await refused(world, investmentOf(1, 100n * WAN, terms({ promises: [promise] })));
      expect(inTerms).toMatchObject({ code: 'INSTRUMENT_FORBIDDEN', instrument, clause });
      const letter = { party: '实际控制人', sha256: HASH, promises: [promise] };
      const aside = await refused(world, investmentOf(1, 100n * WAN, { sideLetters: [letter] }));
      expect(aside).toMatchObject({ code: 'INSTRUMENT_FORBIDDEN', instrument, clause });
    },
  );
});

describe('明股实债', () => {
  const buyBack = { buyBack: 'fixed-price', buyBackMandatory: true };

  test('given a fixed return, a mandatory buy-back at a fixed price and no share in losses, then it is refused', async () => {
    const world = await guidanceWorld({}, 0n);
    const debt = investmentOf(1, 100n * WAN, terms({ fixedReturn: true, ...buyBack, bearsLosses: false }));
    expect(await refused(world, debt)).toMatchObject({
      code: 'INSTRUMENT_FORBIDDEN',
      instrument: 'disguised-debt',
      reason: '固定回报；按固定价格强制回购；不承担亏损',
    });
  });

  test('given two of the signs, when no compliance opinion is attached, then it is refused; with one it goes to the committee', async () => {
    const world = await guidanceWorld({}, 0n);
    const twoSigns = terms({ fixedReturn: true, ...buyBack });
    expect(await refused(world, investmentOf(1, 100n * WAN, twoSigns))).toMatchObject({
      code: 'DOCUMENTS_MISSING',
      missing: 'compliance-opinion',
    });
    const all = ['due-diligence-report', 'term-sheet', 'valuation-report', 'legal-opinion', 'compliance-opinion'];
    const withOpinion = investmentOf(1, 100n * WAN, { ...twoSigns, documents: documents(...all) });
    expect(await refused(world, withOpinion)).toBeUndefined();
  });

  test('given a buy-back that is not mandatory, or at the market’s price, then it is no sign', async () => {
    const world = await guidanceWorld({}, 0n);
    const free = terms({ fixedReturn: true, buyBack: 'fixed-price', buyBackMandatory: false });
    expect(await refused(world, investmentOf(1, 100n * WAN, free))).toBeUndefined();
    const market = terms({ fixedReturn: true, buyBack: 'market-price', buyBackMandatory: true });
    expect(await refused(world, investmentOf(2, 100n * WAN, market))).toBeUndefined();
  });
});

describe('the rules of a direct investment', () => {
  test('given every rule met, when it is proposed, then the file shows each with its answer', async () => {
    const world = await guidanceWorld({}, 0n);
    const caseId = await propose(world, 'file', 'investment.propose', { investment: investmentOf(1, 100n * WAN) });
    const labels = (await world.read('proposal', caseId))?.checks.map((c) => c.label) ?? [];
    expect(labels).toContain('投资期 2017-01-01 至 2021-12-31');
    expect(labels).toContain('单一被投 1,000,000.00元，上限 100,000,000.00元');
    expect(labels).toContain('持股比例不超过 30/100');
    expect(labels).toContain('无重大未决诉讼');
  });

  test('given many rules broken, when it is proposed, then all reasons are given at once', async () => {
    const world = await guidanceWorld({}, 0n);
    world.clock.set('2022-01-01');
    const refusal = await refused(
      world,
      investmentOf(1, 10_001n * WAN, { declarations: { 'pending-suit': true }, totalQuantity: '1' }),
    );
    expect(refusal).toMatchObject({
      code: 'INVESTMENT_REFUSED',
      rules: 'investment-period pending-suit single-investee share-of-investee',
    });
  });

  test('given a fifth of the fund in one enterprise, when one fen more is proposed, then it is refused', async () => {
    const world = await guidanceWorld({}, 0n);
    const whole = { totalQuantity: '100000000000' };
    expect(await refused(world, investmentOf(1, 10_000n * WAN, whole))).toBeUndefined();
    expect(await refused(world, investmentOf(1, 1n, { ...whole, quantity: '1' }))).toMatchObject({
      rules: 'single-investee',
    });
    expect(await refused(world, investmentOf(2, 10_000n * WAN, whole))).toBeUndefined();
  });

  test('given a third of an enterprise, when it is proposed in two parts, then shares held count', async () => {
    const world = await guidanceWorld({}, 0n);
    const part = { quantity: '200', totalQuantity: '1000' };
    expect(await refused(world, investmentOf(1, WAN, part))).toBeUndefined();
    expect(await refused(world, investmentOf(1, WAN, { quantity: '101', totalQuantity: '1000' }))).toMatchObject({
      rules: 'share-of-investee',
    });
    expect(await refused(world, investmentOf(1, WAN, { quantity: '100', totalQuantity: '1000' }))).toBeUndefined();
  });

  test('given a sector with half of the fund at most, when more is proposed in it, then it is refused', async () => {
    const world = await guidanceWorld({}, 0n);
    const robots = { sector: 'robots', totalQuantity: '100000000000' };
    for (const n of [1, 2]) expect(await refused(world, investmentOf(n, 10_000n * WAN, robots))).toBeUndefined();
    expect(await refused(world, investmentOf(3, 5_001n * WAN, robots))).toMatchObject({ rules: 'sector' });
    expect(await refused(world, investmentOf(3, 5_000n * WAN, robots))).toBeUndefined();
  });

  test('given what lies outside the mandate, when it would pass two fifths of the fund, then it is refused', async () => {
    const world = await guidanceWorld({}, 0n);
    const other = (sector: string) => ({ sector, totalQuantity: '100000000000' });
    expect(await refused(world, investmentOf(1, 10_000n * WAN, other('catering')))).toBeUndefined();
    expect(await refused(world, investmentOf(2, 10_000n * WAN, other('retail')))).toBeUndefined();
    expect(await refused(world, investmentOf(3, 1n, { ...other('toys'), quantity: '1' }))).toMatchObject({
      rules: 'outside-mandate',
    });
  });

  test('given an enterprise of one sector, when it is proposed under another, then it is refused', async () => {
    const world = await guidanceWorld({}, 0n);
    expect(await refused(world, investmentOf(1, WAN))).toBeUndefined();
    expect(await refused(world, investmentOf(1, WAN, { sector: 'robots', totalQuantity: '1000000' }))).toMatchObject({
      rules: 'same-sector',
    });
  });

  test('given a proposal withdrawn or turned down, when the limit is looked at, then its place is free', async () => {
    const world = await guidanceWorld({}, 0n);
    const whole = { totalQuantity: '100000000000' };
    const first = await propose(world, 'w1', 'investment.propose', {
      investment: investmentOf(1, 10_000n * WAN, whole),
    });
    await world.run('case.withdraw', { caseId: first, reason: '企业撤回' }, people.officer);
    const second = await propose(world, 'w2', 'investment.propose', {
      investment: investmentOf(1, 10_000n * WAN, whole),
    });
    const shown = { caseId: second, ...(await shownOf(world, second)) };
    await world.run('case.review', { ...shown, opinion: 'reject', comment: '不同意' }, people.reviewer);
    expect(await world.read('enterprise', company(1).id)).toMatchObject({ equity: { exposureFen: 0n, quantity: 0n } });
    expect(await world.read('portfolio', 'all')).toMatchObject({ sectors: { 'intelligent-equipment': 0n } });
  });

  test('given limits on total assets, when those shrink before approval, then the approval is refused', async () => {
    const world = await guidanceWorld({ limits: { base: 'total-assets' } }, 1_000n * WAN);
    const { holdingId } = await invest(world, 1, 200n * WAN);
    const pending = await propose(world, 'late', 'investment.propose', { investment: investmentOf(2, 200n * WAN) });
    await agree(world, pending);
    const writeOff = { writeOff: { holdingId, reason: '破产', documents: [] } };
    await approve(world, await propose(world, 'loss', 'holding.propose-write-off', writeOff));
    const shown = { caseId: pending, ...(await shownOf(world, pending)) };
    expect(await world.refusal('case.approve', shown, people.director)).toBe('INVESTMENT_REFUSED');
  });

  test('given papers missing, a team, a wrong code or nothing to buy, when it is proposed, then it is refused', async () => {
    const world = await guidanceWorld({}, 0n);
    expect(await refused(world, investmentOf(1, WAN, { documents: [] }))).toMatchObject({
      code: 'DOCUMENTS_MISSING',
      missing: 'due-diligence-report term-sheet valuation-report legal-opinion',
    });
    const codeOf = async (changes: object) => (await refused(world, investmentOf(1, WAN, changes)))?.code;
    expect(await codeOf({ investee: { kind: 'team', id: 'TEAM-00000001' } })).toBe('NOT_A_COMPANY');
    expect(await codeOf({ investee: { id: '91500118MA5UUUUU00' } })).toBe('USCC_INVALID');
    expect(await codeOf({ amountFen: '0' })).toBe('AMOUNT_INVALID');
    expect(await codeOf({ quantity: '0' })).toBe('QUANTITY_INVALID');
  });

  test('given more than the fund has, when it is approved, then the approval is refused', async () => {
    const world = await guidanceWorld({}, 100n * WAN);
    const caseId = await propose(world, 'poor', 'investment.propose', { investment: investmentOf(1, 101n * WAN) });
    await agree(world, caseId);
    const shown = { caseId, ...(await shownOf(world, caseId)) };
    expect(await world.refusal('case.approve', shown, people.director)).toBe('FUNDS_INSUFFICIENT');
  });

  test('given 500万 and a fen more, when they are approved, then the larger needs the finance bureau too', async () => {
    const world = await guidanceWorld({}, 2_000n * WAN);
    const small = await approveInvestment(world, 1, 500n * WAN);
    expect((await world.read('case', small.caseId))?.approvals.map((a) => a.role)).toEqual(['director']);
    const large = await approveInvestment(world, 2, 500n * WAN + 1n);
    expect((await world.read('case', large.caseId))?.approvals.map((a) => a.role)).toEqual([
      'director',
      'finance-bureau',
    ]);
  });
});

describe('a commitment to a sub-fund', () => {
  test('given more than a fifth of the sub-fund, when it is proposed, then it is refused', async () => {
    const world = await guidanceWorld({}, 0n);
    const proposal = (changes: object) => ({
      caseId: caseIdOf('share'),
      commitment: commitmentOf(1, 200n * WAN, changes),
    });
    const given = await world.refusal('commitment.propose', proposal({ sizeFen: String(999n * WAN) }), people.officer);
    expect(given).toBe('INVESTMENT_REFUSED');
    const enough = proposal({ sizeFen: String(1_000n * WAN) });
    expect(await world.refusal('commitment.propose', enough, people.officer)).toBe('applied');
  });

  test('given a commitment, when more than a fifth of the fund would be promised in all, then what is promised counts', async () => {
    const world = await guidanceWorld({}, 0n);
    await propose(world, 'big', 'commitment.propose', { commitment: commitmentOf(1, 10_000n * WAN) });
    const more = { caseId: caseIdOf('more'), commitment: commitmentOf(1, 1n, { sizeFen: '1000000000000' }) };
    expect(await world.refusal('commitment.propose', more, people.officer)).toBe('INVESTMENT_REFUSED');
  });
});
