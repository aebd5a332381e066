import { describe, expect, test } from 'vitest';
import seed2018 from '#shared/charters/seed-2018.json' with { type: 'json' };
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { acquisitionIdOf } from '#shared/domain/equity/acquisition.ts';
import { exitIdOf } from '#shared/domain/equity/exit.ts';
import { holdingIdOf } from '#shared/domain/equity/holding.ts';
import { lastLines, linesOf, netFen } from '../../support/books.ts';
import {
  application,
  bankLine,
  changed,
  closeUntilYesterday,
  company,
  createWorld,
  documents,
  found,
  people,
  WAN,
  type World,
} from '../../support/world.ts';
import { comesFor, type DecidingStep, decided, payToday, tier, VOTERS } from '../../support/zone-case.ts';

const byDirectorAndFinance = ['director', 'finance-bureau'].map((role) => ({ role, count: 1 }));
const byFinance = [{ role: 'finance-bureau', count: 1 }];
const incubated = { rule: 'declared', key: 'incubated-here', expected: true, label: '在本园孵化' };

/** Another zone's seed fund: hardly a number in it is that of 永川. */
const other = changed(seed2018, {
  fundId: 'north-seed',
  name: { zh: '某高新区种子基金', en: 'Another Zone’s Seed Fund' },
  documentNumber: '某高新发〔2018〕1号',
  capital: {
    totalFen: '400000003',
    contributors: [
      { id: 'province', name: '省级', weight: 7 },
      { id: 'county', name: '县级', weight: 5 },
      { id: 'town', name: '镇级', weight: 1 },
    ],
    remainderTo: 'town',
  },
  account: { name: '某高新区种子基金专户', number: '955880001', bankCode: '102000000001' },
  committee: {
    members: VOTERS.map((id) => ({ id, name: id })),
    quorum: { numerator: 1, denominator: 1 },
    pass: { numerator: 1, denominator: 2 },
  },
  authority: [
    tier('loan', 20n * WAN, { review: true }),
    tier('loan', null, { committee: true, noticeWorkingDays: 3, finalApprovals: byDirectorAndFinance }),
    tier('extension', null, {}),
    tier('novation', null, {}),
    tier('write-off', null, { committee: true, finalApprovals: byFinance }),
    tier('public-equity', 10n * WAN, { finalApprovals: byFinance }),
    tier('public-equity', null, { review: true, committee: true, finalApprovals: byDirectorAndFinance }),
    tier('conversion', null, { review: true, finalApprovals: byFinance }),
    tier('exit', null, {}),
    tier('equity-write-off', null, {}),
    tier('refund', null, { finalApprovals: byFinance }),
    tier('charter', null, { committee: true }),
  ],
  lending: {
    maxPerEnterpriseFen: String(45n * WAN),
    minTermMonths: 12,
    maxTermMonths: 24,
    penaltyDailyRate: '0.0007',
    repaymentOrder: 'penalty-first',
    eligibility: [incubated],
    documents: { company: ['plan'], team: [] },
  },
  equity: {
    maxPerEnterpriseFen: String(120n * WAN),
    maxShare: { numerator: 1, denominator: 4 },
    furtherPurchases: true,
    noDividendYears: 2,
    eligibility: [incubated],
    documents: ['plan'],
    exit: {
      order: ['shareholders', 'founders'],
      steps: [
        { withinYears: 1, price: 'cost' },
        { withinYears: 4, price: 'cost-plus-interest' },
        { withinYears: null, price: 'appraisal' },
      ],
      annualRate: '0.06',
      appraisalMaxAgeMonths: 6,
    },
  },
  conversion: {
    maxShare: { numerator: 3, denominator: 10 },
    maxPerEnterpriseFen: '42324000',
    appraisalMaxAgeMonths: 3,
    floorDiscount: '0.5',
    includePenalty: true,
    documents: ['valuation'],
  },
  classification: { specialMentionOverDays: 10, substandardOverDays: 60, doubtfulOverDays: 150, lossOverDays: 300 },
  accounting: {
    equityAccount: '4001',
    voucherTypes: 'receipt-payment-transfer',
    provision: { normal: '0.015', specialMention: '0.03', substandard: '0.3', doubtful: '0.6', loss: '1' },
  },
});

/** The fund's office, and the loans that are out. */
interface Zone {
  readonly world: World;
  readonly loanIds: string[];
}

/** Moves on to the morning of a day; every day before it is closed. */
const goTo = async ({ world, loanIds }: Zone, date: string): Promise<void> => {
  world.clock.set(date);
  await closeUntilYesterday(world, loanIds);
};

const call = async (world: World, n: number, amountFen: bigint): Promise<readonly bigint[]> => {
  const callId = `CC-00000000000${n}`;
  const notice = { amountFen: String(amountFen), dueOn: '2018-04-01', documentNumber: `出资通知${n}号` };
  await world.run('capital.call', { callId, ...notice }, people.director);
  const { parts = [] } = (await world.read('call', callId)) ?? {};
  for (const { contributor, amountFen: partFen } of parts)
    await world.run('capital.receive', { callId, contributor, line: lineOf(world, 'credit', partFen) });
  return parts.map((p) => p.amountFen);
};

const lineOf = (world: World, side: 'credit' | 'debit', amountFen: bigint) =>
  bankLine(side, amountFen, world.clock.today());

/** What this zone asks of an applicant. */
const asked = { declarations: { 'incubated-here': true }, documents: documents('plan') };

/** Lends to the n-th company for so many months. */
const lend = async ({ world, loanIds }: Zone, n: number, amountFen: bigint, months: number, ...by: DecidingStep[]) => {
  const terms = application(n, amountFen, { termMonths: months, ...asked });
  const caseId = await decided(world, 'loan.apply', `loan ${n}`, { application: terms }, ...by);
  const signed = { contractNumber: `借${n}`, contractSha256: '0'.repeat(64), signedOn: world.clock.today() };
  await world.run('loan.contract', { caseId, ...signed }, people.treasurer);
  const loanId = caseId.replace('CS-', 'LN-');
  await world.run('loan.instruct', { loanId });
  await world.run('payment.settle', { paymentId: `${loanId}-P1`, line: lineOf(world, 'debit', amountFen) });
  loanIds.push(loanId);
  return loanId;
};

/** Signs an acquisition that was decided on, pays for it where there is something to pay, and has it registered. */
const acquire = async (world: World, caseId: string): Promise<string> => {
  const acquisitionId = acquisitionIdOf(caseId);
  const today = world.clock.today();
  const signed = { contractNumber: `股${caseId}`, contractSha256: '0'.repeat(64), signedOn: today };
  await world.run('acquisition.contract', { acquisitionId, ...signed }, people.officer);
  const { payId } = (await world.read('acquisition', acquisitionId)) ?? {};
  if (payId !== undefined) await payToday(world, payId);
  const notice = { registeredOn: today, noticeSha256: '0'.repeat(64) };
  await world.run('acquisition.register', { acquisitionId, ...notice }, people.officer);
  return acquisitionId;
};

/** Takes a share of the third company. */
const take = async (world: World, name: string, amountFen: bigint, quantity: string, ...by: DecidingStep[]) => {
  const equity = {
    applicant: company(3),
    amountFen: String(amountFen),
    shareClass: 'ordinary',
    quantity,
    totalQuantity: '1000000',
    payee: application(3, 1n).payee,
    ...asked,
  };
  await acquire(world, await decided(world, 'public-equity.propose', name, { equity }, ...by));
};

const sale = (n: number, quantity: string, proceedsFen: bigint, changes: object = {}) => ({
  exit: {
    holdingId: holdingIdOf(company(n).id, 'ordinary'),
    quantity,
    method: 'transfer',
    buyer: '某公司',
    proceedsFen: String(proceedsFen),
    priceBasis: '按章程',
    documents: [],
    ...changes,
  },
});

/** Gives money back to the three contributors, and pays it. */
const giveBack = async (world: World, name: string, amountFen: bigint): Promise<readonly bigint[]> => {
  const payees = other.capital.contributors.map((c) => ({
    contributor: c.id,
    account: { name: c.name, number: '622200000077', bankCode: '102000000001' },
  }));
  const refund = { amountFen: String(amountFen), basis: 'run-off', documentNumber: name, payees };
  const caseId = await decided(world, 'capital.propose-refund', name, { refund }, 'finance-bureau');
  const { parts = [] } = (await world.read('refund', caseId.replace('CS', 'RF'))) ?? {};
  for (const { payId } of parts) await payToday(world, payId);
  return parts.map((p) => p.amountFen);
};

const refusedIs = (world: World, kind: Parameters<World['run']>[0], payload: object) =>
  world.refusal(kind, { caseId: 'CS-0000000REFUS', ...payload }, people.officer);

const headOf = async (world: World) => (await world.ledger.load(world.fundId, [])).head;

/** Debit less credit of an account by contributor. */
const byContributor = (world: World) =>
  other.capital.contributors.map(({ id }) =>
    netDebitFen(
      linesOf(world).filter((l) => l.dims?.contributor === id),
      '4001',
    ),
  );

describe('a second zone’s seed fund, by data alone', () => {
  const open = async (): Promise<Zone> => {
    const world = createWorld('2018-03-01', undefined, 'north-seed');
    await found(world, other);
    return { world, loanIds: [] };
  };

  test('given other sources, limits, prices and people, then its money goes its whole way, to the last fen', async () => {
    const zone = await open();
    const { world } = zone;
    // 4,000,000.03 yuan by 7 : 5 : 1, called in two pieces: the second takes what is left of each.
    expect(await call(world, 1, 250_000_000n)).toEqual([134_615_384n, 96_153_846n, 19_230_770n]);
    expect(await call(world, 2, 150_000_003n)).toEqual([80_769_233n, 57_692_309n, 11_538_461n]);
    const paidIn = [215_384_617n, 153_846_155n, 30_769_231n];
    expect(byContributor(world)).toEqual(paidIn.map((fen) => -fen));

    // A small loan needs a review and the director; a large one the committee, a notice, and two approvals.
    const small = await lend(zone, 1, 20n * WAN, 12, 'review', 'director');
    const large: DecidingStep[] = ['vote-a', 'vote-b', 'vote-c', 'notice', 'director', 'finance-bureau'];
    const second = await lend(zone, 2, 40n * WAN, 24, ...large);
    expect(world.clock.today()).toBe('2018-03-07');
    const fourth = await lend(zone, 4, 45n * WAN, 12, ...large);
    expect(world.clock.today()).toBe('2018-03-13');
    await goTo(zone, '2018-04-02');
    await take(
      world,
      'first share',
      100n * WAN,
      '240000',
      'review',
      'vote-a',
      'vote-b',
      'vote-c',
      'director',
      'finance-bureau',
    );
    await goTo(zone, '2018-07-02');
    await take(world, 'more of it', 5n * WAN, '10000', 'finance-bureau');
    expect((await headOf(world)).bankFen).toBe(400_000_003n - 210n * WAN);
    // 1.5% of 105万 lent.
    expect(netFen(world, '1304')).toBe(-1_575_000n);

    // The small loan comes thirty days late: 200,000 yuan × 30 × 0.0007 = 4,200 first, and that much of it stays open for a day.
    await goTo(zone, '2019-03-31');
    await world.run('loan.repay', { loanId: small, line: lineOf(world, 'credit', 20n * WAN) });
    expect(lastLines(world, 'loan.repaid')).toContain('credit 6011 420000');
    await goTo(zone, '2019-04-01');
    await world.run('loan.repay', { loanId: small, line: lineOf(world, 'credit', 420_294n) });
    expect(await world.read('loan', small)).toMatchObject({ status: 'repaid', provisionFen: 0n });
    expect(netFen(world, '6011')).toBe(-420_294n);

    // The fourth company's loan is lost: after 300 days by this zone's rules, and 10,000.01 yuan of it come later.
    await goTo(zone, '2020-01-09');
    expect(await world.read('loan', fourth)).toMatchObject({ grade: 'loss', provisionFen: 45n * WAN });
    const writeOff = {
      content: { subject: 'write-off', writeOff: { loanId: fourth, reason: '企业注销', documents: [] } },
    };
    await decided(world, 'loan.propose-write-off', 'lost', writeOff, 'vote-a', 'vote-b', 'vote-c', 'finance-bureau');
    await world.run('loan.repay', { loanId: fourth, line: lineOf(world, 'credit', 1_000_001n) });
    expect(await world.read('loan', fourth)).toMatchObject({ status: 'written-off', recoveredFen: 1_000_001n });

    // Two years without dividends, not three.
    const dividend = {
      dividendId: 'DV-000000000001',
      holdingId: holdingIdOf(company(3).id, 'ordinary'),
      incomeFen: String(3n * WAN),
      capitalFen: '0',
      documentNumber: '股东会1号',
      documentSha256: '0'.repeat(64),
    };
    await goTo(zone, '2020-04-02');
    const early = { ...dividend, declaredOn: '2020-04-01' };
    expect(await world.refusal('dividend.declare', early, people.accountant)).toBe('DIVIDEND_WAIVED');
    await world.run('dividend.declare', { ...dividend, declaredOn: '2020-04-02' }, people.accountant);
    await comesFor(world, 'DV-000000000001', 3n * WAN);

    // The second company's loan, 83 days overdue on 2020-05-31, becomes a share with its penalty of 400,000 × 83 × 0.0007 yuan:
    // 423,240 at 1.2 million for 3 million shares, half the price of the last round, 1,058,100 shares, 26.07% of the whole.
    await goTo(zone, '2020-06-01');
    const conversion = {
      loanId: second,
      principalFen: String(40n * WAN),
      penaltyFen: '2324000',
      appraisal: { reportNumber: '某评〔2020〕1号', appraisedOn: '2020-03-01', preMoneyFen: String(120n * WAN) },
      fullyDiluted: '3000000',
      shareClass: 'ordinary',
      lastRound: { postMoneyFen: String(200n * WAN), totalQuantity: '2500000' },
      documents: documents('valuation'),
    };
    const cheaper = { ...conversion, appraisal: { ...conversion.appraisal, preMoneyFen: String(120n * WAN - 1n) } };
    expect(await refusedIs(world, 'conversion.propose', { conversion: cheaper })).toBe('PRICE_BELOW_FLOOR');
    const converted = await decided(
      world,
      'conversion.propose',
      'conversion',
      { conversion },
      'review',
      'finance-bureau',
    );
    await world.run('conversion.book', { acquisitionId: await acquire(world, converted) }, people.accountant);
    expect(lastLines(world, 'loan.converted')).toEqual([
      'debit 1101.01 42324000',
      'debit 1304 12000000',
      'credit 1303.02 40000000',
      'credit 6011 2324000',
      'credit 6111 12000000',
    ]);

    // The other share is sold before its fourth year, at cost and 6%: 1064 days of 100万 and 973 days of 5万. Here the founders
    // come after the other shareholders.
    await goTo(zone, '2021-03-01');
    const priceFen = 105n * WAN + 17_490_411n + 799_726n;
    const toFounders = { buyerClass: 'founders', documents: documents('waiver-shareholders') };
    const tooCheap = sale(3, '250000', priceFen - 1n, toFounders);
    expect(await refusedIs(world, 'exit.propose', tooCheap)).toBe('PRICE_TOO_LOW');
    const noWaiver = sale(3, '250000', priceFen, { buyerClass: 'founders' });
    expect(await refusedIs(world, 'exit.propose', noWaiver)).toBe('PRE_EMPTION_OPEN');
    const sold = await decided(world, 'exit.propose', 'sold', sale(3, '250000', priceFen, toFounders), 'director');
    await comesFor(world, exitIdOf(sold), priceFen);

    // Its second version winds the fund down: what there is goes back by source and ratio.
    await goTo(zone, '2023-01-04');
    const windingDown = changed(other, { version: 2, effectiveFrom: '2023-01-04', recovered: 'return' });
    await decided(
      world,
      'charter.propose',
      'run-off',
      { charter: windingDown },
      'vote-a',
      'vote-b',
      'vote-c',
      'director',
    );
    const anew = { application: application(5, WAN, { termMonths: 12, ...asked }) };
    expect(await refusedIs(world, 'loan.apply', anew)).toBe('FUND_RUNNING_OFF');
    expect(await giveBack(world, '退一号', 300_000_001n)).toEqual([161_538_462n, 115_384_615n, 23_076_924n]);

    // The converted share goes last, after four years, for what an appraiser says.
    await goTo(zone, '2024-07-01');
    const appraisal = { reportNumber: '某评〔2024〕2号', appraisedOn: '2024-01-01', valueFen: String(50n * WAN) };
    const last = sale(2, '1058100', 50n * WAN, { buyerClass: 'shareholders', appraisal });
    await comesFor(world, exitIdOf(await decided(world, 'exit.propose', 'last', last, 'director')), 50n * WAN);
    const { bankFen, heldFen, inTransitFen } = await headOf(world);
    // 400,000,003 + penalty 420,294 − lost 45,000,000 + recovered 1,000,001 + dividend 3,000,000 + gains 18,290,137 and 10,000,000.
    expect({ bankFen: bankFen + 300_000_001n, heldFen, inTransitFen }).toEqual({
      bankFen: 387_710_435n,
      heldFen: 0n,
      inTransitFen: 0n,
    });
    expect(await giveBack(world, '退二号', bankFen)).toEqual([47_228_695n, 33_734_783n, 6_746_956n]);

    // The fund is empty; each has lost its part of 122,895.68 yuan, within a fen of 7 : 5 : 1.
    expect(byContributor(world)).toEqual([-6_617_460n, -4_726_757n, -945_351n]);
    for (const account of ['1002', '1101.01', '1131', '1303.01', '1303.02', '1304', '2241'] as const)
      expect([account, netFen(world, account)]).toEqual([account, 0n]);
    expect(netFen(world, '6011') + netFen(world, '6111') + netFen(world, '6702')).toBe(12_289_568n);
    expect(netDebitFen(linesOf(world))).toBe(0n);
    expect(await headOf(world)).toMatchObject({ bankFen: 0n, heldFen: 0n, inTransitFen: 0n, paidInFen: 12_289_568n });
    const types = new Set(world.entries().flatMap((e) => (e.voucher === undefined ? [] : [e.voucher.type])));
    expect(types).toEqual(new Set(['收', '付', '转']));
  });

  test.each([
    ['more than its limit', { amountFen: String(45n * WAN + 1n) }, 'ENTERPRISE_LIMIT_EXCEEDED'],
    ['for longer than its terms', { termMonths: 25 }, 'TERM_OUT_OF_RANGE'],
    ['for shorter than its terms', { termMonths: 11 }, 'TERM_OUT_OF_RANGE'],
    ['by a firm that is not in its incubator', { declarations: { 'incubated-here': false } }, 'NOT_ELIGIBLE'],
    ['without its plan', { documents: documents('business-plan') }, 'DOCUMENTS_MISSING'],
  ])('given a loan asked for %s, then it is refused', async (_, changes, code) => {
    const { world } = await open();
    const terms = application(1, 45n * WAN, { termMonths: 24, ...asked, ...changes });
    expect(await refusedIs(world, 'loan.apply', { application: terms })).toBe(code);
  });
});
