import { type Fen, minFen } from '../money.ts';
import type { Instalment } from './schedule.ts';

export interface Repayment {
  readonly amountFen: Fen;
  readonly penaltyFen: Fen;
  readonly instalments: readonly Instalment[];
  readonly order: 'penalty-first' | 'principal-first';
}

export interface Allocated {
  readonly principalFen: Fen;
  readonly penaltyFen: Fen;
  /** What nothing was owed for. The three parts add up to the amount. */
  readonly excessFen: Fen;
  readonly instalments: readonly Instalment[];
}

/** Spreads a repayment over penalty and instalments, the oldest first, in the order the charter asks for. */
export const allocateRepayment = ({ amountFen, penaltyFen, instalments, order }: Repayment): Allocated => {
  const before = order === 'penalty-first' ? minFen(amountFen, penaltyFen) : 0n;
  const paid = payInstalments(instalments, amountFen - before);
  const after = order === 'principal-first' ? minFen(paid.leftFen, penaltyFen) : 0n;
  return {
    principalFen: amountFen - before - paid.leftFen,
    penaltyFen: before + after,
    excessFen: paid.leftFen - after,
    instalments: paid.instalments,
  };
};

const payInstalments = (
  instalments: readonly Instalment[],
  amountFen: Fen,
): { leftFen: Fen; instalments: readonly Instalment[] } => {
  let leftFen = amountFen;
  const paid = instalments.map((i) => {
    const partFen = minFen(leftFen, i.principalFen - i.paidFen);
    leftFen -= partFen;
    return partFen === 0n ? i : { ...i, paidFen: i.paidFen + partFen };
  });
  return { leftFen, instalments: paid };
};
