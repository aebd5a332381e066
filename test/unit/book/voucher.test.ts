import { describe, expect, test } from 'vitest';
import { CHART_OF_ACCOUNTS, isAccount } from '#shared/domain/book/accounts.ts';
import {
  assertBalanced,
  credit,
  debit,
  LINES_MAX,
  type Line,
  netDebitFen,
  reverseLines,
  voucherType,
} from '#shared/domain/book/voucher.ts';
import { refusalOf } from '../../support/refusal.ts';
import { turnover } from '../../support/turnover.ts';

const LOAN = { enterprise: 'E', instrument: 'L' };
const lent: readonly Line[] = [debit('1303.01', 100n, LOAN), credit('1002', 100n)];
const red = (line: Line): Line => ({ ...line, red: true });

describe('a voucher', () => {
  test('given lines that balance, with their dimensions, then it stands; so does its reversal', () => {
    expect(refusalOf(() => assertBalanced(lent))).toBeUndefined();
    expect(refusalOf(() => assertBalanced(reverseLines(lent)))).toBeUndefined();
    const split = [
      debit('1002', 100n),
      credit('2711', 40n, { contributor: 'c' }),
      credit('2711', 60n, { contributor: 'z' }),
    ];
    expect(refusalOf(() => assertBalanced(split))).toBeUndefined();
  });

  test.each<[string, string, readonly Line[]]>([
    ['one fen too much', 'VOUCHER_UNBALANCED', [debit('1002', 101n), credit('6011', 100n)]],
    ['two debits', 'VOUCHER_UNBALANCED', [debit('1002', 1n), debit('6011', 1n)]],
    ['a red line on the wrong side', 'VOUCHER_UNBALANCED', [debit('1002', 1n), red(credit('6011', 1n))]],
    ['no lines', 'VOUCHER_UNBALANCED', []],
    ['one line', 'VOUCHER_UNBALANCED', [debit('1002', 1n)]],
    ['one line and its red twin, but on no account', 'ACCOUNT_UNKNOWN', [debit('9999', 1n), red(debit('9999', 1n))]],
    ['an inherited name', 'ACCOUNT_UNKNOWN', [debit('toString', 1n), credit('1002', 1n)]],
    ['nothing', 'AMOUNT_INVALID', [debit('1002', 0n), credit('6011', 0n)]],
    ['less than nothing', 'AMOUNT_INVALID', [debit('1002', -1n), credit('6011', -1n)]],
    ['more than there is', 'AMOUNT_INVALID', [debit('1002', 10n ** 18n), credit('6011', 10n ** 18n)]],
    ['no borrower', 'DIMENSION_REQUIRED', [debit('1303.01', 1n, { instrument: 'L' }), credit('1002', 1n)]],
    ['no loan', 'DIMENSION_REQUIRED', [debit('1303.01', 1n, { enterprise: 'E' }), credit('1002', 1n)]],
    ['no contributor', 'DIMENSION_REQUIRED', [debit('1002', 1n), credit('2711', 1n)]],
  ])('given %s, then %s', (_, code, lines) => {
    expect(refusalOf(() => assertBalanced(lines))).toBe(code);
  });

  test('given as many lines as an item bears, then it stands; one more and it does not', () => {
    const lines = (count: number) => [
      debit('1002', BigInt(count - 1)),
      ...Array.from({ length: count - 1 }, () => credit('6011', 1n)),
    ];
    expect(refusalOf(() => assertBalanced(lines(LINES_MAX)))).toBeUndefined();
    expect(refusalOf(() => assertBalanced(lines(LINES_MAX + 1)))).toBe('VOUCHER_UNBALANCED');
  });

  test('given a reversal, then it takes everything back, and reversing it again gives the original', () => {
    expect(netDebitFen([...lent, ...reverseLines(lent)], '1002')).toBe(0n);
    expect(netDebitFen([...lent, ...reverseLines(lent)], '1303.01')).toBe(0n);
    expect(reverseLines(lent).map((l) => l.side)).toEqual(lent.map((l) => l.side));
    expect(reverseLines(reverseLines(lent))).toEqual(lent);
  });

  test('given lines, then turnover counts red below zero, by account and side', () => {
    const totals = turnover([...lent, red(debit('1303.01', 30n, LOAN)), credit('6011', 5n)]);
    expect(totals.get('1303.01')).toEqual({ debitFen: 70n, creditFen: 0n });
    expect(totals.get('1002')).toEqual({ debitFen: 0n, creditFen: 100n });
    expect(totals.get('6011')).toEqual({ debitFen: 0n, creditFen: 5n });
  });

  test.each<[string, string, readonly Line[]]>([
    ['money in', '收', [debit('1002', 1n), credit('6011', 1n)]],
    ['money out', '付', lent],
    ['no money', '转', [debit('6702', 1n), credit('1304', 1n, LOAN)]],
    ['a payment taken back in red', '付', reverseLines(lent)],
    ['money in, in red', '收', reverseLines([debit('1002', 1n), credit('6011', 1n)])],
  ])('given %s, then its type is %s, or 记 where there is one series', (_, type, lines) => {
    expect(voucherType(lines, 'receipt-payment-transfer')).toBe(type);
    expect(voucherType(lines, 'single')).toBe('记');
  });
});

describe('chart of accounts', () => {
  test('given its accounts, then every class but assets has the side of its class; a contra asset the other one', () => {
    const sides = { liability: 'credit', equity: 'credit', income: 'credit', expense: 'debit' } as const;
    for (const account of Object.values(CHART_OF_ACCOUNTS))
      if (account.class !== 'asset') expect(account.normalSide).toBe(sides[account.class]);
    expect(CHART_OF_ACCOUNTS['1002']).toMatchObject({ class: 'asset', normalSide: 'debit', requires: [] });
    expect(CHART_OF_ACCOUNTS['1304']).toMatchObject({ class: 'asset', normalSide: 'credit' });
    expect(CHART_OF_ACCOUNTS['1303.03']).toMatchObject({ class: 'asset', normalSide: 'credit' });
  });

  test('given a code, then only what is in the chart is an account', () => {
    expect(isAccount('1002')).toBe(true);
    for (const code of ['', '1003', '1303', 'constructor', '__proto__']) expect(isAccount(code)).toBe(false);
  });
});
