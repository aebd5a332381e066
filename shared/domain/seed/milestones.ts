import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { requireRole } from '../approvals/guards.ts';
import type { CommandSpec, Snapshot } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import { checkDocuments } from '../lending/checks.ts';
import { readLoan } from '../lending/contract.ts';
import { loanMachine } from '../lending/loan.ts';
import type { DocumentRef } from '../lending/proposals.ts';
import { requireEdge } from '../machine.ts';
import type { Fen } from '../money.ts';
import { conversionRules } from './rules.ts';

export interface ConfirmMilestonePayload {
  readonly loanId: string;
  readonly milestoneId: string;
  /** The day on which it was met, as the evidence shows. */
  readonly metOn: BusinessDate;
  readonly documents: readonly DocumentRef[];
}

/**
 * A reviewer confirms by evidence that a milestone was met in time.
 * @throws ROLE_REQUIRED, LOAN_NOT_FOUND, STATE_INVALID, MILESTONE_NOT_FOUND, MILESTONE_MET, MILESTONE_LATE, DATE_INVALID, DOCUMENTS_MISSING
 */
export const confirmMilestone: CommandSpec<ConfirmMilestonePayload> = {
  kind: 'milestone.confirm',
  primary: (p) => ref('milestones', p.loanId),
  prefetch: (p) => [ref('loan', p.loanId)],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'reviewer');
    const { loanId, milestoneId, metOn, documents } = payload;
    const loan = readLoan(state, loanId);
    // A milestone counts for the conversion alone.
    requireEdge(loanMachine, 'convert', loan.status);
    const agreed = state.read('milestones', loanId);
    const item = agreed?.items.find((m) => m.id === milestoneId);
    if (agreed === undefined || item === undefined) throw new FundError('MILESTONE_NOT_FOUND', { loanId, milestoneId });
    ensure(item.metOn === undefined, 'MILESTONE_MET', { metOn: item.metOn ?? '' });
    ensure(metOn <= today, 'DATE_INVALID', { metOn });
    ensure(metOn <= item.dueOn, 'MILESTONE_LATE', { dueOn: item.dueOn, metOn });
    checkDocuments(documents, conversionRules(rules.version(loan.charterVersion)).milestones?.documents ?? []);
    const items = agreed.items.map((m) => (m.id === milestoneId ? { ...m, metOn } : m));
    return {
      entries: [
        {
          type: 'milestone.confirmed',
          businessDate: today,
          summary: `里程碑达成 ${item.what}`,
          links: { loan: loanId, enterprise: loan.enterpriseId },
          facts: Object.fromEntries([['metOn', metOn], ...documents.map((d) => [d.type, d.sha256])]),
        },
      ],
      changes: [{ type: 'milestones', id: loanId, state: { ...agreed, items } }],
    };
  },
};

/**
 * A loan with milestones becomes a share only at the agreed value, once all are met; one whose milestones were missed is an
 * ordinary loan again, and so is one that had none.
 * @param agreedPreMoneyFen value a conversion is to be made at by agreement, in fen
 * @throws MILESTONES_OPEN, AGREED_VALUE_DIFFERS
 */
export const requireMilestones = (
  state: Snapshot,
  loanId: string,
  agreedPreMoneyFen: Fen | undefined,
  today: BusinessDate,
): void => {
  const agreed = state.read('milestones', loanId);
  const open = agreed?.items.filter((m) => m.metOn === undefined) ?? [];
  const missed = open.some((m) => m.dueOn < today);
  ensure(open.length === 0 || missed, 'MILESTONES_OPEN', { open: open.map((m) => m.id).join(' ') });
  const valueFen = missed ? undefined : agreed?.preMoneyFen;
  ensure(agreedPreMoneyFen === valueFen, 'AGREED_VALUE_DIFFERS', {
    agreedFen: String(valueFen ?? ''),
    askedFen: String(agreedPreMoneyFen ?? ''),
  });
};
