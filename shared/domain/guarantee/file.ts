import { ensure } from '#shared/errors/fund-error.ts';
import { requireBank, requireRole } from '../approvals/guards.ts';
import type { CommandSpec } from '../book/decision.ts';
import { addMonths } from '../calendar.ts';
import { coverRules } from '../charter/charter.ts';
import type { SharingScheme } from '../charter/compensation.ts';
import { ref } from '../entities.ts';
import { nameId } from '../lending/apply.ts';
import { allows, requireEdge } from '../machine.ts';
import { formatYuan } from '../money.ts';
import { identifyEnterprise } from './enterprise.ts';
import { figuresOfFiling, scopesOf } from './exposure.ts';
import { type FilingState, filingIdOf, filingMachine, readFiling, readOwnFiling } from './filing.ts';
import { checkFiling, checkLimit, type FilingRow } from './filing-checks.ts';
import { measure } from './measure.ts';
import { moveFiling, rulesOf } from './moves.ts';
import { requireOpen, requireRoom } from './watch.ts';

export interface FilePayload extends FilingRow {
  /** Who files; must be the bank of the token. */
  readonly bankId: string;
}

/**
 * A cooperating bank files one loan (入库申请). It takes its place under the enterprise's limit at once. Up to the charter's
 * amount the rules alone confirm it (入库确认), beyond that a reviewer does.
 * @throws ROLE_REQUIRED, BANK_NOT_NAMED, INSTRUMENT_FORBIDDEN, FILING_EXISTS, NEW_FILINGS_STOPPED, COVERAGE_LIMIT_REACHED,
 *   what {@link checkFiling}, {@link checkLimit} and {@link identifyEnterprise} refuse
 */
export const fileLoan: CommandSpec<FilePayload> = {
  kind: 'filing.file',
  primary: (p) => ref('filing', filingIdOf(p.bankId, p.contractNumber)),
  prefetch: (p) => [
    ref('enterprise', p.enterpriseId),
    ref('name', nameId(p.enterpriseName)),
    ...scopesOf(p).map((id) => ref('exposure', id)),
  ],
  decide: (state, { payload, actor }, rules, today) => {
    const { bankId } = payload;
    ensure(requireBank(actor) === bankId, 'BANK_UNKNOWN', { bankId });
    const charter = coverRules(rules.inForce());
    const filingId = filingIdOf(bankId, payload.contractNumber);
    const before = state.read('filing', filingId);
    ensure(before === undefined || allows(filingMachine, 'file', before.status), 'FILING_EXISTS', {
      filingId,
      status: before?.status ?? '',
    });
    const scheme = checkFiling(payload, bankId, charter, rules, today);
    const { enterpriseId: id, enterpriseName: name } = payload;
    const { enterprise, changes } = identifyEnterprise(state, { id, name }, charter.filing.uniqueNames);
    checkLimit(payload, enterprise, charter);
    requireOpen(state, charter, scopesOf(payload));
    const filed = newFiling(payload, scheme, rules.versionInForce, today);
    const { automaticUpToFen } = charter.filing;
    const automatic = automaticUpToFen !== null && payload.coveredFen <= automaticUpToFen;
    const after = measure(automatic ? { ...filed, status: 'confirmed', confirmedOn: today } : filed, charter, today);
    if (automatic) requireRoom(state, charter, figuresOfFiling(after, charter));
    const what = automatic ? '入库确认' : '入库申请';
    const moved = moveFiling(
      state,
      rules,
      {
        filingId,
        before,
        after,
        enterprise,
        borrower: enterprise.name,
        ...(before === undefined ? {} : { edge: 'file' }),
        entry: {
          type: automatic ? 'filing.confirmed' : 'filing.applied',
          summary: `${what} ${enterprise.name} ${formatYuan(payload.coveredFen)}元`,
          facts: evidenceOf(payload),
        },
      },
      today,
    );
    return { ...moved, changes: [...moved.changes, ...changes] };
  },
};

const evidenceOf = ({ contractSha256, drawdownSha256 }: FilingRow): Readonly<Record<string, string>> => ({
  ...(contractSha256 === undefined ? {} : { contractSha256 }),
  ...(drawdownSha256 === undefined ? {} : { drawdownSha256 }),
});

const newFiling = (
  row: FilePayload,
  scheme: SharingScheme,
  charterVersion: number,
  today: FilingState['filedOn'],
): FilingState => ({
  status: 'applied',
  bankId: row.bankId,
  enterpriseId: row.enterpriseId,
  contractNumber: row.contractNumber,
  product: row.product,
  district: row.district,
  sizeClass: row.sizeClass,
  scheme: scheme.id,
  ...(row.guarantorId === undefined ? {} : { guarantorId: row.guarantorId }),
  charterVersion,
  coveredFen: row.coveredFen,
  uncoveredFen: row.uncoveredFen,
  outstandingFen: row.coveredFen,
  uncoveredOutstandingFen: row.uncoveredFen,
  annualRate: row.annualRate,
  feeRate: row.feeRate,
  drawnOn: row.drawnOn,
  maturesOn: addMonths(row.drawnOn, row.termMonths),
  filedOn: today,
  asOf: row.drawnOn,
  grade: 'normal',
  provisionFen: 0n,
  continuations: 0,
});

export interface ReviewFilingPayload {
  readonly filingId: string;
  readonly opinion: 'confirm' | 'refuse';
  readonly comment: string;
}

/**
 * A reviewer confirms a filing or refuses it (项目审核). Confirming is adding cover, so breakers and limits have their say again.
 * @throws ROLE_REQUIRED, DUTIES_NOT_SEPARATE, FILING_NOT_FOUND, STATE_INVALID, NEW_FILINGS_STOPPED, COVERAGE_LIMIT_REACHED
 */
export const reviewFiling: CommandSpec<ReviewFilingPayload> = {
  kind: 'filing.review',
  primary: (p) => ref('filing', p.filingId),
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'reviewer');
    ensure(actor.kind === 'person', 'DUTIES_NOT_SEPARATE', { person: actor.id });
    const { filingId, opinion, comment } = payload;
    const before = readFiling(state, filingId);
    requireEdge(filingMachine, opinion, before.status);
    const charter = rulesOf(rules, before);
    if (opinion === 'refuse') {
      const after = measure({ ...before, status: 'refused' }, charter, today);
      const entry = { type: 'filing.refused', summary: comment };
      return moveFiling(state, rules, { filingId, before, after, edge: 'refuse', entry }, today);
    }
    const inForce = coverRules(rules.inForce());
    requireOpen(state, inForce, scopesOf(before));
    const after = measure({ ...before, status: 'confirmed', confirmedOn: today }, charter, today);
    requireRoom(state, inForce, figuresOfFiling(after, charter));
    const entry = { type: 'filing.confirmed', summary: comment };
    return moveFiling(state, rules, { filingId, before, after, edge: 'confirm', entry }, today);
  },
};

export interface WithdrawFilingPayload {
  readonly filingId: string;
  readonly reason: string;
}

/**
 * The bank takes a loan out of cover, or an application back.
 * @throws ROLE_REQUIRED, BANK_NOT_NAMED, FILING_NOT_FOUND, STATE_INVALID
 */
export const withdrawFiling: CommandSpec<WithdrawFilingPayload> = {
  kind: 'filing.withdraw',
  primary: (p) => ref('filing', p.filingId),
  decide: (state, { payload, actor }, rules, today) => {
    const { filingId, reason } = payload;
    const before = readOwnFiling(state, filingId, requireBank(actor));
    requireEdge(filingMachine, 'withdraw', before.status);
    const charter = rulesOf(rules, before);
    const after = measure({ ...before, status: 'withdrawn' }, charter, today);
    const entry = { type: 'filing.withdrawn', summary: reason };
    return moveFiling(state, rules, { filingId, before, after, edge: 'withdraw', entry }, today);
  },
};
