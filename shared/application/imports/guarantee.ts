import { requireBank } from '#shared/domain/approvals/guards.ts';
import { filingIdOf } from '#shared/domain/guarantee/filing.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { guaranteeKinds } from '../kinds/guarantee.ts';
import { documentsOf, fenOf, given, wholeOf } from './fields.ts';
import type { ImportKind } from './kind.ts';

/*
 * What cooperating banks and officers hand in by the thousand for risk-compensation funds. The columns are the members of
 * the rows in shared/contracts/guarantee.ts, with money in yuan.
 */

/** Loans to be covered, one a line. */
export const filingsImport: ImportKind = {
  summary: { zh: '批量备案贷款', en: 'Loans to be covered' },
  roles: ['bank'],
  kinds: guaranteeKinds,
  columns: [
    'contractNumber',
    'enterpriseId',
    'enterpriseName',
    'sizeClass',
    'district',
    'product',
    'coveredYuan',
    'uncoveredYuan',
    'annualRate',
    'feeRate',
    'termMonths',
    'drawnOn',
  ],
  commands: (row, owner) => [
    {
      kind: 'filing.file',
      payload: {
        bankId: requireBank(owner),
        ...given(row, 'contractNumber', 'enterpriseId', 'enterpriseName', 'sizeClass', 'district', 'product'),
        ...given(row, 'guarantorId', 'annualRate', 'feeRate', 'drawnOn', 'contractSha256', 'drawdownSha256'),
        coveredFen: fenOf(row['coveredYuan']),
        uncoveredFen: fenOf(row['uncoveredYuan']),
        termMonths: wholeOf(row['termMonths']),
      },
    },
  ],
};

/** What is still owed on loans under cover. */
export const balancesImport: ImportKind = {
  summary: { zh: '批量报送余额', en: 'Balances of loans under cover' },
  roles: ['bank'],
  kinds: guaranteeKinds,
  columns: ['contractNumber', 'asOf', 'coveredYuan', 'uncoveredYuan'],
  commands: (row, owner) => [
    {
      kind: 'filing.report',
      payload: {
        filingId: filingIdOf(requireBank(owner), row['contractNumber'] ?? ''),
        ...given(row, 'asOf', 'overdueSince', 'trouble', 'note'),
        coveredFen: fenOf(row['coveredYuan']),
        uncoveredFen: fenOf(row['uncoveredYuan']),
      },
    },
  ],
};

/** Claims on loans under cover. Documents are `type|name|sha256|bytes`, separated by semicolons. */
export const claimsImport: ImportKind = {
  summary: { zh: '批量补偿申请', en: 'Claims on loans under cover' },
  roles: ['bank'],
  kinds: guaranteeKinds,
  columns: ['contractNumber', 'interestYuan', 'documents'],
  commands: (row, owner) => {
    const filingId = filingIdOf(requireBank(owner), row['contractNumber'] ?? '');
    return [
      {
        kind: 'claim.submit',
        payload: {
          filingId,
          caseId: idFrom('CS', ['claim', filingId]),
          interestFen: fenOf(row['interestYuan']),
          otherSupport: row['otherScheme']
            ? [{ scheme: row['otherScheme'], amountFen: fenOf(row['otherSupportYuan']) }]
            : [],
          ...(row['court']
            ? { lawsuit: { court: row['court'], number: row['suitNumber'], acceptedOn: row['acceptedOn'] } }
            : {}),
          documents: documentsOf(row['documents']),
        },
      },
    ];
  },
};

const GRADING_COLUMNS = ['enterpriseId', 'enterpriseName', 'factsOn', 'sourceSha256'] as const;

/** Enterprises to be graded. Every further column is a fact of the model in force, by its id. */
export const gradingsImport: ImportKind = {
  summary: { zh: '企业批量评级', en: 'Enterprises to be graded' },
  roles: ['officer'],
  kinds: guaranteeKinds,
  columns: GRADING_COLUMNS,
  commands: (row) => [
    {
      kind: 'grade.assess',
      payload: {
        ...given(row, ...GRADING_COLUMNS),
        facts: Object.fromEntries(
          Object.entries(row).filter(([name, value]) => value !== '' && !GRADING_COLUMNS.some((c) => c === name)),
        ),
      },
    },
  ],
};
