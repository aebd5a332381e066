import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { acquisitionMachine } from '#shared/domain/equity/acquisition.ts';
import { dividendMachine } from '#shared/domain/equity/dividend.ts';
import { exitMachine } from '#shared/domain/equity/exit.ts';
import { type HoldingState, holdingIdOf, holdingMachine } from '#shared/domain/equity/holding.ts';
import { costOf } from '#shared/domain/equity/lots.ts';
import { commitmentCallMachine, commitmentMachine } from '#shared/domain/guidance/commitment.ts';
import { distributionMachine } from '#shared/domain/guidance/distribution.ts';
import { paidInFen, totalOf } from '#shared/domain/guidance/partner.ts';
import { sumFen } from '#shared/domain/money.ts';
import { paymentMachine } from '#shared/domain/payments/payment.ts';
import { linesOf, netFen } from '#test/support/books.ts';
import { ACTS, COMPANIES, type Desk, guidanceSteps, started, take } from '#test/support/guidance-story.ts';
import { company, forkOf, WAN, type World } from '#test/support/world.ts';

/* A guidance fund's office at work, in any order: whatever is refused is refused, and the book stays what it must be. */

const PARTNERS = ['zone', 'state', 'manager'] as const;

/** What is held and on sale, at cost. */
const carryingCostFen = (holding: HoldingState): bigint => costOf(holding.lots) + holding.onSale.costFen;

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

/** States of what a guidance fund has, as the machines know them. */
const STATES = Object.entries({
  acquisition: acquisitionMachine,
  holding: holdingMachine,
  exit: exitMachine,
  dividend: dividendMachine,
  commitment: commitmentMachine,
  'commitment-call': commitmentCallMachine,
  distribution: distributionMachine,
  payment: paymentMachine,
}).flatMap(([type, { edges }]) =>
  Object.values(edges).flatMap(({ from, to }) => [...from, ...to].map((status) => `${type} ${status}`)),
);

/** Desks of an office as it was on its first day. */
const desks = async (): Promise<() => Desk> => {
  const { world, commitmentId } = await started();
  return () => ({ world: forkOf(world), cases: 0, proposed: [], commitments: [commitmentId] });
};

describe('a guidance fund’s book', () => {
  test('the stories come to something: every act ends well in some of them, and things come to every state there is', async () => {
    const newDesk = await desks();
    const done = new Map<string, number>(ACTS.map((act) => [act, 0]));
    const reached = new Set<string>();
    for (const steps of fc.sample(guidanceSteps, { seed: 20_180_301, numRuns: 120 })) {
      const desk = newDesk();
      for (const given of steps) if (await take(desk, given)) done.set(given.act, (done.get(given.act) ?? 0) + 1);
      for (const { type, fields } of desk.world.entries().flatMap((e) => e.digests ?? []))
        reached.add(`${type} ${fields['status'] ?? ''}`);
    }
    expect(ACTS.filter((act) => (done.get(act) ?? 0) < 3)).toEqual([]);
    expect(STATES.filter((state) => !reached.has(state))).toEqual([]);
  });

  test('whatever the office does, in whatever order, costs, limits, partners and book agree to the fen', async () => {
    const newDesk = await desks();
    await fc.assert(
      fc.asyncProperty(guidanceSteps, async (steps) => {
        const desk = newDesk();
        for (const given of steps) {
          await take(desk, given);
          await check(desk.world);
        }
      }),
      { numRuns: 40 },
    );
  });
});
