import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, parseDate } from '#shared/domain/calendar.ts';
import type { WaterfallTerms } from '#shared/domain/charter/guidance.ts';
import {
  EMPTY_PARTNER,
  type PartnerState,
  paidInFen,
  totalOf,
  unreturnedFen,
} from '#shared/domain/guidance/partner.ts';
import { distribute } from '#shared/domain/guidance/waterfall.ts';
import { sumFen } from '#shared/domain/money.ts';

const START = parseDate('2017-01-01');
const IDS = ['gov', 'lp', 'gp'] as const;

const hundredths = (min: number, max: number) =>
  fc.integer({ min, max }).map((n) => (n === 100 ? '1' : `0.${String(n).padStart(2, '0')}`));

const terms: fc.Arbitrary<WaterfallTerms> = fc
  .record({
    annualRate: hundredths(0, 20),
    compounding: fc.constantFrom('annual-30e/360' as const, 'annual-actual/365' as const, 'daily-actual/365' as const),
    carry: hundredths(0, 40),
    catchUp: fc.constantFrom('0', '0.5', '0.8', '1'),
    escrow: hundredths(0, 100),
    clawback: fc.boolean(),
    fraction: hundredths(0, 100),
    concession: fc.boolean(),
  })
  .map(({ annualRate, compounding, fraction, concession, ...rest }) => ({
    ...rest,
    hurdle: { annualRate, compounding },
    concession: concession
      ? {
          fraction,
          to: [
            { contributor: 'lp', weight: 3 },
            { contributor: 'gp', weight: 1 },
          ],
          targets: ['x'],
        }
      : null,
  }));

/** A fund's life: contributions and distributions in turn, each some days after the one before. */
const life = fc.array(
  fc.record({
    afterDays: fc.integer({ min: 0, max: 700 }),
    paidIn: fc.tuple(...IDS.map(() => fc.bigInt(0n, 10n ** 11n))),
    amountFen: fc.bigInt(0n, 10n ** 12n),
    concede: fc.boolean(),
    final: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
);

describe('the waterfall', () => {
  test('whatever was paid in and when, every distribution adds up to the fen, tier by tier, and carry is never too much', () => {
    fc.assert(
      fc.property(terms, life, (t, steps) => {
        let on = START;
        let partners = new Map<string, PartnerState>(IDS.map((id) => [id, EMPTY_PARTNER]));
        for (const step of steps) {
          on = addDays(on, step.afterDays);
          for (const [i, id] of IDS.entries()) {
            const before = partners.get(id) ?? EMPTY_PARTNER;
            const amountFen = (step.paidIn[i] ?? 0n) + 1n;
            partners.set(id, { ...before, paidIn: [...before.paidIn, { on, amountFen }] });
          }
          const { amountFen, concede, final } = step;
          const parties = { terms: t, manager: 'gp', government: ['gov'], partners };
          const { shares, escrowFen, clawbackDueFen } = distribute(parties, { amountFen, on, concede, final });

          expect(sumFen(shares.map(totalOf))).toBe(amountFen);
          expect(sumFen(shares.map((s) => s.concededFen))).toBe(0n);
          expect(clawbackDueFen).toBeGreaterThanOrEqual(0n);
          const escrowBefore = partners.get('gp')?.escrowFen ?? 0n;
          for (const s of shares) {
            const before = partners.get(s.contributor) ?? EMPTY_PARTNER;
            expect(s.capitalFen).toBeLessThanOrEqual(unreturnedFen(before));
            for (const fen of [s.capitalFen, s.hurdleFen, s.catchUpFen, s.splitFen])
              expect(fen).toBeGreaterThanOrEqual(0n);
            // What is paid out to anybody is never below zero, the manager's escrow included.
            const inOut = s.contributor === 'gp' ? escrowBefore - escrowFen : 0n;
            expect(totalOf(s) + inOut).toBeGreaterThanOrEqual(0n);
          }
          const gov = shares.find((s) => s.contributor === 'gov');
          expect(-(gov?.concededFen ?? 0n)).toBeLessThanOrEqual((gov?.catchUpFen ?? 0n) + (gov?.splitFen ?? 0n));
          // Nobody earns above the hurdle while capital is out.
          if (sumFen(shares.map((s) => s.catchUpFen + s.splitFen)) > 0n && !final)
            expect(sumFen([...partners.values()].map(unreturnedFen))).toBe(sumFen(shares.map((s) => s.capitalFen)));

          partners = new Map(
            [...partners].map(([id, p]) => {
              const { contributor: _, ...share } = shares.find((s) => s.contributor === id) ?? never();
              const manager = id === 'gp';
              return [
                id,
                {
                  ...p,
                  distributed: [...p.distributed, { ...share, on }],
                  escrowFen: manager ? escrowFen : 0n,
                  clawbackDueFen: p.clawbackDueFen + (manager ? clawbackDueFen : 0n),
                },
              ];
            }),
          );
          if (final && t.clawback) expect(carryIsEarned(t, partners)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

const never = (): never => {
  throw new Error('a partner has no share');
};

/** The manager keeps at most its part of the whole profit. */
const carryIsEarned = (t: WaterfallTerms, partners: ReadonlyMap<string, PartnerState>): boolean => {
  const all = [...partners.values()];
  const manager = partners.get('gp') ?? EMPTY_PARTNER;
  const carryFen = sumFen(manager.distributed.map((d) => d.carryFen + d.clawbackFen)) - manager.clawbackDueFen;
  const profitFen = sumFen(all.flatMap((p) => p.distributed.map(totalOf))) - sumFen(all.map(paidInFen));
  const limitFen = profitFen > 0n ? (profitFen * BigInt(Math.round(Number(t.carry) * 100))) / 100n : 0n;
  return carryFen <= limitFen;
};
