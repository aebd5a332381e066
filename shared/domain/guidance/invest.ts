import type { CaseState } from '../approvals/case.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Rules, Snapshot } from '../book/decision.ts';
import { guidanceRules } from '../charter/charter.ts';
import { ref } from '../entities.ts';
import { approveAcquisition } from '../equity/acquire.ts';
import { introduce } from '../equity/introduce.ts';
import type { Place } from '../equity/purchase.ts';
import { nameId } from '../lending/apply.ts';
import { readEnterprise } from '../lending/hold.ts';
import { formatYuan, positiveFen } from '../money.ts';
import { checkInvestment, requireAll } from './checks.ts';
import { checkLimits } from './limits.ts';
import type { AnyDeal, InvestmentProposal } from './proposals.ts';
import { requireInvesting } from './suspension.ts';

export interface ProposeInvestmentPayload {
  readonly caseId: string;
  readonly investment: InvestmentProposal;
}

/** What proposing and approving a deal is sure to read. */
export const dealRefs = ({ investee }: AnyDeal) => [
  ref('enterprise', investee.id),
  ref('name', nameId(investee.name)),
  ref('portfolio', 'all'),
  ref('suspension', 'all'),
];

/**
 * An officer proposes a direct investment. It takes its place under the limits at once, so that two proposals cannot both
 * be approved over them.
 * @throws ROLE_REQUIRED, INVESTING_SUSPENDED, and what {@link checkInvestment} and {@link introduce} refuse
 */
export const proposeInvestment: CommandSpec<ProposeInvestmentPayload> = {
  kind: 'investment.propose',
  primary: (p) => ref('case', p.caseId),
  prefetch: (p) => dealRefs(p.investment),
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer');
    const { caseId, investment } = payload;
    const charter = guidanceRules(rules.inForce(), investment.instrument);
    const investee = introduce(state, investment.investee, investment.sector);
    const checks = checkInvestment(state, charter, investment, investee.before, today);
    for (const fee of investment.fees) positiveFen(fee.amountFen);
    requireInvesting(state);
    const { amountFen, quantity, interested } = investment;
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'investment', investment },
        amountFen,
        checks,
        interested,
        links: { enterprise: investment.investee.id },
        changes: investee.changes({ exposureFen: amountFen, quantity }),
        summary: `${investment.investee.name} 股权投资 ${formatYuan(amountFen)}元`,
      },
      actor,
      rules,
      today,
    );
  },
};

/**
 * The last approval holds price and fees. Limits are looked at once more, because what they are parts of may have shrunk.
 * @throws INVESTING_SUSPENDED, INVESTMENT_REFUSED
 */
export const approveInvestment = (
  state: Snapshot,
  caseId: string,
  investment: InvestmentProposal,
  { charterVersion }: CaseState,
  rules: Rules,
): ApprovalEffect => {
  const { investee, amountFen, fees, payee, shareClass, quantity } = investment;
  requireStillAllowed(state, investment, charterVersion, rules);
  return approveAcquisition(
    caseId,
    {
      charterVersion,
      enterpriseId: investee.id,
      shareClass,
      quantity,
      costFen: amountFen,
      consideration: { kind: 'money', payee, fees },
    },
    investee.name,
  );
};

/** @throws INVESTING_SUSPENDED, INVESTMENT_REFUSED */
export const requireStillAllowed = (state: Snapshot, deal: AnyDeal, charterVersion: number, rules: Rules): void => {
  requireInvesting(state);
  const charter = guidanceRules(rules.version(charterVersion), deal.instrument);
  const nothing = { sector: deal.sector, exposureFen: 0n };
  requireAll(checkLimits(state, charter, readEnterprise(state, deal.investee.id), nothing));
};

/** The place a direct investment has under the limits. */
export const placeOfInvestment = ({ investee, amountFen, quantity }: InvestmentProposal): Place => ({
  enterpriseId: investee.id,
  exposureFen: amountFen,
  quantity,
});
