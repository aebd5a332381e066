import { ensure } from '#shared/errors/fund-error.ts';
import type { CaseState } from '../approvals/case.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, EntityChange, Snapshot } from '../book/decision.ts';
import type { PublicEquityRules } from '../charter/seed.ts';
import { ref } from '../entities.ts';
import { approveAcquisition } from '../equity/acquire.ts';
import { introduce } from '../equity/introduce.ts';
import type { Place } from '../equity/purchase.ts';
import { positiveQuantity, type Quantity } from '../equity/quantity.ts';
import { checkUscc } from '../identity.ts';
import { nameId } from '../lending/apply.ts';
import { checkDocuments, checkEligibility } from '../lending/checks.ts';
import type { Applicant, BankAccount, DocumentRef } from '../lending/proposals.ts';
import { type Fen, formatYuan, positiveFen } from '../money.ts';
import { equityRules, requireNotRunningOff } from './rules.ts';
import { requireMinority } from './share.ts';

/** 公益参股: the fund takes a share of a young enterprise, for money, without a say in how it is run. */
export interface PublicEquityProposal {
  readonly applicant: Applicant;
  readonly amountFen: Fen;
  readonly shareClass: string;
  readonly quantity: Quantity;
  /** All shares of the enterprise after the purchase, fully diluted. */
  readonly totalQuantity: Quantity;
  readonly payee: BankAccount;
  readonly declarations: Readonly<Record<string, boolean>>;
  readonly documents: readonly DocumentRef[];
}

export interface ProposePublicEquityPayload {
  readonly caseId: string;
  readonly equity: PublicEquityProposal;
}

/**
 * An officer proposes to take a share. It takes its place under the enterprise's limit at once.
 * @throws ROLE_REQUIRED, INSTRUMENT_FORBIDDEN, FUND_RUNNING_OFF, NOT_A_COMPANY, USCC_INVALID, AMOUNT_INVALID,
 *   QUANTITY_INVALID, DOCUMENTS_MISSING, NOT_ELIGIBLE, NAME_INVALID, NAME_DIFFERS, NAME_LOOKS_ALIKE,
 *   FURTHER_PURCHASE_REFUSED, ENTERPRISE_LIMIT_EXCEEDED, SHARE_TOO_LARGE
 */
export const proposePublicEquity: CommandSpec<ProposePublicEquityPayload> = {
  kind: 'public-equity.propose',
  primary: (p) => ref('case', p.caseId),
  prefetch: ({ equity: { applicant } }) => [
    ref('enterprise', applicant.id),
    ref('name', nameId(applicant.name)),
    ref('portfolio', 'all'),
  ],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer');
    const { caseId, equity } = payload;
    const charter = rules.inForce();
    const terms = equityRules(charter);
    requireNotRunningOff(charter);
    requireSound(equity);
    checkDocuments(equity.documents, terms.documents);
    const checks = checkEligibility(terms.eligibility, equity, today);
    const changes = reserve(state, equity, terms);
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'public-equity', equity },
        amountFen: equity.amountFen,
        checks,
        changes,
        links: { enterprise: equity.applicant.id },
        summary: `${equity.applicant.name} 公益参股 ${formatYuan(equity.amountFen)}元`,
      },
      actor,
      rules,
      today,
    );
  },
};

/** @throws NOT_A_COMPANY, USCC_INVALID, AMOUNT_INVALID, QUANTITY_INVALID */
const requireSound = ({ applicant, amountFen, quantity }: PublicEquityProposal): void => {
  ensure(applicant.kind === 'company', 'NOT_A_COMPANY', { id: applicant.id });
  checkUscc(applicant.id);
  positiveFen(amountFen);
  positiveQuantity(quantity);
};

/** Takes the place under the limit, and holds what would be owned against the rules. */
const reserve = (
  state: Snapshot,
  { applicant, amountFen, quantity, totalQuantity }: PublicEquityProposal,
  terms: PublicEquityRules,
): readonly EntityChange[] => {
  const { before, changes } = introduce(state, applicant);
  const held = before?.equity ?? { exposureFen: 0n, quantity: 0n };
  ensure(terms.furtherPurchases || held.quantity === 0n, 'FURTHER_PURCHASE_REFUSED', { enterpriseId: applicant.id });
  ensure(held.exposureFen + amountFen <= terms.maxPerEnterpriseFen, 'ENTERPRISE_LIMIT_EXCEEDED', {
    limitFen: String(terms.maxPerEnterpriseFen),
    exposureFen: String(held.exposureFen),
    askedFen: String(amountFen),
  });
  requireMinority(held.quantity + quantity, totalQuantity, terms.maxShare);
  return changes({ exposureFen: amountFen, quantity });
};

/** The last approval holds the price. FUNDS_INSUFFICIENT follows from the head. */
export const approvePublicEquity = (
  caseId: string,
  { applicant, amountFen, shareClass, quantity, payee }: PublicEquityProposal,
  { charterVersion }: CaseState,
): ApprovalEffect =>
  approveAcquisition(
    caseId,
    {
      charterVersion,
      enterpriseId: applicant.id,
      shareClass,
      quantity,
      costFen: amountFen,
      consideration: { kind: 'money', payee, fees: [] },
    },
    applicant.name,
  );

/** The place a purchase has under the limits. */
export const placeOfPurchase = ({ applicant, amountFen, quantity }: PublicEquityProposal): Place => ({
  enterpriseId: applicant.id,
  exposureFen: amountFen,
  quantity,
});
