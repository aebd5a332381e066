import { describe, expect, test } from 'vitest';
import * as templates from '#shared/domain/book/templates.ts';
import { assertBalanced, type Line } from '#shared/domain/book/voucher.ts';
import { refusalOf } from '../../support/refusal.ts';

const DIMS = { enterprise: 'E', instrument: 'L' };
const TO = { enterprise: 'F', instrument: 'L' };

/** Lines as text: `debit 1303.01 100 E`, the borrower at the end. */
const text = (lines: readonly Line[]): readonly string[] =>
  lines.map((l) => [l.side, l.account, l.amountFen, l.dims?.enterprise ?? ''].join(' ').trim());

describe('posting templates', () => {
  test.each<[string, readonly Line[], readonly string[]]>([
    ['capital received', templates.capitalReceived(400n, 'city', '2711'), ['debit 1002 400', 'credit 2711 400']],
    ['loan disbursed', templates.loanDisbursed(100n, DIMS), ['debit 1303.01 100 E', 'credit 1002 100']],
    ['day-one difference', templates.dayOneDifference(9n, DIMS), ['debit 6711 9', 'credit 1303.03 9 E']],
    ['no difference', templates.dayOneDifference(0n, DIMS), []],
    ['unwinding', templates.unwindingPosted(9n, DIMS), ['debit 1303.03 9 E', 'credit 6011 9']],
    ['no unwinding', templates.unwindingPosted(0n, DIMS), []],
    [
      'repaid, part of it overdue',
      templates.loanRepaid({ overdueFen: 30n, normalFen: 70n }, DIMS, '1002'),
      ['debit 1002 100', 'credit 1303.02 30 E', 'credit 1303.01 70 E'],
    ],
    [
      'repaid out of the repair queue',
      templates.loanRepaid({ overdueFen: 0n, normalFen: 70n }, DIMS, '2241'),
      ['debit 2241 70', 'credit 1303.01 70 E'],
    ],
    ['penalty', templates.penaltyReceived(5n, '1002'), ['debit 1002 5', 'credit 6011 5']],
    ['no penalty', templates.penaltyReceived(0n, '1002'), []],
    ['fallen overdue', templates.overdueMoved(10n, DIMS), ['debit 1303.02 10 E', 'credit 1303.01 10 E']],
    ['no longer overdue', templates.overdueMoved(-10n, DIMS), ['debit 1303.01 10 E', 'credit 1303.02 10 E']],
    ['as overdue as before', templates.overdueMoved(0n, DIMS), []],
    ['provision up', templates.provisionMoved(10n, DIMS), ['debit 6702 10', 'credit 1304 10 E']],
    ['provision down', templates.provisionMoved(-10n, DIMS), ['debit 1304 10 E', 'credit 6702 10']],
    ['provision the same', templates.provisionMoved(0n, DIMS), []],
    [
      'written off, half of it provided for',
      templates.loanWrittenOff({ normalFen: 0n, overdueFen: 100n, discountFen: 0n, provisionFen: 50n }, DIMS),
      ['debit 6702 50', 'credit 1304 50 E', 'debit 1304 100 E', 'credit 1303.02 100 E'],
    ],
    [
      'written off with an unearned difference',
      templates.loanWrittenOff({ normalFen: 40n, overdueFen: 60n, discountFen: 10n, provisionFen: 90n }, DIMS),
      ['debit 1304 90 E', 'debit 1303.03 10 E', 'credit 1303.02 60 E', 'credit 1303.01 40 E'],
    ],
    [
      'written off with more provision than loss',
      templates.loanWrittenOff({ normalFen: 0n, overdueFen: 100n, discountFen: 20n, provisionFen: 100n }, DIMS),
      ['debit 1304 20 E', 'credit 6702 20', 'debit 1304 80 E', 'debit 1303.03 20 E', 'credit 1303.02 100 E'],
    ],
    [
      'recovered after write-off',
      templates.recoveredAfterWriteOff(7n, DIMS, '1002'),
      ['debit 1303.02 7 E', 'credit 1304 7 E', 'debit 1002 7', 'credit 1303.02 7 E', 'debit 1304 7 E', 'credit 6702 7'],
    ],
    [
      'borrower changed',
      templates.borrowerChanged({ normalFen: 40n, overdueFen: 60n, discountFen: 10n, provisionFen: 5n }, DIMS, TO),
      [
        'debit 1303.01 40 F',
        'credit 1303.01 40 E',
        'debit 1303.02 60 F',
        'credit 1303.02 60 E',
        'debit 1303.03 10 E',
        'credit 1303.03 10 F',
        'debit 1304 5 E',
        'credit 1304 5 F',
      ],
    ],
    ['money nobody can place', templates.unmatchedReceipt(3n, { instrument: 'R' }), ['debit 1002 3', 'credit 2241 3']],
    ['money gone', templates.unmatchedPayment(3n, { instrument: 'R' }), ['debit 1221 3', 'credit 1002 3']],
  ])('given %s, then the lines are those of domain.md §6.4, and balance', (_, lines, expected) => {
    expect(text(lines)).toEqual(expected);
    if (lines.length > 0 && !lines.some((l) => l.account === '2241' && l.dims === undefined))
      expect(refusalOf(() => assertBalanced(lines))).toBeUndefined();
  });

  test('given money out of the repair queue, then its line names the receipt, and no other line does', () => {
    const lines = templates.suspenseAssigned(templates.loanRepaid({ overdueFen: 0n, normalFen: 70n }, DIMS, '2241'), {
      instrument: 'R',
    });
    expect(lines.map((l) => l.dims?.instrument)).toEqual(['R', 'L']);
    expect(refusalOf(() => assertBalanced(lines))).toBeUndefined();
  });
});
