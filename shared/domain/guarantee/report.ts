import { ensure } from '#shared/errors/fund-error.ts';
import { requireBank, requireSystem } from '../approvals/guards.ts';
import type { CommandSpec } from '../book/decision.ts';
import { addMonths, type BusinessDate, daysBetween } from '../calendar.ts';
import { ref } from '../entities.ts';
import { allows, requireEdge } from '../machine.ts';
import { type FilingState, filingMachine, readFiling, readOwnFiling, type Trouble } from './filing.ts';
import { measure } from './measure.ts';
import { moveFiling, rulesOf } from './moves.ts';

export interface ReportPayload {
  readonly filingId: string;
  /** The day the balances are of. */
  readonly asOf: BusinessDate;
  /** Principal still owed, covered and not, in fen. */
  readonly coveredFen: bigint;
  readonly uncoveredFen: bigint;
  /** Due date of the oldest payment missed; absent when none is. */
  readonly overdueSince?: BusinessDate;
  /** Trouble other than, or beside, being overdue. */
  readonly trouble?: Trouble;
  readonly note?: string;
}

/**
 * The bank reports what is still owed (repayments, days past due, trouble). Principal never rises; the first report of trouble
 * is the notice a claim will need; trouble that is over is forgotten. Nothing owed under cover any more: settled (结清).
 * @throws ROLE_REQUIRED, BANK_NOT_NAMED, FILING_NOT_FOUND, STATE_INVALID, BALANCE_INVALID
 */
export const reportBalance: CommandSpec<ReportPayload> = {
  kind: 'filing.report',
  primary: (p) => ref('filing', p.filingId),
  decide: (state, { payload, actor }, rules, today) => {
    const { filingId, note } = payload;
    const before = readOwnFiling(state, filingId, requireBank(actor));
    requireEdge(filingMachine, 'report', before.status);
    checkReport(before, payload, today);
    const after = measure(reported(before, payload, today), rulesOf(rules, before), today);
    const type = after.status === 'settled' ? 'filing.settled' : 'filing.reported';
    const entry = {
      type,
      summary: note ?? SUMMARIES[after.status] ?? '报送余额',
      facts: { asOf: payload.asOf, outstandingFen: String(after.outstandingFen), trouble: after.trouble ?? '' },
    };
    return moveFiling(state, rules, { filingId, before, after, edge: 'report', entry }, today);
  },
};

const SUMMARIES: Readonly<Partial<Record<FilingState['status'], string>>> = {
  settled: '结清',
  exception: '项目异常',
};

const checkReport = (before: FilingState, report: ReportPayload, today: BusinessDate): void => {
  const { asOf, coveredFen, uncoveredFen, overdueSince } = report;
  const refuse = (reason: string, details: Readonly<Record<string, string>>, holds: boolean): void =>
    ensure(holds, 'BALANCE_INVALID', { reason, ...details });
  refuse('the day is over or not yet here', { from: before.asOf, today }, before.asOf <= asOf && asOf <= today);
  refuse(
    'covered principal has risen',
    { knownFen: String(before.outstandingFen) },
    coveredFen <= before.outstandingFen,
  );
  refuse(
    'uncovered principal has risen',
    { knownFen: String(before.uncoveredOutstandingFen) },
    uncoveredFen <= before.uncoveredOutstandingFen,
  );
  if (overdueSince === undefined) return;
  refuse(
    'overdue since before the loan, or after the report',
    {},
    before.drawnOn <= overdueSince && overdueSince <= asOf,
  );
};

const reported = (before: FilingState, report: ReportPayload, today: BusinessDate): FilingState => {
  const { overdueSince: _overdue, trouble: _trouble, noticeOn, ...kept } = before;
  const { asOf, coveredFen: outstandingFen, uncoveredFen: uncoveredOutstandingFen, overdueSince } = report;
  const balances = { ...kept, asOf, outstandingFen, uncoveredOutstandingFen };
  if (outstandingFen === 0n) return { ...balances, status: 'settled' };
  const trouble = report.trouble ?? (overdueSince === undefined ? undefined : 'overdue');
  const claimed = before.status === 'claimed';
  if (trouble === undefined) return { ...balances, status: claimed ? 'claimed' : 'confirmed' };
  return {
    ...balances,
    status: claimed ? 'claimed' : 'exception',
    trouble,
    noticeOn: noticeOn ?? today,
    ...(overdueSince === undefined ? {} : { overdueSince }),
  };
};

export interface ContinuePayload {
  readonly filingId: string;
  readonly months: number;
  readonly reason: string;
}

/**
 * 项目延续: maturity moves, under the terms the loan was filed under; it adds no cover, so no breaker has a say.
 * @throws ROLE_REQUIRED, BANK_NOT_NAMED, FILING_NOT_FOUND, STATE_INVALID, CONTINUATION_REFUSED
 */
export const continueFiling: CommandSpec<ContinuePayload> = {
  kind: 'filing.continue',
  primary: (p) => ref('filing', p.filingId),
  decide: (state, { payload, actor }, rules, today) => {
    const { filingId, months, reason } = payload;
    const before = readOwnFiling(state, filingId, requireBank(actor));
    requireEdge(filingMachine, 'continue', before.status);
    const charter = rulesOf(rules, before);
    const { maxTimes, maxMonths } = charter.filing.continuation;
    ensure(before.continuations < maxTimes && 1 <= months && months <= maxMonths, 'CONTINUATION_REFUSED', {
      maxTimes: String(maxTimes),
      maxMonths: String(maxMonths),
      times: String(before.continuations),
    });
    ensure(today <= before.maturesOn, 'CONTINUATION_REFUSED', { maturesOn: before.maturesOn });
    const moved: FilingState = {
      ...before,
      maturesOn: addMonths(before.maturesOn, months),
      continuations: before.continuations + 1,
      continuedOn: today,
    };
    const after = measure(moved, charter, today);
    const entry = { type: 'filing.continued', summary: reason, facts: { before: before.maturesOn } };
    return moveFiling(state, rules, { filingId, before, after, edge: 'continue', entry }, today);
  },
};

export interface AgePayload {
  readonly filingId: string;
}

/**
 * A grade has come due (五级分类): the nightly job asks on the day a filing passes another threshold. Nothing to do when it is
 * not, or no longer, so.
 * @throws ROLE_REQUIRED, FILING_NOT_FOUND
 */
export const ageFiling: CommandSpec<AgePayload> = {
  kind: 'filing.age',
  primary: (p) => ref('filing', p.filingId),
  decide: (state, { payload, actor }, rules, today) => {
    requireSystem(actor);
    const { filingId } = payload;
    const before = readFiling(state, filingId);
    const due = before.remindOn !== undefined && before.remindOn <= today;
    if (!due || !allows(filingMachine, 'age', before.status)) return { entries: [], changes: [] };
    const after = measure(before, rulesOf(rules, before), today);
    const days = daysBetween(before.overdueSince ?? today, today);
    const entry = {
      type: 'filing.aged',
      summary: `逾期${days}天`,
      facts: { before: before.grade, grade: after.grade },
    };
    return moveFiling(state, rules, { filingId, before, after, edge: 'age', entry }, today);
  },
};
