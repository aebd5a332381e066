import { describe, expect, test } from 'vitest';
import { parseDate } from '#shared/domain/calendar.ts';
import type { WaterfallTerms } from '#shared/domain/charter/guidance.ts';
import { EMPTY_PARTNER, type PartnerState, type Share, totalOf } from '#shared/domain/guidance/partner.ts';
import { type Distributed, distribute } from '#shared/domain/guidance/waterfall.ts';

const terms: WaterfallTerms = {
  hurdle: { annualRate: '0.08', compounding: 'annual-30e/360' },
  carry: '0.2',
  catchUp: '1',
  escrow: '0',
  clawback: true,
  concession: null,
};

const day = (text: string) => parseDate(text);

const paid = (...flows: readonly (readonly [string, bigint])[]): PartnerState => ({
  ...EMPTY_PARTNER,
  paidIn: flows.map(([on, amountFen]) => ({ on: day(on), amountFen })),
});

const run = (
  partners: Record<string, PartnerState>,
  amountFen: bigint,
  on: string,
  changes: { terms?: Partial<WaterfallTerms>; final?: boolean; concede?: boolean } = {},
): Distributed =>
  distribute(
    {
      terms: { ...terms, ...changes.terms },
      manager: 'gp',
      government: ['gov'],
      partners: new Map(Object.entries(partners)),
    },
    { amountFen, on: day(on), final: changes.final ?? false, concede: changes.concede ?? false },
  );

const shareOf = ({ shares }: Distributed, id: string): Share => {
  const found = shares.find((s) => s.contributor === id);
  if (found === undefined) throw new Error(`no share of ${id}`);
  return found;
};

const given = (before: Record<string, PartnerState>, d: Distributed, on: string): Record<string, PartnerState> =>
  Object.fromEntries(
    Object.entries(before).map(([id, p]) => {
      const { contributor: _, ...share } = shareOf(d, id);
      const escrowFen = id === 'gp' ? d.escrowFen : 0n;
      return [id, { ...p, escrowFen, distributed: [...p.distributed, { ...share, on: day(on) }] }];
    }),
  );

describe('the European waterfall', () => {
  const golden = { gov: paid(['2019-01-01', 100_000_000n]), gp: EMPTY_PARTNER };

  test('given 100 paid in and 200 after five years at 8%, then preference, catch-up and split are those of the book', () => {
    const result = run(golden, 200_000_000n, '2024-01-01');
    expect(shareOf(result, 'gov')).toMatchObject({
      capitalFen: 100_000_000n,
      hurdleFen: 46_932_808n,
      catchUpFen: 0n,
      splitFen: 33_067_192n,
    });
    expect(shareOf(result, 'gp')).toMatchObject({
      catchUpFen: 11_733_202n,
      splitFen: 8_266_798n,
      carryFen: 20_000_000n,
    });
    expect(totalOf(shareOf(result, 'gov'))).toBe(180_000_000n);
    expect(totalOf(shareOf(result, 'gp'))).toBe(20_000_000n);
  });

  test.each([
    ['annual-30e/360', '2024-01-01', 46_932_808n],
    ['annual-actual/365', '2023-12-31', 46_932_808n],
    // 1.08^(1826/365) and (1 + 0.08/365)^1826, reckoned apart with fifty digits.
    ['annual-actual/365', '2024-01-01', 46_963_792n],
    ['daily-actual/365', '2024-01-01', 49_208_627n],
  ] as const)('given compounding %s until %s, then the preferred return is %s', (compounding, on, hurdleFen) => {
    const hurdle = { annualRate: '0.08', compounding };
    const result = run(golden, 100_000_000_000n, on, { terms: { hurdle } });
    expect(shareOf(result, 'gov').hurdleFen).toBe(hurdleFen);
  });

  test('given less than was paid in, then it is capital, pro rata, and nothing else', () => {
    const partners = {
      gov: paid(['2019-01-01', 60n]),
      lp: paid(['2019-01-01', 39n]),
      gp: paid(['2019-01-01', 1n]),
    };
    const result = run(partners, 50n, '2024-01-01');
    expect(result.shares.map((s) => [s.contributor, s.capitalFen, totalOf(s)])).toEqual([
      ['gov', 30n, 30n],
      ['lp', 20n, 20n],
      ['gp', 0n, 0n],
    ]);
  });

  test('given contributions on two days, then each has its preferred return from its own day', () => {
    const late = { gov: paid(['2019-01-01', 100_000n], ['2020-01-01', 100_000n]), gp: EMPTY_PARTNER };
    // 100000 × (1.08² + 1.08) − 200000
    expect(shareOf(run(late, 224_640n, '2021-01-01'), 'gov')).toMatchObject({
      capitalFen: 200_000n,
      hurdleFen: 24_640n,
    });
  });

  test('given a partner paid in full, then nothing grows on it any more', () => {
    const on = '2020-07-17';
    const owed = shareOf(run(golden, 1_000_000_000n, on), 'gov').hurdleFen;
    const exactly = run(golden, 100_000_000n + owed, on);
    const later = run(given(golden, exactly, on), 1_000n, '2030-01-01');
    expect(shareOf(later, 'gov')).toMatchObject({ capitalFen: 0n, hurdleFen: 0n });
  });

  test('given two distributions instead of one on the same day, then all get the same in the end', () => {
    const on = '2024-01-01';
    for (const firstFen of [1n, 99_999_999n, 120_000_001n, 150_000_000n, 175_000_001n]) {
      const first = run(golden, firstFen, on);
      const second = run(given(golden, first, on), 200_000_000n - firstFen, on);
      for (const [id, fen] of [
        ['gov', 180_000_000n],
        ['gp', 20_000_000n],
      ] as const) {
        const got = totalOf(shareOf(first, id)) + totalOf(shareOf(second, id));
        expect(got - fen).toBeGreaterThanOrEqual(-1n);
        expect(got - fen).toBeLessThanOrEqual(1n);
      }
    }
  });

  test('given a catch-up of a half, then the others share in that tier until the manager has its fifth', () => {
    const result = run(golden, 1_000_000_000n, '2024-01-01', { terms: { catchUp: '0.5' } });
    const gp = shareOf(result, 'gp');
    expect(gp.catchUpFen).toBe(15_644_269n);
    expect(shareOf(result, 'gov').catchUpFen).toBe(15_644_269n);
    expect(totalOf(gp)).toBe(179_999_999n);
  });

  test('given no catch-up, then the manager has a fifth of what is above the preferred return', () => {
    const result = run(golden, 200_000_000n, '2024-01-01', { terms: { catchUp: '0' } });
    expect(totalOf(shareOf(result, 'gp'))).toBe(10_613_438n);
  });
});

describe('让利', () => {
  const partners = {
    gov: paid(['2019-01-01', 60_000_000n]),
    lp: paid(['2019-01-01', 40_000_000n]),
    gp: EMPTY_PARTNER,
  };
  const concession = {
    fraction: '0.5',
    to: [
      { contributor: 'lp', weight: 4 },
      { contributor: 'gp', weight: 1 },
    ],
    targets: ['return-investment'],
  };

  test('given targets met, then half of the government’s gain above the hurdle goes to the others, and no more', () => {
    const without = run(partners, 200_000_000n, '2024-01-01', { terms: { concession } });
    const result = run(partners, 200_000_000n, '2024-01-01', { terms: { concession }, concede: true });
    const gov = shareOf(result, 'gov');
    expect(gov.concededFen).toBe(-(gov.catchUpFen + gov.splitFen) / 2n);
    expect(shareOf(result, 'lp').concededFen + shareOf(result, 'gp').concededFen).toBe(-gov.concededFen);
    expect(shareOf(result, 'gp').concededFen * 4n - shareOf(result, 'lp').concededFen).toBeLessThanOrEqual(4n);
    expect(gov).toMatchObject({
      capitalFen: shareOf(without, 'gov').capitalFen,
      hurdleFen: shareOf(without, 'gov').hurdleFen,
    });
  });

  test('given nothing above the hurdle, then nothing is conceded', () => {
    const result = run(partners, 140_000_000n, '2024-01-01', { terms: { concession }, concede: true });
    expect(result.shares.map((s) => s.concededFen)).toEqual([0n, 0n, 0n]);
  });
});

describe('carry that stays or comes back', () => {
  const start = { gov: paid(['2019-01-01', 100_000_000n]), gp: EMPTY_PARTNER };
  const escrow = { terms: { escrow: '0.3' } };

  test('given an escrow of three tenths, then it is kept until the last distribution', () => {
    const first = run(start, 200_000_000n, '2024-01-01', escrow);
    expect(first.escrowFen).toBe(6_000_000n);
    const last = run(given(start, first, '2024-01-01'), 10_000_000n, '2024-01-01', { ...escrow, final: true });
    expect(last).toMatchObject({ escrowFen: 0n, clawbackDueFen: 0n });
    expect(shareOf(last, 'gp')).toMatchObject({ carryFen: 2_000_000n, clawbackFen: 0n });
  });

  test('given money called and lost after carry was paid, then escrow goes to the partners and the rest must be paid back', () => {
    const first = run(start, 200_000_000n, '2024-01-01', escrow);
    const afterFirst = given(start, first, '2024-01-01');
    const called = {
      ...afterFirst,
      gov: { ...afterFirst.gov, paidIn: [...start.gov.paidIn, { on: day('2024-01-01'), amountFen: 50_000_000n }] },
    } as Record<string, PartnerState>;
    const last = run(called, 10_000_000n, '2025-01-01', { ...escrow, final: true });
    // 54,000,000 are owed at the hurdle, 10,000,000 come: more is lacking than all the carry there was.
    expect(shareOf(last, 'gov')).toMatchObject({ capitalFen: 16_000_000n, hurdleFen: 0n });
    expect(shareOf(last, 'gp')).toMatchObject({ clawbackFen: -6_000_000n });
    expect(last.clawbackDueFen).toBe(14_000_000n);
    expect(last.shares.reduce((sum, s) => sum + totalOf(s), 0n)).toBe(10_000_000n);
  });

  test('given the same without a clawback in the terms, then the manager keeps its carry', () => {
    const first = run(start, 200_000_000n, '2024-01-01', escrow);
    const called = given(start, first, '2024-01-01');
    const more = { ...called, lp: paid(['2024-01-01', 50_000_000n]) };
    const last = run(more, 0n, '2025-01-01', { terms: { escrow: '0.3', clawback: false }, final: true });
    expect(last).toMatchObject({ escrowFen: 0n, clawbackDueFen: 0n });
  });

  test('given a manager told to pay back already, then it is not told twice', () => {
    const first = run(start, 200_000_000n, '2024-01-01');
    const afterFirst = given(start, first, '2024-01-01');
    const called: Record<string, PartnerState> = { ...afterFirst, lp: paid(['2024-01-01', 10_000_000n]) };
    const last = run(called, 0n, '2024-01-01', { final: true });
    expect(last.clawbackDueFen).toBe(10_000_000n);
    const told = given(called, last, '2024-01-01');
    const gp = { ...(told['gp'] ?? EMPTY_PARTNER), clawbackDueFen: last.clawbackDueFen };
    expect(run({ ...told, gp }, 0n, '2024-01-01', { final: true }).clawbackDueFen).toBe(10_000_000n);
    const all = { ...(told['gp'] ?? EMPTY_PARTNER), clawbackDueFen: 20_000_000n };
    expect(run({ ...told, gp: all }, 0n, '2024-01-01', { final: true }).clawbackDueFen).toBe(0n);
  });
});
