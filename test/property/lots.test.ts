import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDate } from '#shared/domain/calendar.ts';
import { costOf, type Lot, putBack, quantityOf, takeCost, takeFifo } from '#shared/domain/equity/lots.ts';

const lots = fc
  .array(
    fc.record({
      quantity: fc.bigInt(1n, 10n ** 12n),
      costFen: fc.bigInt(0n, 10n ** 12n),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all): Lot[] =>
    all.map((l, i) => ({ ...l, no: i + 1, acquiredOn: parseDate('2019-01-02'), source: 'AC-', registered: true })),
  );

/** A part of what is there, by thousandths, at least one unit. */
const some = (whole: bigint, thousandths: number): bigint => {
  const part = (whole * BigInt(thousandths)) / 1000n;
  return part === 0n ? 1n : part;
};

describe('lots', () => {
  test('however a holding is sold, neither quantity nor a fen of cost is lost or made', () => {
    fc.assert(
      fc.property(lots, fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 12 }), (start, sales) => {
        let left: readonly Lot[] = start;
        let soldQuantity = 0n;
        let soldFen = 0n;
        for (const sale of sales) {
          if (left.length === 0) break;
          const divided = takeFifo(left, some(quantityOf(left), sale));
          expect(putBack(divided)).toEqual(left);
          soldQuantity += quantityOf(divided.taken);
          soldFen += costOf(divided.taken);
          left = divided.left;
        }
        expect(quantityOf(left) + soldQuantity).toBe(quantityOf(start));
        expect(costOf(left) + soldFen).toBe(costOf(start));
        expect(left.every((l) => l.quantity > 0n && l.costFen >= 0n)).toBe(true);
      }),
    );
  });

  test('capital given back takes exactly its amount out of the cost', () => {
    fc.assert(
      fc.property(lots, fc.integer({ min: 0, max: 1000 }), (start, thousandths) => {
        const amountFen = (costOf(start) * BigInt(thousandths)) / 1000n;
        const divided = takeCost(start, amountFen);
        expect(costOf(divided.left)).toBe(costOf(start) - amountFen);
        expect(costOf(divided.taken)).toBe(amountFen);
        expect(quantityOf(divided.left)).toBe(quantityOf(start));
        expect(putBack(divided)).toEqual(start);
      }),
    );
  });
});
