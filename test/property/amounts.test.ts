import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, parseDate } from '#shared/domain/calendar.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { allocateRepayment } from '#shared/domain/lending/allocation.ts';
import { dayOneDifferenceFen, unamortisedFen } from '#shared/domain/lending/measurement.ts';
import { accruePenalty, penaltyDueFen, penaltyUnitsOf } from '#shared/domain/lending/penalty.ts';
import { buildSchedule, extendSchedule } from '#shared/domain/lending/schedule.ts';
import { allocate, allocateInTurn, formatYuan, parseYuan, sumFen } from '#shared/domain/money.ts';
import { applyRate, parseRate } from '#shared/domain/rate.ts';
import { play, stories } from '../support/story/play.ts';

/* Invariant 1: amounts are whole fen, bigint in code and text in the store; rates are exact. No fen is lost or made. */

const fen = fc.bigInt(0n, 10n ** 15n);
const rate = fc
  .tuple(fc.nat(99), fc.bigInt(0n, 10n ** 12n - 1n), fc.integer({ min: 1, max: 12 }))
  .map(([whole, digits, scale]) => `${whole}.${String(digits).padStart(12, '0').slice(0, scale)}`);

/** Members of an item that are numbers besides spans of time; everything else about money, dates and ids is text. */
const COUNTS = new Set([
  'seq',
  'version',
  'pages',
  'revision',
  'charterVersion',
  'attempt',
  'entrySeq',
  'extensions',
  'bytes',
  'count',
  'number',
  'lines',
  'weight',
  'numerator',
  'denominator',
  'maxTimes',
]);
const SPAN = /(^y|Y)ears$|(^m|M)onths$|Days$|daysPastDue$/;

/** Paths at which a stored value is a number it should not be, or one that is not whole. */
const oddNumbers = (value: unknown, path: readonly string[] = []): readonly string[] => {
  if (typeof value === 'bigint') return [path.join('.')];
  if (typeof value === 'number') {
    const name = path.at(-1) ?? '';
    const counter = path.at(-3) === 'numbers' || path.at(-2) === 'lines';
    return Number.isSafeInteger(value) && value >= 0 && (COUNTS.has(name) || SPAN.test(name) || counter)
      ? []
      : [path.join('.')];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => oddNumbers(member, [...path, name]));
};

describe('amounts', () => {
  test('given any amount and shares, then the parts add up to it and each is within a fen of its share', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 18n), 10n ** 18n),
        fc.array(fc.bigInt(0n, 10n ** 6n), { minLength: 1, maxLength: 8 }).filter((w) => w.some((x) => x > 0n)),
        (total, weights) => {
          const parts = allocate(total, weights);
          const whole = sumFen(weights);
          expect(sumFen(parts)).toBe(total);
          parts.forEach((part, i) => {
            const exact = total * (weights[i] ?? 0n);
            expect(part * whole - exact < whole && exact - part * whole < whole).toBe(true);
          });
        },
      ),
    );
  });

  test('given somebody who takes the remainder, then nobody else gets more than their share', () => {
    fc.assert(
      fc.property(
        fen,
        fc.array(fc.bigInt(1n, 1000n), { minLength: 1, maxLength: 8 }),
        fc.nat(7),
        (total, weights, n) => {
          const remainderTo = n % weights.length;
          const parts = allocate(total, weights, { remainderTo });
          expect(sumFen(parts)).toBe(total);
          parts.forEach((part, i) => {
            if (i !== remainderTo) expect(part).toBe((total * (weights[i] ?? 0n)) / sumFen(weights));
          });
        },
      ),
    );
  });

  test('given an amount split in turn, then it may come in any pieces: no part falls, and the whole gives each its weight', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(0n, 10n ** 12n), { minLength: 1, maxLength: 8 }),
        fc.array(fc.bigInt(0n, 10n ** 12n), { maxLength: 8 }),
        (weights, pieces) => {
          let before = allocateInTurn(0n, weights);
          let total = 0n;
          for (const piece of pieces) {
            total += piece;
            const after = allocateInTurn(total, weights);
            expect(sumFen(after)).toBe(total);
            expect(after.every((part, i) => part >= (before[i] ?? 0n))).toBe(true);
            before = after;
          }
          expect(allocateInTurn(sumFen(weights), weights)).toEqual(weights);
        },
      ),
    );
  });

  test('given any amount, then it is written in yuan and read again as it was', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n - 1n), (amount) => {
        expect(parseYuan(formatYuan(amount).replaceAll(',', ''))).toBe(amount);
      }),
    );
  });

  test('given any amount and rate, then the product is exact to half a fen', () => {
    fc.assert(
      fc.property(fen, rate, (amount, text) => {
        const { units, scale } = parseRate(text);
        const unit = 10n ** BigInt(scale);
        const off = 2n * (applyRate(amount, { units, scale }) * unit - amount * units);
        expect(-unit < off && off <= unit).toBe(true);
      }),
    );
  });

  test('given any repayment, then penalty, principal and excess add up to it, and no instalment gets more than it owes', () => {
    const instalment = fc.record({
      dueDate: fc.nat(2_000).map((n) => addDays(parseDate('2018-01-01'), n)),
      principalFen: fc.bigInt(0n, 10n ** 9n),
      paidPermille: fc.bigInt(0n, 1000n),
    });
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 10n),
        fc.bigInt(0n, 10n ** 8n),
        fc.array(instalment, { maxLength: 6 }),
        fc.constantFrom('penalty-first' as const, 'principal-first' as const),
        (amountFen, penaltyFen, all, order) => {
          const instalments = all.map((i) => ({ ...i, paidFen: (i.principalFen * i.paidPermille) / 1000n }));
          const part = allocateRepayment({ amountFen, penaltyFen, instalments, order });
          expect(part.penaltyFen + part.principalFen + part.excessFen).toBe(amountFen);
          const paid = (list: readonly { readonly paidFen: bigint }[]) => sumFen(list.map((i) => i.paidFen));
          expect(paid(part.instalments) - paid(instalments)).toBe(part.principalFen);
          expect(part.penaltyFen >= 0n && part.penaltyFen <= penaltyFen && part.excessFen >= 0n).toBe(true);
          for (const i of part.instalments) expect(i.paidFen <= i.principalFen).toBe(true);
          if (part.excessFen > 0n) expect(paid(part.instalments)).toBe(sumFen(instalments.map((i) => i.principalFen)));
        },
      ),
    );
  });

  test('given any penalty run up and paid in any parts, then not a fraction of a fen is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.bigInt(0n, 10n ** 9n), fc.nat(400), fc.boolean()), { maxLength: 10 }),
        rate,
        (days, dailyRate) => {
          let units = 0n;
          let paidFen = 0n;
          let ran = 0n;
          for (const [overdueFen, count, pay] of days) {
            units += accruePenalty(overdueFen, count, dailyRate);
            ran += overdueFen * BigInt(count) * parseRate(dailyRate).units;
            const due = pay ? penaltyDueFen(units, dailyRate) : 0n;
            units -= penaltyUnitsOf(due, dailyRate);
            paidFen += due;
          }
          expect(penaltyUnitsOf(paidFen, dailyRate) + units).toBe(ran);
          expect(units >= 0n).toBe(true);
        },
      ),
    );
  });

  test('given any schedule, extended or not, then it adds up to the principal and never goes back in time', () => {
    const plan = fc.oneof(
      fc.constant({ kind: 'bullet' as const }),
      fc.record({
        kind: fc.constant('instalments' as const),
        count: fc.integer({ min: 2, max: 36 }),
        everyMonths: fc.integer({ min: 1, max: 12 }),
      }),
    );
    fc.assert(
      fc.property(
        fen,
        plan,
        fc.nat(10_000),
        fc.integer({ min: 1, max: 24 }),
        (principalFen, repayment, day, months) => {
          const termMonths = repayment.kind === 'bullet' ? 36 : repayment.count * repayment.everyMonths;
          const startDate = addDays(parseDate('2010-01-01'), day);
          const schedule = buildSchedule({ ...repayment, principalFen, startDate, termMonths }, chinaCalendar);
          const extended = extendSchedule(schedule, months, chinaCalendar);
          expect(sumFen(schedule.map((i) => i.principalFen))).toBe(principalFen);
          for (const list of [schedule, extended])
            expect(list.map((i) => i.dueDate)).toEqual(list.map((i) => i.dueDate).toSorted());
          for (const i of schedule) expect(i.dueDate > startDate && chinaCalendar.isWorkingDay(i.dueDate)).toBe(true);
        },
      ),
    );
  });

  test('given any days on which it is looked at, then the unearned difference only falls, from the whole to nothing', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10n ** 12n),
        fc.constantFrom('0.0345', '0.0425', '0.1', '1'),
        fc.array(fc.nat(1_500), { maxLength: 12 }),
        (principalFen, annualRate, days) => {
          const start = parseDate('2017-03-09');
          const schedule = [{ dueDate: parseDate('2020-03-09'), principalFen, paidFen: 0n }];
          let left = dayOneDifferenceFen(schedule, annualRate, start);
          expect(left >= 0n && left <= principalFen).toBe(true);
          for (const day of days.toSorted((a, b) => a - b)) {
            const next = unamortisedFen(schedule, annualRate, addDays(start, day), left);
            expect(next >= 0n && next <= left).toBe(true);
            left = next;
          }
          expect(unamortisedFen(schedule, annualRate, parseDate('2020-03-09'), left)).toBe(0n);
        },
      ),
    );
  });

  test('however an office works, no stored amount is a number', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        const { world } = await play(story);
        for (const item of [...world.ledger.journal.values(), ...world.ledger.state.values()])
          expect(oddNumbers(item)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
