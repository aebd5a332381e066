import { ensure } from '#shared/errors/fund-error.ts';
import { requireSystem } from '../approvals/guards.ts';
import type { CommandSpec, EntityChange, Rules, Snapshot } from '../book/decision.ts';
import { dimsOf } from '../book/dims.ts';
import type { EntryDraft } from '../book/entry.ts';
import { closedThroughOf } from '../book/head.ts';
import { overdueMoved, provisionMoved, unwindingPosted } from '../book/templates.ts';
import type { Line } from '../book/voucher.ts';
import { addDays, addMonths, type BusinessDate, daysBetween, endOfMonth, maxDate, monthOf } from '../calendar.ts';
import { loanRules } from '../charter/charter.ts';
import type { SeedCharter } from '../charter/seed.ts';
import { ref } from '../entities.ts';
import { accrue } from './accrual.ts';
import { overdueAt } from './ageing.ts';
import { classify, type Grade } from './classification.ts';
import { loanDigest } from './digest.ts';
import { type LoanState, outstandingFen } from './loan.ts';
import { unamortisedFen } from './measurement.ts';
import { requiredProvisionFen } from './provision.ts';

export interface ClosePayload {
  /** The day to be closed; days before it that were missed are closed with it, each at its own date. */
  readonly through: BusinessDate;
  /** Active loans to age in this step; a fund with many is closed in several. */
  readonly loanIds: readonly string[];
  /** The step that closes the days. */
  readonly last: boolean;
}

/** Days one step may cover; a longer gap is closed month by month. */
export const CLOSE_DAYS_MAX = 31;

/** Loans of one step: each may leave some entries, and all must fit one transaction. */
export const CLOSE_LOANS_MAX = 8;

/**
 * The daily close (日终): ages every loan day by day, moves what fell overdue to 1303.02, sets the five-grade class and the
 * provision, unwinds the day-one difference at month ends, and closes the days. Entries bear the date on which the change
 * happened. Repeating it changes nothing.
 * @throws ROLE_REQUIRED, CLOSE_OUT_OF_RANGE for a day that is not over or a stretch that is too long
 */
export const closeDays: CommandSpec<ClosePayload> = {
  kind: 'day.close',
  primary: (p) => ref('closing', monthOf(p.through)),
  prefetch: (p) => p.loanIds.map((id) => ref('loan', id)),
  decide: (state, { payload, actor }, rules, today) => {
    requireSystem(actor);
    const { through, loanIds, last } = payload;
    const first = closedThroughOf(state.head);
    ensure(through < today && loanIds.length <= CLOSE_LOANS_MAX, 'CLOSE_OUT_OF_RANGE', { through, today });
    ensure(first === undefined || daysBetween(first, through) <= CLOSE_DAYS_MAX, 'CLOSE_OUT_OF_RANGE', {
      closedThrough: first ?? '',
    });
    const aged = loanIds.map((id) => ageLoan(state, id, through, rules));
    const news = last && (first === undefined || first < through);
    const entries = [...aged.flatMap((a) => a.entries), ...(news ? [closedEntry(through, first)] : [])];
    if (entries.length === 0) return { entries, changes: [] };
    const month = monthOf(through);
    const known = state.read('closing', month)?.closedThrough ?? through;
    return {
      entries,
      changes: [
        ...aged.flatMap((a) => a.changes),
        { type: 'closing', id: month, state: { closedThrough: maxDate(known, through) } },
      ],
      ...(news ? { head: { closedThrough: through } } : {}),
    };
  },
};

const closedEntry = (through: BusinessDate, before: BusinessDate | undefined): EntryDraft => ({
  type: 'day.closed',
  businessDate: through,
  summary: `日终 ${through}`,
  links: {},
  facts: before === undefined ? {} : { from: addDays(before, 1) },
});

/** Ages one loan from where it stands to `through`, one entry per day on which something changed. */
const ageLoan = (
  state: Snapshot,
  id: string,
  through: BusinessDate,
  rules: Rules,
): { entries: EntryDraft[]; changes: EntityChange[] } => {
  const before = state.read('loan', id);
  if (before?.status !== 'active' || before.agedThrough === undefined) return { entries: [], changes: [] };
  const charter = loanRules(rules.version(before.charterVersion));
  const entries: EntryDraft[] = [];
  let loan = before;
  const start = openStart(state, before.agedThrough);
  for (let day = start; day <= through; day = addDays(day, 1)) {
    const { after, lines } = ageOneDay(id, loan, day, charter);
    if (lines.length > 0 || after.grade !== loan.grade) entries.push(agedEntry(id, after, day, lines));
    loan = after;
  }
  return entries.length === 0 ? { entries, changes: [] } : { entries, changes: [{ type: 'loan', id, state: loan }] };
};

/** Days that are closed already bear no more entries; what changed in them is seen on the first open day. */
const openStart = (state: Snapshot, agedThrough: BusinessDate): BusinessDate => {
  const { closedThrough } = state.head;
  return closedThrough === undefined || closedThrough < agedThrough ? agedThrough : addDays(closedThrough, 1);
};

const agedEntry = (id: string, loan: LoanState, day: BusinessDate, lines: readonly Line[]): EntryDraft => ({
  type: 'loan.aged',
  businessDate: day,
  summary: `${GRADE_NAMES[loan.grade]}，逾期${loan.daysPastDue}天`,
  ...(lines.length === 0 ? {} : { lines }),
  links: { loan: id, enterprise: loan.enterpriseId },
  digests: [loanDigest(id, loan)],
});

const GRADE_NAMES: Readonly<Record<Grade, string>> = {
  normal: '正常',
  'special-mention': '关注',
  substandard: '次级',
  doubtful: '可疑',
  loss: '损失',
};

/** One day in the life of a loan. */
const ageOneDay = (
  id: string,
  before: LoanState,
  day: BusinessDate,
  charter: SeedCharter,
): { after: LoanState; lines: readonly Line[] } => {
  const dims = dimsOf(id, before);
  const { overdueFen, daysPastDue } = overdueAt(before.schedule, day);
  const grade = classify(daysPastDue, charter.classification, observed(before, day, charter));
  const { measurement, provision } = charter.accounting;
  const discountFen =
    measurement.kind === 'present-value' && day === endOfMonth(monthOf(day))
      ? unamortisedFen(before.schedule, measurement.annualRate, day, before.discountFen)
      : before.discountFen;
  const provisionFen = requiredProvisionFen(outstandingFen(before) - discountFen, grade, provision);
  const aged = accrue(before, day, charter.lending.penaltyDailyRate);
  return {
    after: { ...aged, overdueFen, daysPastDue, grade, discountFen, provisionFen },
    lines: [
      ...overdueMoved(overdueFen - before.overdueFen, dims),
      ...unwindingPosted(before.discountFen - discountFen, dims),
      ...provisionMoved(provisionFen - before.provisionFen, dims),
    ],
  };
};

/** An extended loan is watched for some months. */
const observed = (loan: LoanState, day: BusinessDate, charter: SeedCharter): boolean =>
  loan.extendedOn !== undefined && day <= addMonths(loan.extendedOn, charter.classification.observationMonths);
