import type { Line } from '#shared/domain/book/voucher.ts';
import type { Fen } from '#shared/domain/money.ts';

/** Turnover per account, in fen. */
type Balances = ReadonlyMap<string, { readonly debitFen: Fen; readonly creditFen: Fen }>;

/** Adds lines up by account and side; red ones count below zero. */
export const turnover = (lines: Iterable<Line>): Balances => {
  const totals = new Map<string, { debitFen: Fen; creditFen: Fen }>();
  for (const line of lines) {
    const total = totals.get(line.account) ?? { debitFen: 0n, creditFen: 0n };
    const amount = line.red === true ? -line.amountFen : line.amountFen;
    if (line.side === 'debit') total.debitFen += amount;
    else total.creditFen += amount;
    totals.set(line.account, total);
  }
  return totals;
};
