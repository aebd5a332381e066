import { ensure } from '#shared/errors/fund-error.ts';
import type { EntityChange } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import { forbid } from '../charter/charter.ts';
import type { SeedCharter } from '../charter/seed.ts';
import { type Fen, positiveFen } from '../money.ts';
import type { Advance } from './proposals.ts';

/*
 * 先投后股: the money is paid first, as an interest-free loan with agreed milestones and an agreed value of the enterprise. Once
 * all milestones are met in time, the loan becomes a share at that value; if not, it is a loan like any other.
 * (Chongqing, 2025: cq.gov.cn t20251209_15221886.)
 */

/** What was agreed when the money was paid, and what has been met of it. Known by the id of its loan. */
export interface MilestonesState {
  /** Value of the whole enterprise before the conversion, as agreed. */
  readonly preMoneyFen: Fen;
  readonly items: readonly (Advance['milestones'][number] & { readonly metOn?: BusinessDate })[];
}

/**
 * An application that asks for money first and offers a share later must be one the charter knows.
 * @throws INSTRUMENT_FORBIDDEN, NOT_A_COMPANY, MILESTONES_INVALID, AMOUNT_INVALID
 */
export const checkAdvance = (
  advance: Advance,
  borrowerKind: 'company' | 'team',
  charter: SeedCharter,
  today: BusinessDate,
): void => {
  const rules = charter.conversion?.milestones ?? forbid(charter, 'advance');
  ensure(borrowerKind === 'company', 'NOT_A_COMPANY', { kind: borrowerKind });
  positiveFen(advance.preMoneyFen);
  const ids = new Set(advance.milestones.map((m) => m.id));
  const past = advance.milestones.find((m) => m.dueOn <= today);
  ensure(ids.size === advance.milestones.length && ids.size <= rules.max && past === undefined, 'MILESTONES_INVALID', {
    milestones: String(advance.milestones.length),
    max: String(rules.max),
    past: past?.id ?? '',
  });
};

/** What the contract of an advance puts beside the loan. */
export const agreeMilestones = (loanId: string, advance: Advance | undefined): readonly EntityChange[] =>
  advance === undefined
    ? []
    : [{ type: 'milestones', id: loanId, state: { preMoneyFen: advance.preMoneyFen, items: advance.milestones } }];
