import type { Fen } from '../money.ts';
import type { InstrumentDims } from './dims.ts';
import { credit, debit, type Line, some } from './voucher.ts';

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

/** A claim is approved: the borrower is to be pursued, the bank is owed the fund's part. */
export const claimApproved = (amountFen: Fen, bank: string, dims: InstrumentDims): readonly Line[] => [
  debit('1221.01', amountFen, dims),
  credit('2241', amountFen, { instrument: dims.instrument, bank }),
];

/** The provision for a covered loan becomes the allowance for what is to be recovered; what that does not need is released. */
export const provisionTurned = (
  provisionFen: Fen,
  allowanceFen: Fen,
  bank: string,
  dims: InstrumentDims,
): readonly Line[] =>
  some(
    debit('2801', provisionFen, { bank }),
    credit('1231', allowanceFen, dims),
    credit('6702', provisionFen - allowanceFen),
  );

/** Less is to be recovered, so less of it needs an allowance. */
export const allowanceReleased = (amountFen: Fen, dims: InstrumentDims): readonly Line[] =>
  some(debit('1231', amountFen, dims), credit('6702', amountFen));

/**
 * Money recovered, part by part, each to its account; it comes from the bank, from a line that waited unmatched, or is owed by
 * the bank that has collected it (1221).
 */
export const recoveryShared = (
  source: '1002' | '2241' | '1221',
  parts: readonly Line[],
  dims?: Line['dims'],
): readonly Line[] => {
  const amountFen = parts.reduce((sum, line) => sum + line.amountFen, 0n);
  return some(debit(source, amountFen, dims), ...parts);
};

/** What is lost for good: the allowance is no longer needed, and each contributor bears its part of the loss. */
export const lossBorne = (
  parts: ReadonlyMap<string, Fen>,
  equityAccount: string,
  allowanceFen: Fen,
  dims: InstrumentDims,
): readonly Line[] => {
  const borne = [...parts].map(([contributor, amountFen]) => debit(equityAccount, amountFen, { contributor }));
  const lossFen = borne.reduce((sum, line) => sum + line.amountFen, 0n);
  return [...allowanceReleased(allowanceFen, dims), ...some(...borne, credit('1221.01', lossFen, dims))];
};
