import { ensure } from '#shared/errors/fund-error.ts';
import { requireSystem } from '../approvals/guards.ts';
import type { CommandSpec } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';

export interface StatementPayload {
  /** The bank's own number of the statement. */
  readonly statementId: string;
  readonly fileKey: string;
  readonly sha256: string;
  readonly date: BusinessDate;
  readonly openingFen: bigint;
  readonly closingFen: bigint;
  readonly lines: number;
}

/**
 * Records that a statement was taken in. Its lines are commands of their own; the balances are kept so that the book can
 * be compared with the bank (三方对账). Banks deliver files twice: the same bytes again, under whatever name, add nothing.
 * @throws ROLE_REQUIRED, STATEMENT_DIFFERS when other bytes bear the number of a statement taken in
 */
export const recordStatement: CommandSpec<StatementPayload> = {
  kind: 'statement.record',
  primary: (p) => ref('statement', p.statementId),
  decide: (book, { payload, actor }, _rules, today) => {
    requireSystem(actor);
    const { statementId, ...state } = payload;
    const known = book.read('statement', statementId)?.sha256;
    ensure(known === undefined || known === payload.sha256, 'STATEMENT_DIFFERS', { statementId, known: known ?? '' });
    if (known !== undefined) return { entries: [], changes: [] };
    return {
      entries: [
        {
          type: 'statement.recorded',
          businessDate: today,
          summary: `银行对账单 ${statementId}`,
          links: {},
          facts: {
            statement: statementId,
            sha256: payload.sha256,
            date: payload.date,
            closingFen: String(payload.closingFen),
            lines: String(payload.lines),
          },
          digests: [
            {
              type: 'statement',
              id: statementId,
              fields: {
                date: payload.date,
                openingFen: String(payload.openingFen),
                closingFen: String(payload.closingFen),
              },
            },
          ],
        },
      ],
      changes: [{ type: 'statement', id: statementId, state }],
    };
  },
};
