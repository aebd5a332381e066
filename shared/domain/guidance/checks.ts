import { ensure } from '#shared/errors/fund-error.ts';
import type { ProposalState } from '../approvals/case.ts';
import type { Snapshot } from '../book/decision.ts';
import { addDays, addMonths, type BusinessDate } from '../calendar.ts';
import type { GuidanceCharter, GuidanceInstrument } from '../charter/guidance.ts';
import { positiveQuantity } from '../equity/quantity.ts';
import { checkUscc } from '../identity.ts';
import { checkDocuments } from '../lending/checks.ts';
import type { EnterpriseState } from '../lending/enterprise.ts';
import { positiveFen } from '../money.ts';
import { type Fraction, partOf } from '../rate.ts';
import { requireAllowed } from './instruments.ts';
import { type Check, checkLimits } from './limits.ts';
import type { AnyDeal, CommitmentProposal, InvestmentProposal } from './proposals.ts';

/**
 * Holds a direct investment against every rule of the charter.
 * @param investee the enterprise as known before
 * @returns every rule with its answer, for the file
 * @throws INSTRUMENT_FORBIDDEN, DOCUMENTS_MISSING, USCC_INVALID, AMOUNT_INVALID, QUANTITY_INVALID, and INVESTMENT_REFUSED
 *   with all reasons at once
 */
export const checkInvestment = (
  state: Snapshot,
  charter: GuidanceCharter,
  deal: InvestmentProposal,
  investee: EnterpriseState | undefined,
  today: BusinessDate,
): ProposalState['checks'] => {
  requireDeal(charter, deal, 'equity');
  const heldAfter = positiveQuantity(deal.quantity) + (investee?.equity?.quantity ?? 0n);
  return requireAll([
    ...common(state, charter, deal, investee, today),
    share('share-of-investee', '持股比例', heldAfter, deal.totalQuantity, charter.limits.shareOfInvestee),
  ]);
};

/**
 * Holds a commitment to a sub-fund against every rule of the charter; the commitment counts, not what is called of it.
 * @throws as {@link checkInvestment}
 */
export const checkCommitment = (
  state: Snapshot,
  charter: GuidanceCharter,
  deal: CommitmentProposal,
  investee: EnterpriseState | undefined,
  today: BusinessDate,
): ProposalState['checks'] => {
  requireDeal(charter, deal, 'sub-fund');
  const committedFen = deal.amountFen + (investee?.equity?.exposureFen ?? 0n);
  return requireAll([
    ...common(state, charter, deal, investee, today),
    share('share-of-sub-fund', '占子基金比例', committedFen, deal.sizeFen, charter.limits.shareOfSubFund),
  ]);
};

/** @throws INSTRUMENT_FORBIDDEN, DOCUMENTS_MISSING, USCC_INVALID, AMOUNT_INVALID */
const requireDeal = (charter: GuidanceCharter, deal: AnyDeal, instrument: GuidanceInstrument): void => {
  requireAllowed(charter, deal, instrument);
  ensure(deal.investee.kind === 'company', 'NOT_A_COMPANY', { id: deal.investee.id });
  checkUscc(deal.investee.id);
  positiveFen(deal.amountFen);
  checkDocuments(deal.documents, charter.file.documents[instrument]);
};

/** The rules every deal meets. */
const common = (
  state: Snapshot,
  charter: GuidanceCharter,
  deal: AnyDeal,
  investee: EnterpriseState | undefined,
  today: BusinessDate,
): readonly Check[] => {
  const { beginsOn, investmentYears } = charter.term;
  const lastDay = addDays(addMonths(beginsOn, investmentYears * 12), -1);
  const otherwiseKnown = investee?.sector !== undefined && investee.sector !== deal.sector;
  return [
    {
      rule: 'investment-period',
      label: `投资期 ${beginsOn} 至 ${lastDay}`,
      passed: beginsOn <= today && today <= lastDay,
    },
    {
      rule: 'same-sector',
      label: `行业 ${deal.sector}，登记为 ${investee?.sector ?? deal.sector}`,
      passed: !otherwiseKnown || investee.equity?.exposureFen === 0n,
    },
    ...charter.file.declarations.map(({ key, expected, label }) => ({
      rule: key,
      label,
      passed: deal.declarations[key] === expected,
    })),
    ...checkLimits(state, charter, investee, { sector: deal.sector, exposureFen: deal.amountFen }),
  ];
};

const share = (rule: string, what: string, part: bigint, whole: bigint, max: Fraction): Check => ({
  rule,
  label: `${what}不超过 ${max.numerator}/${max.denominator}`,
  passed: part <= partOf(whole, max),
});

/** @throws INVESTMENT_REFUSED with every rule that is not met */
export const requireAll = (checks: readonly Check[]): ProposalState['checks'] => {
  const failed = checks.filter((c) => !c.passed);
  ensure(failed.length === 0, 'INVESTMENT_REFUSED', {
    rules: failed.map((c) => c.rule).join(' '),
    reasons: failed.map((c) => c.label).join('；'),
  });
  return checks.map(({ label, passed }) => ({ label, passed }));
};
