import { ensure } from '#shared/errors/fund-error.ts';
import type { BusinessDate } from '../calendar.ts';
import { type Fen, minFen, sumFen } from '../money.ts';
import { formatQuantity, positiveQuantity, type Quantity } from './quantity.ts';

/**
 * What was acquired at one time at one price, as far as it is still there. Quantity and cost leave a lot together: a part
 * takes its share of the cost rounded down, the last part takes what is left, so that no fen of cost is lost or made.
 */
export interface Lot {
  /** 1, 2, … in order of acquisition; what FIFO goes by. */
  readonly no: number;
  readonly acquiredOn: BusinessDate;
  /** The acquisition (AC-…) it came by. */
  readonly source: string;
  readonly quantity: Quantity;
  readonly costFen: Fen;
  /** 工商变更: only what is registered can be sold. */
  readonly registered: boolean;
}

/** Which lots a sale draws on: all from the oldest on, or these. */
export type LotChoice = readonly { readonly lot: number; readonly quantity: Quantity }[];

/** Lots divided in two: the taken parts keep number, date and source of the lot they came from. */
export interface Divided {
  readonly left: readonly Lot[];
  readonly taken: readonly Lot[];
}

export const costOf = (lots: readonly Lot[]): Fen => sumFen(lots.map((lot) => lot.costFen));
export const quantityOf = (lots: readonly Lot[]): Quantity => lots.reduce((sum, lot) => sum + lot.quantity, 0n);

/**
 * Takes a quantity from the oldest registered lots on (先进先出).
 * @throws QUANTITY_INVALID, LOTS_INSUFFICIENT
 */
export const takeFifo = (lots: readonly Lot[], quantity: Quantity): Divided => {
  let wanted = positiveQuantity(quantity);
  const choice: { lot: number; quantity: Quantity }[] = [];
  for (const lot of lots.filter((l) => l.registered)) {
    const part = minFen(wanted, lot.quantity);
    if (part > 0n) choice.push({ lot: lot.no, quantity: part });
    wanted -= part;
  }
  ensure(wanted === 0n, 'LOTS_INSUFFICIENT', { missing: formatQuantity(wanted) });
  return takeNamed(lots, choice);
};

/**
 * Takes parts of named lots.
 * @throws QUANTITY_INVALID, LOTS_INSUFFICIENT for a lot that is not there, not registered, too small, or named twice
 */
export const takeNamed = (lots: readonly Lot[], choice: LotChoice): Divided => {
  const wanted = new Map(choice.map((c) => [c.lot, positiveQuantity(c.quantity)]));
  ensure(wanted.size === choice.length && wanted.size > 0, 'LOTS_INSUFFICIENT', { reason: 'a lot is named twice' });
  for (const [no, quantity] of wanted) {
    const lot = lots.find((l) => l.no === no);
    ensure(lot?.registered === true && quantity <= lot.quantity, 'LOTS_INSUFFICIENT', {
      lot: String(no),
      quantity: formatQuantity(lot?.quantity ?? 0n),
    });
  }
  const taken = lots.flatMap((lot) => {
    const quantity = wanted.get(lot.no);
    return quantity === undefined ? [] : [{ ...lot, quantity, costFen: (lot.costFen * quantity) / lot.quantity }];
  });
  return { left: lots.flatMap((lot) => without(lot, taken)), taken };
};

const without = (lot: Lot, taken: readonly Lot[]): readonly Lot[] => {
  const part = taken.find((t) => t.no === lot.no);
  if (part === undefined) return [lot];
  const quantity = lot.quantity - part.quantity;
  return quantity === 0n ? [] : [{ ...lot, quantity, costFen: lot.costFen - part.costFen }];
};

/** Undoes a division: what was taken goes back into the lots it came from. */
export const putBack = ({ left, taken }: Divided): readonly Lot[] => {
  const merged = new Map(left.map((lot) => [lot.no, lot]));
  for (const part of taken) {
    const lot = merged.get(part.no);
    merged.set(part.no, {
      ...part,
      quantity: part.quantity + (lot?.quantity ?? 0n),
      costFen: part.costFen + (lot?.costFen ?? 0n),
    });
  }
  return [...merged.values()].sort((a, b) => a.no - b.no);
};

/**
 * Takes cost out of the lots from the oldest on and leaves their quantities: the investee has given capital back.
 * @throws CAPITAL_EXCEEDS_COST
 */
export const takeCost = (lots: readonly Lot[], amountFen: Fen): Divided => {
  let wanted = amountFen;
  const taken: Lot[] = [];
  const left = lots.map((lot) => {
    const costFen = minFen(wanted, lot.costFen);
    wanted -= costFen;
    if (costFen > 0n) taken.push({ ...lot, quantity: 0n, costFen });
    return { ...lot, costFen: lot.costFen - costFen };
  });
  ensure(wanted === 0n, 'CAPITAL_EXCEEDS_COST', { costFen: String(costOf(lots)) });
  return { left, taken };
};
