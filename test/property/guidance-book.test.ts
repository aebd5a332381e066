import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { type HoldingState, holdingIdOf } from '#shared/domain/equity/holding.ts';
import { costOf } from '#shared/domain/equity/lots.ts';
import { formatQuantity, type Quantity } from '#shared/domain/equity/quantity.ts';
import { paidInFen, totalOf } from '#shared/domain/guidance/partner.ts';
import { sumFen } from '#shared/domain/money.ts';
import { isFundError } from '#shared/errors/fund-error.ts';
import { linesOf, netFen } from '#test/support/books.ts';
import {
  accountant,
  agree,
  approve,
  approveCall,
  approveDistribution,
  commit,
  guidanceWorld,
  HASH,
  invest,
  investmentOf,
  pay,
  payIn,
  propose,
  receive,
  WAN,
} from '#test/support/guidance-world.ts';
import { company, forkOf, people, type World } from '#test/support/world.ts';

/* A guidance fund's office at work, in any order: whatever is refused is refused, and the book stays what it must be. */

const COMPANIES = [1, 2, 3, 4] as const;
const SECTORS = ['robots', 'machine-tools', 'catering'] as const;
const PARTNERS = ['zone', 'state', 'manager'] as const;

/** Limits that a few investments run into. */
const RULES = {
  capital: { totalFen: String(2_000n * WAN) },
  limits: { singleInvestee: { numerator: 30, denominator: 100 }, shareOfSubFund: { numerator: 1, denominator: 1 } },
};

/** What is held and on sale, at cost. */
const carryingCostFen = (holding: HoldingState): bigint => costOf(holding.lots) + holding.onSale.costFen;

const step = fc.record({
  act: fc.constantFrom(
    'pay-in',
    'invest',
    'leave',
    'propose',
    'withdraw',
    'commit',
    'call',
    'sell',
    'offer',
    'dividend',
    'write-off',
    'distribute',
    'cancel-payment',
    'give-back',
  ),
  company: fc.constantFrom(...COMPANIES),
  size: fc.integer({ min: 1, max: 1000 }),
  days: fc.integer({ min: 0, max: 90 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What the office remembers to go on with. */
interface Desk {
  readonly world: World;
  cases: number;
  readonly proposed: string[];
  readonly commitments: string[];
}

const sectorOf = (n: number): string => SECTORS[n % SECTORS.length] ?? 'robots';
const wholes = (size: number): bigint => BigInt(size) * WAN + BigInt(size % 7);
const dealOf = (n: number) => ({ sector: sectorOf(n), totalQuantity: '100000000000' });

const heldOf = async (world: World, n: number) => {
  const shares = holdingIdOf(company(n).id, 'ordinary');
  const interest = holdingIdOf(company(n).id, 'interest');
  const id = (await world.read('holding', shares)) === undefined ? interest : shares;
  return { id, holding: await world.read('holding', id) };
};

const someOf = (whole: Quantity, size: number): Quantity => (whole * BigInt(size)) / 1000n || 1n;

const offer = async (desk: Desk, { company: n, size }: Step): Promise<string> => {
  const { id, holding } = await heldOf(desk.world, n);
  const whole = (holding?.lots ?? []).filter((l) => l.registered).reduce((sum, l) => sum + l.quantity, 0n);
  const exit = {
    holdingId: id,
    quantity: formatQuantity(someOf(whole, size)),
    method: 'transfer',
    buyer: '某集团',
    proceedsFen: String(wholes(size)),
    priceBasis: '评估报告',
    documents: [],
  };
  const caseId = await propose(desk.world, `exit ${desk.cases}`, 'exit.propose', { exit });
  await approve(desk.world, caseId);
  return caseId.replace('CS-', 'EX-');
};

const lastPayment = (world: World, status: string): string | undefined => {
  const digests = world
    .entries()
    .flatMap((e) => e.digests ?? [])
    .filter((d) => d.type === 'payment');
  const last = new Map(digests.map((d) => [d.id, d.fields['status']]));
  return [...last].findLast(([, found]) => found === status)?.[0];
};

const acts: Readonly<Record<Step['act'], (desk: Desk, step: Step) => Promise<unknown>>> = {
  'pay-in': ({ world }, { size }) => payIn(world, wholes(size)),
  invest: ({ world }, { company: n, size }) => invest(world, n, wholes(size), dealOf(n)),
  // An approved case whose money nobody asks for.
  leave: async (desk, { company: n, size }) => {
    const payload = { investment: investmentOf(n, wholes(size), dealOf(n)) };
    await approve(desk.world, await propose(desk.world, `left ${desk.cases}`, 'investment.propose', payload));
  },
  propose: async (desk, { company: n, size }) => {
    const payload = { investment: investmentOf(n, wholes(size), dealOf(n)) };
    desk.proposed.push(await propose(desk.world, `proposed ${desk.cases}`, 'investment.propose', payload));
  },
  withdraw: async ({ world, proposed }) => {
    const caseId = proposed.pop();
    if (caseId !== undefined) await world.run('case.withdraw', { caseId, reason: '撤回' }, people.officer);
  },
  commit: async ({ world, commitments }, { company: n, size }) => {
    commitments.push(await commit(world, n, wholes(size), { sector: sectorOf(n) }));
  },
  call: async ({ world, commitments }, { size }) => {
    const commitmentId = commitments[size % Math.max(1, commitments.length)];
    if (commitmentId !== undefined) await pay(world, (await approveCall(world, commitmentId, wholes(size))).payId);
  },
  sell: async (desk, given) => receive(desk.world, await offer(desk, given), wholes(given.size)),
  offer,
  dividend: async (desk, { company: n, size }) => {
    const { id } = await heldOf(desk.world, n);
    const dividendId = `DV-${String(desk.cases).padStart(12, '0')}`;
    const amounts = { incomeFen: String(wholes(size)), capitalFen: String(wholes(size) / 3n) };
    const resolution = { declaredOn: desk.world.clock.today(), documentNumber: '决议', documentSha256: HASH };
    await desk.world.run('dividend.declare', { dividendId, holdingId: id, ...amounts, ...resolution }, accountant);
    await receive(desk.world, dividendId, wholes(size));
  },
  'write-off': async (desk, { company: n }) => {
    const { id } = await heldOf(desk.world, n);
    const writeOff = { writeOff: { holdingId: id, reason: '破产', documents: [] } };
    const caseId = await propose(desk.world, `loss ${desk.cases}`, 'holding.propose-write-off', writeOff);
    await agree(desk.world, caseId);
    await approve(desk.world, caseId);
  },
  distribute: async ({ world }, { size }) => {
    const { payIds } = await approveDistribution(world, wholes(size), { final: size % 5 === 0 });
    for (const payId of [...payIds.values()].slice(0, size % 4)) await pay(world, payId);
  },
  'cancel-payment': async ({ world }) => {
    const payId = lastPayment(world, 'held');
    if (payId !== undefined) await world.run('payment.cancel', { payId, reason: '改期' }, people.director);
  },
  'give-back': async ({ world }) => {
    const payId = lastPayment(world, 'settled');
    const payment = payId === undefined ? undefined : await world.read('payment', payId);
    if (payId === undefined || payment === undefined) return;
    const day = world.clock.today();
    const line = {
      side: 'credit',
      amountFen: String(payment.amountFen),
      bookedOn: day,
      reference: `${payId} ${payment.attempt}`,
      payer: '某单位',
      payerAccount: '1',
      remittance: '',
    };
    await world.run('payment.give-back', { paymentId: `${payId}-P${payment.attempt}`, line });
  },
};

/** Everything that must hold of the book, whatever has happened. */
const check = async (world: World): Promise<void> => {
  expect(netDebitFen(linesOf(world))).toBe(0n);
  const { head } = await world.ledger.load(world.fundId, []);
  const portfolio = (await world.read('portfolio', 'all')) ?? { exposureFen: 0n, costFen: 0n, sectors: {} };

  const ids = COMPANIES.flatMap((n) => ['ordinary', 'interest'].map((c) => holdingIdOf(company(n).id, c)));
  const holdings = await Promise.all(ids.map((id) => world.read('holding', id)));
  for (const [i, holding] of holdings.entries())
    if (holding !== undefined)
      expect(netFen(world, '1101.01', ids[i])).toBe(await booked(world, ids[i] ?? '', holding));
  expect(portfolio.costFen).toBe(sumFen(holdings.flatMap((h) => (h === undefined ? [] : [carryingCostFen(h)]))));

  const enterprises = await Promise.all(COMPANIES.map((n) => world.read('enterprise', company(n).id)));
  const exposures = enterprises.map((e) => e?.equity?.exposureFen ?? 0n);
  expect(sumFen(exposures)).toBe(portfolio.exposureFen);
  expect(sumFen(Object.values(portfolio.sectors))).toBe(portfolio.exposureFen);
  for (const fen of exposures) expect(fen >= 0n && fen <= 600n * WAN).toBe(true);
  for (const id of ['robots', 'machine-tools']) expect(portfolio.sectors[id] ?? 0n).toBeLessThanOrEqual(1_000n * WAN);
  expect(portfolio.sectors['catering'] ?? 0n).toBeLessThanOrEqual(800n * WAN);

  const partners = await Promise.all(PARTNERS.map((id) => world.read('partner', id)));
  for (const [i, partner] of partners.entries()) {
    if (partner === undefined) continue;
    const lines = linesOf(world).filter((l) => l.dims?.contributor === PARTNERS[i]);
    const capitalFen = sumFen(partner.distributed.map((d) => d.capitalFen));
    expect(-netDebitFen(lines, '4001')).toBe(paidInFen(partner) - capitalFen);
    const profitFen = sumFen(partner.distributed.map(totalOf)) - capitalFen;
    expect(netDebitFen(lines, '4104')).toBe(profitFen - partner.clawbackDueFen);
  }
  expect(-netFen(world, '4001')).toBe(head.paidInFen);
};

/** What a holding stands at in 1101.01: its cost, and what is on its way to it. */
const booked = async (world: World, id: string, holding: HoldingState): Promise<bigint> => {
  const digests = world
    .entries()
    .flatMap((e) => e.digests ?? [])
    .filter((d) => d.type === 'payment');
  const underWay = await Promise.all(
    [...new Set(digests.map((d) => d.id))].map((payId) => world.read('payment', payId)),
  );
  return underWay
    .flatMap((p) => (p?.status === 'instructed' || p?.status === 'unknown' ? p.debits : []))
    .filter((l) => l.account === '1101.01' && l.dims?.instrument === id)
    .reduce((sum, l) => sum + l.amountFen, carryingCostFen(holding));
};

/** An office that holds shares of two enterprises and an interest in a sub-fund. */
const started = async (): Promise<{ world: World; commitmentId: string }> => {
  const world = await guidanceWorld(RULES, 1_500n * WAN);
  for (const n of [1, 2]) await invest(world, n, 150n * WAN + BigInt(n), dealOf(n));
  const commitmentId = await commit(world, 3, 300n * WAN, { sector: sectorOf(3) });
  await pay(world, (await approveCall(world, commitmentId, 100n * WAN)).payId);
  return { world, commitmentId };
};

describe('a guidance fund’s book', () => {
  test('whatever the office does, in whatever order, costs, limits, partners and book agree to the fen', async () => {
    const { world, commitmentId } = await started();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const desk: Desk = { world: forkOf(world), cases: 0, proposed: [], commitments: [commitmentId] };
        for (const given of steps) {
          desk.cases += 1;
          desk.world.clock.set(addDays(desk.world.clock.today(), given.days));
          try {
            await acts[given.act](desk, given);
          } catch (error) {
            if (!isFundError(error)) throw error;
          }
          await check(desk.world);
        }
      }),
      { numRuns: 40 },
    );
  });
});
