import type { Fen } from '../money.ts';
import type { MoneySource } from './templates.ts';
import { credit, debit, type Line } from './voucher.ts';

/*
 * Posting templates of a guidance fund's distributions and fees. Lines of zero fen are left out.
 */

/** An amount on the side it has: a negative one stands on the other. */
const onDebit = (account: string, amountFen: Fen, dims: Line['dims']): readonly Line[] =>
  amountFen === 0n ? [] : [amountFen > 0n ? debit(account, amountFen, dims) : credit(account, -amountFen, dims)];

/** A partner's part of a distribution: capital and profit become owed to it (应付利润). */
export const distributionDecided = (
  { capitalFen, profitFen }: { readonly capitalFen: Fen; readonly profitFen: Fen },
  contributor: string,
  equityAccount: string,
): readonly Line[] => [
  ...onDebit(equityAccount, capitalFen, { contributor }),
  ...onDebit('4104', profitFen, { contributor }),
  ...onDebit('2232', -(capitalFen + profitFen), { contributor }),
];

/** What the payment of a distribution debits. */
export const distributionPaid = (amountFen: Fen, contributor: string): readonly Line[] => [
  debit('2232', amountFen, { contributor }),
];

/** Carry the manager has to pay back (回拨). */
export const clawbackClaimed = (amountFen: Fen, contributor: string, distribution: string): readonly Line[] =>
  amountFen === 0n
    ? []
    : [debit('1221', amountFen, { instrument: distribution }), credit('4104', amountFen, { contributor })];

/** Carry the manager has paid back. */
export const clawbackReceived = (amountFen: Fen, distribution: string, source: MoneySource): readonly Line[] => [
  debit(source, amountFen),
  credit('1221', amountFen, { instrument: distribution }),
];

const MANAGER_FEE = { instrument: 'management-fee' };

/** Management fee of a month. */
export const feeAccrued = (amountFen: Fen): readonly Line[] => [
  debit('6602', amountFen),
  credit('2241', amountFen, MANAGER_FEE),
];

/** What the payment of a management fee debits. */
export const feePaid = (amountFen: Fen): readonly Line[] => [debit('2241', amountFen, MANAGER_FEE)];
