import type { Fen } from '../money.ts';
import { credit, debit, type Line } from './voucher.ts';

/*
 * Posting templates of risk-compensation funds. Lines of zero fen are left out.
 */

/** Expected loss on covered loans of a bank: more of it for a positive amount, less for a negative one. */
export const poolProvisionMoved = (amountFen: Fen, bank: string): readonly Line[] => {
  if (amountFen === 0n) return [];
  return amountFen > 0n
    ? [debit('6702', amountFen), credit('2801', amountFen, { bank })]
    : [debit('2801', -amountFen, { bank }), credit('6702', -amountFen)];
};
