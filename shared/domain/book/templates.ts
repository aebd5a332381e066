import type { Fen } from '../money.ts';
import type { InstrumentDims } from './dims.ts';
import { credit, debit, type Line, some } from './voucher.ts';

/*
 * The posting templates, one per thing that happens. Lines of zero fen are left out, so a template may be asked for a part
 * that is not there.
 */

/** The balances of one loan, by sub-account, all in fen and not negative. */
export interface LoanBalances {
  readonly normalFen: Fen;
  readonly overdueFen: Fen;
  readonly discountFen: Fen;
  readonly provisionFen: Fen;
}

/** Capital received from a contributor. */
export const capitalReceived = (amountFen: Fen, contributor: string, equityAccount: string): readonly Line[] => [
  debit('1002', amountFen),
  credit(equityAccount, amountFen, { contributor }),
];

/** Loan paid out. */
export const loanDisbursed = (amountFen: Fen, dims: InstrumentDims): readonly Line[] => [
  debit('1303.01', amountFen, dims),
  credit('1002', amountFen),
];

/** Day-one difference of an interest-free loan under present-value measurement: the policy cost of asking no interest. */
export const dayOneDifference = (amountFen: Fen, dims: InstrumentDims): readonly Line[] =>
  some(debit('6711', amountFen), credit('1303.03', amountFen, dims));

/** The part of that difference that time has earned. */
export const unwindingPosted = (amountFen: Fen, dims: InstrumentDims): readonly Line[] =>
  some(debit('1303.03', amountFen, dims), credit('6011', amountFen));

/** Where repaid money comes from in the book. */
export type MoneySource = '1002' | '2241';

/** Principal repaid, the overdue part and the rest. */
export const loanRepaid = (
  { overdueFen, normalFen }: Pick<LoanBalances, 'overdueFen' | 'normalFen'>,
  dims: InstrumentDims,
  source: MoneySource,
): readonly Line[] =>
  some(debit(source, overdueFen + normalFen), credit('1303.02', overdueFen, dims), credit('1303.01', normalFen, dims));

/** Penalty (罚息) received. */
export const penaltyReceived = (amountFen: Fen, source: MoneySource): readonly Line[] =>
  some(debit(source, amountFen), credit('6011', amountFen));

/** Principal moves between 正常 and 逾期: into it for a positive amount, back for a negative one. */
export const overdueMoved = (amountFen: Fen, dims: InstrumentDims): readonly Line[] =>
  amountFen >= 0n
    ? some(debit('1303.02', amountFen, dims), credit('1303.01', amountFen, dims))
    : [debit('1303.01', -amountFen, dims), credit('1303.02', -amountFen, dims)];

/** Provision made (positive) or released (negative). */
export const provisionMoved = (amountFen: Fen, dims: InstrumentDims): readonly Line[] =>
  amountFen >= 0n
    ? some(debit('6702', amountFen), credit('1304', amountFen, dims))
    : [debit('1304', -amountFen, dims), credit('6702', -amountFen)];

/** Write-off: what lacks in provision is provided, then provision and unearned difference carry the loss. */
export const loanWrittenOff = (balances: LoanBalances, dims: InstrumentDims): readonly Line[] => {
  const { normalFen, overdueFen, discountFen, provisionFen } = balances;
  const lossFen = normalFen + overdueFen - discountFen;
  return [
    ...provisionMoved(lossFen - provisionFen, dims),
    ...some(
      debit('1304', lossFen, dims),
      debit('1303.03', discountFen, dims),
      credit('1303.02', overdueFen, dims),
      credit('1303.01', normalFen, dims),
    ),
  ];
};

/** Money that comes for a loan after its write-off: the loan is restored, paid, and the loss given back. */
export const recoveredAfterWriteOff = (amountFen: Fen, dims: InstrumentDims, source: MoneySource): readonly Line[] => [
  debit('1303.02', amountFen, dims),
  credit('1304', amountFen, dims),
  debit(source, amountFen),
  credit('1303.02', amountFen, dims),
  debit('1304', amountFen, dims),
  credit('6702', amountFen),
];

/** The loan passes from one borrower to another. */
export const borrowerChanged = (balances: LoanBalances, from: InstrumentDims, to: InstrumentDims): readonly Line[] =>
  some(
    debit('1303.01', balances.normalFen, to),
    credit('1303.01', balances.normalFen, from),
    debit('1303.02', balances.overdueFen, to),
    credit('1303.02', balances.overdueFen, from),
    debit('1303.03', balances.discountFen, from),
    credit('1303.03', balances.discountFen, to),
    debit('1304', balances.provisionFen, from),
    credit('1304', balances.provisionFen, to),
  );

/** Money came that nobody could place: it is owed to its payer. */
export const unmatchedReceipt = (amountFen: Fen, dims: { readonly instrument: string }): readonly Line[] => [
  debit('1002', amountFen),
  credit('2241', amountFen, dims),
];

/** Money went that nobody could place: it is claimed back. */
export const unmatchedPayment = (amountFen: Fen, dims: { readonly instrument: string }): readonly Line[] => [
  debit('1221', amountFen, dims),
  credit('1002', amountFen),
];

/** Gives lines that draw on 2241 the unmatched receipt they draw on. */
export const suspenseAssigned = (lines: readonly Line[], dims: { readonly instrument: string }): readonly Line[] =>
  lines.map((line) => (line.account === '2241' && line.dims === undefined ? { ...line, dims } : line));
