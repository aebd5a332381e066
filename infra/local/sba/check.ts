import * as z from 'zod';
import { lineText } from '#shared/contracts/scalars.ts';
import type { BusinessDate } from '#shared/domain/calendar.ts';
import type { Fen } from '#shared/domain/money.ts';
import { amountOf, dateOf } from './fields.ts';

/** The columns that are used; there may be others. */
export const sbaRow = z.object({
  LoanNr_ChkDgt: z.string(),
  Name: z.string(),
  Bank: z.string(),
  Term: z.string(),
  ChgOffDate: z.string(),
  DisbursementDate: z.string(),
  DisbursementGross: z.string(),
  MIS_Status: z.string(),
  ChgOffPrinGr: z.string(),
  GrAppv: z.string(),
  SBA_Appv: z.string(),
});
export type SbaRow = z.output<typeof sbaRow>;

/** The sums of a row that must be found again, in fen. An amount that cannot be read counts as nothing. */
export interface Amounts {
  readonly approvedFen: Fen;
  readonly guaranteedFen: Fen;
  readonly chargedOffFen: Fen;
}

/** A row with everything a filing needs. */
export interface Checked {
  readonly loanNumber: string;
  readonly name: string;
  /** The lender's name as the file has it. */
  readonly lender: string;
  readonly termMonths: number;
  readonly drawnOn: BusinessDate;
  readonly approvedFen: Fen;
  readonly guaranteedFen: Fen;
  readonly chargeOff?: { readonly on: BusinessDate; readonly amountFen: Fen };
}

const TERM_MAX_MONTHS = 360;
const NAME_MAX = 70;
const name = lineText(NAME_MAX);

/** A row's sums, and either the loan it is or every reason why it is none. */
export const check = (
  row: SbaRow,
): { loanNumber: string; amounts: Amounts; loan?: Checked; reasons: readonly string[] } => {
  const loanNumber = row.LoanNr_ChkDgt.trim();
  const approvedFen = amountOf(row.GrAppv);
  const guaranteedFen = amountOf(row.SBA_Appv);
  const chargedOffFen = amountOf(row.ChgOffPrinGr);
  const amounts = {
    approvedFen: approvedFen ?? 0n,
    guaranteedFen: guaranteedFen ?? 0n,
    chargedOffFen: chargedOffFen ?? 0n,
  };
  const drawnOn = dateOf(row.DisbursementDate);
  const borrower = row.Name.trim();
  const reasons = [
    ...when(!/^\d{10}$/.test(loanNumber), 'LOAN_NUMBER_INVALID'),
    ...when(!name.safeParse(borrower).success, 'NAME_INVALID'),
    ...when(!/^\d{1,3}$/.test(row.Term) || !inRange(Number(row.Term)), 'TERM_INVALID'),
    ...when(row.DisbursementDate.trim() === '', 'DISBURSEMENT_DATE_MISSING'),
    ...when(row.DisbursementDate.trim() !== '' && drawnOn === undefined, 'DISBURSEMENT_DATE_INVALID'),
    ...when((amountOf(row.DisbursementGross) ?? 0n) === 0n, 'NOTHING_DISBURSED'),
    ...when(approvedFen === undefined || guaranteedFen === undefined, 'AMOUNT_INVALID'),
    ...when(approvedFen === 0n || guaranteedFen === 0n, 'AMOUNT_ZERO'),
    ...when(approvedFen !== undefined && amounts.guaranteedFen > approvedFen, 'GUARANTEE_ABOVE_LOAN'),
    ...chargeOffReasons(row, amounts, chargedOffFen, drawnOn),
  ];
  if (reasons.length > 0 || drawnOn === undefined) return { loanNumber, amounts, reasons };
  const chargedOn = dateOf(row.ChgOffDate);
  const loan: Checked = {
    loanNumber,
    name: borrower,
    lender: row.Bank.trim(),
    termMonths: Number(row.Term),
    drawnOn,
    approvedFen: amounts.approvedFen,
    guaranteedFen: amounts.guaranteedFen,
    ...(chargedOn === undefined ? {} : { chargeOff: { on: chargedOn, amountFen: amounts.chargedOffFen } }),
  };
  return { loanNumber, amounts, loan, reasons };
};

const when = (is: boolean, reason: string): readonly string[] => (is ? [reason] : []);
const inRange = (months: number): boolean => 1 <= months && months <= TERM_MAX_MONTHS;

/** What of a charge-off does not fit: its date, its amount and the status must tell one story. */
const chargeOffReasons = (
  row: SbaRow,
  { approvedFen, guaranteedFen, chargedOffFen }: Amounts,
  read: Fen | undefined,
  drawnOn: BusinessDate | undefined,
): readonly string[] => {
  if (read === undefined) return ['CHARGE_OFF_AMOUNT_INVALID'];
  const dated = row.ChgOffDate.trim() !== '';
  if (row.MIS_Status === 'P I F') return when(dated || chargedOffFen > 0n, 'CHARGE_OFF_OF_PAID_LOAN');
  if (row.MIS_Status !== 'CHGOFF') return [row.MIS_Status.trim() === '' ? 'STATUS_MISSING' : 'STATUS_UNKNOWN'];
  const on = dateOf(row.ChgOffDate);
  return [
    ...when(!dated, 'CHARGE_OFF_DATE_MISSING'),
    ...when(dated && on === undefined, 'CHARGE_OFF_DATE_INVALID'),
    ...when(on !== undefined && drawnOn !== undefined && on < drawnOn, 'CHARGE_OFF_BEFORE_LOAN'),
    // Less than a cent of it would be covered.
    ...when(chargedOffFen === 0n || chargedOffFen * guaranteedFen < approvedFen, 'CHARGE_OFF_AMOUNT_ZERO'),
    ...when(chargedOffFen > approvedFen, 'CHARGE_OFF_ABOVE_LOAN'),
  ];
};
