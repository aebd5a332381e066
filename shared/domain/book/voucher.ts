import { ensure } from '#shared/errors/fund-error.ts';
import { type Fen, positiveFen } from '../money.ts';
import { CHART_OF_ACCOUNTS, type Dimension, isAccount } from './accounts.ts';

/** One line of a voucher. The amount is positive; a red line (红字) counts as its opposite on the same side. */
export interface Line {
  readonly account: string;
  readonly side: 'debit' | 'credit';
  readonly amountFen: Fen;
  readonly red?: true;
  readonly dims?: Readonly<Partial<Record<Dimension, string>>>;
}

export const debit = (account: string, amountFen: Fen, dims?: Line['dims']): Line => ({
  account,
  side: 'debit',
  amountFen,
  ...(dims === undefined ? {} : { dims }),
});

export const credit = (account: string, amountFen: Fen, dims?: Line['dims']): Line => ({
  ...debit(account, amountFen, dims),
  side: 'credit',
});

/** The lines that are not of zero fen. */
export const some = (...lines: readonly Line[]): readonly Line[] => lines.filter((line) => line.amountFen !== 0n);

/** Debit less credit of one line, in fen. */
const netOf = (line: Line): Fen => {
  const amount = line.red === true ? -line.amountFen : line.amountFen;
  return line.side === 'debit' ? amount : -amount;
};

/** Debit less credit of the lines of an account, or of all accounts, in fen. */
export const netDebitFen = (lines: readonly Line[], account?: string): Fen =>
  lines.filter((l) => account === undefined || l.account === account).reduce((sum, l) => sum + netOf(l), 0n);

/** Lines a voucher may have; far more than any posting has, few enough to stay an item. */
export const LINES_MAX = 60;

/**
 * A voucher has at least two lines on known accounts with the dimensions they ask for, positive amounts, and balances.
 * @throws VOUCHER_UNBALANCED, ACCOUNT_UNKNOWN, DIMENSION_REQUIRED, AMOUNT_INVALID
 */
export const assertBalanced = (lines: readonly Line[]): void => {
  ensure(2 <= lines.length && lines.length <= LINES_MAX, 'VOUCHER_UNBALANCED', { lines: String(lines.length) });
  for (const line of lines) {
    const { account } = line;
    ensure(isAccount(account), 'ACCOUNT_UNKNOWN', { account });
    positiveFen(line.amountFen);
    for (const dimension of CHART_OF_ACCOUNTS[account].requires)
      ensure(line.dims?.[dimension] !== undefined, 'DIMENSION_REQUIRED', { account, dimension });
  }
  ensure(netDebitFen(lines) === 0n, 'VOUCHER_UNBALANCED', { differenceFen: String(netDebitFen(lines)) });
};

/**
 * The type a voucher is numbered under: 记 when there is one series; else 收 when money came in, 付 when it went out, 转
 * when none moved. A red payment is still 付.
 */
export const voucherType = (lines: readonly Line[], series: 'single' | 'receipt-payment-transfer'): string => {
  if (series === 'single') return '记';
  const bank = lines.filter((l) => l.account === '1002');
  if (bank.length === 0) return '转';
  return bank.some((l) => l.side === 'debit') ? '收' : '付';
};

/** The red-ink reversal of lines: same accounts, same sides, opposite in effect. Twice reversed is the original. */
export const reverseLines = (lines: readonly Line[]): readonly Line[] =>
  lines.map(({ red, ...line }) => (red === true ? line : { ...line, red: true }));
