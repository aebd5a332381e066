import { allocate, type Fen, sumFen, yuanText } from '#shared/domain/money.ts';
import { type Amounts, type Checked, check, type SbaRow } from './check.ts';
import { codeOf } from './fields.ts';

/*
 * Rows of the SBA's public file of 7(a) loans as rows of the import kinds `filings`, `balances` and `claims`. Dollars are
 * taken as yuan as they stand. Pure: the same rows give the same answer, and every row is in it once.
 */

/** One line of an import file, by the names of its columns. */
export type ImportRow = Readonly<Record<string, string>>;

export interface MappedLoan {
  /** Number of the row in the file, the first after the heading being 1. */
  readonly row: number;
  readonly amounts: Amounts;
  /** The bank of the charter that files it. */
  readonly bankId: string;
  readonly filing: ImportRow;
  /** Of a loan that was charged off: what was owed then, and the claim. */
  readonly loss?: { readonly balance: ImportRow; readonly claim: ImportRow; readonly coveredFen: Fen };
}

/** A row that is no loan the fund can be told of, and all reasons why not. */
export interface ReportedRow {
  readonly row: number;
  readonly loanNumber: string;
  readonly amounts: Amounts;
  readonly reasons: readonly string[];
}

export interface Mapping {
  readonly mapped: readonly MappedLoan[];
  readonly reported: readonly ReportedRow[];
}

/** What is the same for all rows of a file. */
export interface Source {
  /** SHA-256, in hex, and length of the file the rows are from: what a claim can show. */
  readonly sha256: string;
  readonly bytes: number;
  /** Lenders, by their names in the file, that file for themselves. The last files for all others. */
  readonly banks: readonly { readonly id: string; readonly name: string }[];
}

/** Maps the rows of a file. A loan number that comes again is reported, not filed twice. */
export const mapRows = (rows: readonly SbaRow[], source: Source): Mapping => {
  const mapped: MappedLoan[] = [];
  const reported: ReportedRow[] = [];
  const seen = new Set<string>();
  for (const [i, row] of rows.entries()) {
    const { loanNumber, loan, amounts, reasons } = check(row);
    const again = seen.has(loanNumber) ? ['LOAN_NUMBER_REPEATED'] : [];
    seen.add(loanNumber);
    if (loan === undefined || again.length > 0)
      reported.push({ row: i + 1, loanNumber, amounts, reasons: [...reasons, ...again] });
    else mapped.push({ row: i + 1, amounts, ...mapLoan(loan, source) });
  }
  return { mapped, reported };
};

const mapLoan = (loan: Checked, { sha256, bytes, banks }: Source): Pick<MappedLoan, 'bankId' | 'filing' | 'loss'> => {
  const { loanNumber: contractNumber, approvedFen, guaranteedFen, chargeOff } = loan;
  const uncoveredFen = approvedFen - guaranteedFen;
  const bankId = (banks.find((b) => b.name === loan.lender) ?? banks.at(-1))?.id ?? '';
  const filing = {
    contractNumber,
    enterpriseId: codeOf(contractNumber),
    enterpriseName: loan.name,
    sizeClass: 'small',
    district: 'us',
    product: 'sba-7a',
    coveredYuan: yuanText(guaranteedFen),
    uncoveredYuan: yuanText(uncoveredFen),
    // The file has no rates.
    annualRate: '0',
    feeRate: '0',
    termMonths: String(loan.termMonths),
    drawnOn: loan.drawnOn,
  };
  if (chargeOff === undefined) return { bankId, filing };
  const [coveredFen = 0n, restFen = 0n] = allocate(chargeOff.amountFen, [guaranteedFen, uncoveredFen]);
  const balance = {
    contractNumber,
    asOf: chargeOff.on,
    overdueSince: chargeOff.on,
    coveredYuan: yuanText(coveredFen),
    uncoveredYuan: yuanText(restFen),
  };
  const documents = `claim-report|sba-7a-loans.csv|${sha256}|${bytes}`;
  return { bankId, filing, loss: { balance, claim: { contractNumber, interestYuan: '0', documents }, coveredFen } };
};

/** The sums of many rows. */
export const sumAmounts = (rows: readonly { readonly amounts: Amounts }[]): Amounts => ({
  approvedFen: sumFen(rows.map((r) => r.amounts.approvedFen)),
  guaranteedFen: sumFen(rows.map((r) => r.amounts.guaranteedFen)),
  chargedOffFen: sumFen(rows.map((r) => r.amounts.chargedOffFen)),
});
