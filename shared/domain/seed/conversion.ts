import { ensure } from '#shared/errors/fund-error.ts';
import type { CaseState } from '../approvals/case.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Rules, Snapshot } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import { loanRules } from '../charter/charter.ts';
import type { ConversionRules } from '../charter/seed.ts';
import { ref } from '../entities.ts';
import { approveAcquisition } from '../equity/acquire.ts';
import { formatQuantity, type Quantity } from '../equity/quantity.ts';
import { moveStake } from '../equity/stake.ts';
import { checkDocuments } from '../lending/checks.ts';
import { readLoan } from '../lending/contract.ts';
import type { EnterpriseState } from '../lending/enterprise.ts';
import { readEnterprise } from '../lending/hold.ts';
import { type LoanState, loanMachine, outstandingFen } from '../lending/loan.ts';
import { penaltyDueFen } from '../lending/penalty.ts';
import type { DocumentRef } from '../lending/proposals.ts';
import { requireEdge } from '../machine.ts';
import { type Fen, formatYuan } from '../money.ts';
import {
  type Appraisal,
  type ConversionTerms,
  checkConversion,
  conversionTerms,
  type LastRound,
} from './conversion-terms.ts';
import { requireMilestones } from './milestones.ts';
import { conversionRules } from './rules.ts';

/** 债转股 of a loan. The claim is part of it, so that decisions bind it: a repayment in between voids them. */
export interface ConversionProposal {
  readonly loanId: string;
  readonly principalFen: Fen;
  /** Penalty converted with it; 0 where the charter says so. */
  readonly penaltyFen: Fen;
  readonly appraisal: Appraisal;
  /** All shares of the enterprise before the conversion. */
  readonly fullyDiluted: Quantity;
  readonly shareClass: string;
  readonly lastRound?: LastRound;
  /** Why the committee is asked to go above the limit per enterprise. */
  readonly limitWaiver?: string;
  /** Value agreed with the milestones of the loan (先投后股), at which it is converted in place of the appraised one. */
  readonly agreedPreMoneyFen?: Fen;
  readonly documents: readonly DocumentRef[];
}

export interface ProposeConversionPayload {
  readonly caseId: string;
  readonly conversion: ConversionProposal;
}

/**
 * An officer proposes that a loan become a share. The shares take their place under the limits at once; the loan goes on
 * as it is until the register shows the fund as owner.
 * @throws ROLE_REQUIRED, INSTRUMENT_FORBIDDEN, LOAN_NOT_FOUND, STATE_INVALID, CLAIM_CHANGED, NOT_A_COMPANY,
 *   MILESTONES_OPEN, AGREED_VALUE_DIFFERS, DOCUMENTS_MISSING, APPRAISAL_TOO_OLD, PRICE_BELOW_FLOOR, SHARE_TOO_LARGE, ENTERPRISE_LIMIT_EXCEEDED
 */
export const proposeConversion: CommandSpec<ProposeConversionPayload> = {
  kind: 'conversion.propose',
  primary: (p) => ref('case', p.caseId),
  prefetch: (p) => [ref('loan', p.conversion.loanId), ref('milestones', p.conversion.loanId), ref('portfolio', 'all')],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer');
    const { caseId, conversion } = payload;
    const charterRules = conversionRules(rules.inForce());
    const loan = readLoan(state, conversion.loanId);
    requireClaim(loan, conversion, rules);
    requireMilestones(state, conversion.loanId, conversion.agreedPreMoneyFen, today);
    const enterprise = readEnterprise(state, loan.enterpriseId);
    ensure(enterprise.kind === 'company', 'NOT_A_COMPANY', { id: loan.enterpriseId });
    checkDocuments(conversion.documents, charterRules.documents);
    const terms = termsOf(conversion);
    requireAllowed(charterRules, conversion, terms, enterprise, today);
    const amountFen = claimOf(conversion);
    const place = { exposureFen: terms.valueFen, quantity: terms.quantity };
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'conversion', conversion },
        amountFen,
        checks: [
          { label: `转股 ${formatQuantity(terms.quantity)}，作价 ${formatYuan(terms.valueFen)}元`, passed: true },
          ...(conversion.limitWaiver === undefined
            ? []
            : [{ label: `申请突破单户限额：${conversion.limitWaiver}`, passed: false }]),
        ],
        links: { loan: conversion.loanId, enterprise: loan.enterpriseId },
        changes: moveStake(state, loan.enterpriseId, place, enterprise),
        summary: `债转股 ${loan.contractNumber} ${formatYuan(amountFen)}元`,
      },
      actor,
      rules,
      today,
    );
  },
};

/** What is given up for the shares, in fen. */
const claimOf = ({ principalFen, penaltyFen }: Pick<ConversionProposal, 'principalFen' | 'penaltyFen'>): Fen =>
  principalFen + penaltyFen;

/** What the claim of a proposal is worth in shares. */
const termsOf = (conversion: ConversionProposal): ConversionTerms =>
  conversionTerms(
    claimOf(conversion),
    conversion.agreedPreMoneyFen ?? conversion.appraisal.preMoneyFen,
    conversion.fullyDiluted,
  );

/**
 * The loan still owes what is to be converted.
 * @throws STATE_INVALID, CLAIM_CHANGED
 */
const requireClaim = (loan: LoanState, { principalFen, penaltyFen }: ConversionProposal, rules: Rules): void => {
  requireEdge(loanMachine, 'convert', loan.status);
  const charter = rules.version(loan.charterVersion);
  const dueFen = penaltyDueFen(loan.penaltyUnits, loanRules(charter).lending.penaltyDailyRate);
  const convertibleFen = conversionRules(rules.inForce()).includePenalty ? dueFen : 0n;
  const owed = outstandingFen(loan);
  ensure(owed === principalFen && penaltyFen <= convertibleFen, 'CLAIM_CHANGED', {
    principalFen: String(owed),
    penaltyFen: String(convertibleFen),
  });
};

const requireAllowed = (
  rules: ConversionRules,
  { appraisal, fullyDiluted, lastRound, limitWaiver }: ConversionProposal,
  terms: ConversionTerms,
  { equity = { exposureFen: 0n, quantity: 0n } }: EnterpriseState,
  today: BusinessDate,
): void => {
  checkConversion(rules, appraisal, fullyDiluted, terms, equity.quantity, lastRound, today);
  const exposureFen = equity.exposureFen + terms.valueFen;
  ensure(exposureFen <= rules.maxPerEnterpriseFen || limitWaiver !== undefined, 'ENTERPRISE_LIMIT_EXCEEDED', {
    limitFen: String(rules.maxPerEnterpriseFen),
    exposureFen: String(equity.exposureFen),
    askedFen: String(terms.valueFen),
  });
};

/**
 * The last approval opens the acquisition of the shares; no money moves. The claim must be what was decided on.
 * @throws STATE_INVALID, CLAIM_CHANGED
 */
export const approveConversion = (
  state: Snapshot,
  caseId: string,
  conversion: ConversionProposal,
  { charterVersion }: CaseState,
  rules: Rules,
): ApprovalEffect => {
  const { loanId, principalFen, penaltyFen, shareClass } = conversion;
  const loan = readLoan(state, loanId);
  requireClaim(loan, conversion, rules);
  const { quantity, valueFen } = termsOf(conversion);
  return approveAcquisition(
    caseId,
    {
      charterVersion,
      enterpriseId: loan.enterpriseId,
      shareClass,
      quantity,
      costFen: valueFen,
      consideration: { kind: 'claim', loanId, principalFen, penaltyFen },
    },
    readEnterprise(state, loan.enterpriseId).name,
  );
};

/** The place a conversion has under the limits. */
export const placeOfConversion = (state: Snapshot, conversion: ConversionProposal) => {
  const { quantity, valueFen } = termsOf(conversion);
  return { enterpriseId: readLoan(state, conversion.loanId).enterpriseId, exposureFen: valueFen, quantity };
};
