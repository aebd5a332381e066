import { ensure, FundError } from '#shared/errors/fund-error.ts';
import type { ProposalState } from '../approvals/case.ts';
import { addMonths, type BusinessDate } from '../calendar.ts';
import type { EligibilityRule, LendingRules, SeedCharter } from '../charter/seed.ts';
import { checkUscc } from '../identity.ts';
import { checkAdvance } from './advance.ts';
import type { Applicant, DocumentRef, LoanApplication } from './proposals.ts';

/**
 * Everything the rules ask of an application by itself.
 * @returns every eligibility rule with its answer, for the file.
 * @throws LENDING_CLOSED, USCC_INVALID, BORROWER_KIND_REFUSED, DOCUMENTS_MISSING, NOT_ELIGIBLE (all reasons at once),
 *   TERM_OUT_OF_RANGE, REPAYMENT_REFUSED, AMOUNT_INVALID, ENTERPRISE_LIMIT_EXCEEDED, INSTRUMENT_FORBIDDEN, NOT_A_COMPANY,
 *   MILESTONES_INVALID
 */
export const checkApplication = (
  application: LoanApplication,
  charter: SeedCharter,
  today: BusinessDate,
): ProposalState['checks'] => {
  const { lending } = charter;
  const { applicant, amountFen, termMonths, repayment } = application;
  requireOffered(application, charter);
  checkApplicant(applicant, lending);
  ensure(amountFen > 0n, 'AMOUNT_INVALID', { amountFen: String(amountFen) });
  ensure(amountFen <= lending.maxPerEnterpriseFen, 'ENTERPRISE_LIMIT_EXCEEDED', {
    limitFen: String(lending.maxPerEnterpriseFen),
    askedFen: String(amountFen),
  });
  ensure(lending.minTermMonths <= termMonths && termMonths <= lending.maxTermMonths, 'TERM_OUT_OF_RANGE', {
    minMonths: String(lending.minTermMonths),
    maxMonths: String(lending.maxTermMonths),
  });
  ensure(lending.repayments.includes(repayment.kind), 'REPAYMENT_REFUSED', { allowed: lending.repayments.join(' ') });
  if (repayment.kind === 'instalments')
    ensure(repayment.count * repayment.everyMonths <= termMonths, 'REPAYMENT_REFUSED', {
      reason: 'longer than the term',
    });
  checkDocuments(application.documents, lending.documents[applicant.kind]);
  if (application.advance !== undefined) checkAdvance(application.advance, applicant.kind, charter, today);
  return checkEligibility(lending.eligibility, application, today);
};

/** Rules that give no more loans may still pay first what becomes a share later. @throws LENDING_CLOSED */
const requireOffered = ({ advance }: LoanApplication, { lending, conversion, documentNumber }: SeedCharter): void => {
  const advances = advance !== undefined && conversion?.milestones !== undefined;
  ensure(lending.open || advances, 'LENDING_CLOSED', { documentNumber });
};

/** Who asks, and what they declare. */
type Applying = Pick<LoanApplication, 'applicant' | 'declarations'>;

/**
 * Holds an applicant against every eligibility rule.
 * @returns every rule with its answer, for the file
 * @throws NOT_ELIGIBLE with all reasons at once
 */
export const checkEligibility = (
  rules: readonly EligibilityRule[],
  applying: Applying,
  today: BusinessDate,
): ProposalState['checks'] => {
  const checks = rules.map((rule) => ({ label: rule.label, passed: passes(rule, applying, today) }));
  const failed = checks.filter((c) => !c.passed).map((c) => c.label);
  ensure(failed.length === 0, 'NOT_ELIGIBLE', { reasons: failed.join('；') });
  return checks;
};

/** @throws USCC_INVALID, BORROWER_KIND_REFUSED */
export const checkApplicant = (applicant: Applicant, lending: LendingRules): void => {
  ensure(lending.borrowers.includes(applicant.kind), 'BORROWER_KIND_REFUSED', { allowed: lending.borrowers.join(' ') });
  if (applicant.kind === 'company') checkUscc(applicant.id);
  else
    ensure(/^TEAM-[0-9A-Z]{8,20}$/.test(applicant.id), 'USCC_INVALID', { reason: 'a team number begins with TEAM-' });
};

/** @throws DOCUMENTS_MISSING with the types that are not there */
export const checkDocuments = (given: readonly DocumentRef[], required: readonly string[]): void => {
  const missing = required.filter((type) => !given.some((d) => d.type === type));
  if (missing.length > 0) throw new FundError('DOCUMENTS_MISSING', { missing: missing.join(' ') });
};

const passes = (rule: EligibilityRule, { applicant, declarations }: Applying, today: BusinessDate): boolean => {
  switch (rule.rule) {
    case 'max-age-years':
      return addMonths(applicant.establishedOn, rule.years * 12) >= today && applicant.establishedOn <= today;
    case 'declared':
      return declarations[rule.key] === rule.expected;
  }
};
