import type { Fen } from '../money.ts';
import type { InstrumentDims } from './dims.ts';
import type { MoneySource } from './templates.ts';
import { credit, debit, type Line, some } from './voucher.ts';

/*
 * Posting templates of equity: holdings at cost in 1101.01, everything earned or lost in 6111 投资收益. Lines of zero fen
 * are left out.
 */

/** What the payment of a price debits. */
export const equityBought = (costFen: Fen, dims: InstrumentDims): readonly Line[] => [debit('1101.01', costFen, dims)];

/** What the payment of a transaction fee (交易费用) debits: it is spent, not part of the cost. */
export const transactionFee = (amountFen: Fen): readonly Line[] => [debit('6111', amountFen)];

/** A gain is credited, a loss debited. */
const earned = (gainFen: Fen): readonly Line[] =>
  gainFen >= 0n ? some(credit('6111', gainFen)) : [debit('6111', -gainFen)];

/** A part of the proceeds before the sale is complete: owed to the buyer until then. */
export const proceedsAdvanced = (amountFen: Fen, exitId: string, source: MoneySource): readonly Line[] => [
  debit(source, amountFen),
  credit('2241', amountFen, { instrument: exitId }),
];

/** The sale is complete: the last part of the proceeds, with the parts before it, pays for the cost; the rest is earned. */
export const equitySold = (
  { lastFen, advancedFen, costFen }: { readonly lastFen: Fen; readonly advancedFen: Fen; readonly costFen: Fen },
  exitId: string,
  dims: InstrumentDims,
  source: MoneySource,
): readonly Line[] => [
  ...some(debit(source, lastFen), debit('2241', advancedFen, { instrument: exitId }), credit('1101.01', costFen, dims)),
  ...earned(lastFen + advancedFen - costFen),
];

/** A distribution of the investee declared: income, and capital it gives back. `receivable` are the dimensions of 1131. */
export const dividendDeclared = (
  { incomeFen, capitalFen }: { readonly incomeFen: Fen; readonly capitalFen: Fen },
  receivable: InstrumentDims,
  dims: InstrumentDims,
): readonly Line[] =>
  some(
    debit('1131', incomeFen + capitalFen, receivable),
    credit('1101.01', capitalFen, dims),
    credit('6111', incomeFen),
  );

/** A declared distribution received. */
export const dividendReceived = (amountFen: Fen, receivable: InstrumentDims, source: MoneySource): readonly Line[] => [
  debit(source, amountFen),
  credit('1131', amountFen, receivable),
];

/** Write-off of what a holding has cost. */
export const equityWrittenOff = (costFen: Fen, dims: InstrumentDims): readonly Line[] =>
  some(debit('6111', costFen), credit('1101.01', costFen, dims));

/** Money that comes for a holding after its write-off. */
export const equityRecovered = (amountFen: Fen, source: MoneySource): readonly Line[] => [
  debit(source, amountFen),
  credit('6111', amountFen),
];
