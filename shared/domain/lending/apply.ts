import { ensure } from '#shared/errors/fund-error.ts';
import { readCase, readProposal, requireRole } from '../approvals/guards.ts';
import { openCase, reopenCase, type Submission } from '../approvals/submit.ts';
import type { CommandSpec, EntityChange, Snapshot } from '../book/decision.ts';
import { loanRules } from '../charter/charter.ts';
import type { SeedCharter } from '../charter/seed.ts';
import { ref } from '../entities.ts';
import { nameSkeleton, normaliseName } from '../identity.ts';
import { formatYuan } from '../money.ts';
import { requireNotRunningOff } from '../seed/rules.ts';
import { hashOf } from '../wire.ts';
import { checkApplication } from './checks.ts';
import type { EnterpriseState } from './enterprise.ts';
import type { Applicant, LoanApplication } from './proposals.ts';

export interface ApplyPayload {
  readonly caseId: string;
  readonly application: LoanApplication;
}

const prefetch = ({ caseId, application }: ApplyPayload) => [
  ref('proposal', caseId),
  ref('enterprise', application.applicant.id),
  ref('name', nameId(application.applicant.name)),
];

/**
 * An officer files an application for a borrower. It takes its place under the enterprise's limit at once, so that two
 * applications cannot both be approved over it.
 * @throws ROLE_REQUIRED, CASE_EXISTS, FUND_RUNNING_OFF, NAME_INVALID, NAME_DIFFERS, NAME_LOOKS_ALIKE, ALREADY_NOVATED,
 *   ENTERPRISE_LIMIT_EXCEEDED and what {@link checkApplication} refuses
 */
export const applyForLoan: CommandSpec<ApplyPayload> = {
  kind: 'loan.apply',
  primary: (p) => ref('case', p.caseId),
  prefetch,
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer');
    const charter = loanRules(rules.inForce());
    requireNotRunningOff(charter);
    const checks = checkApplication(payload.application, charter, today);
    const changes = reserve(state, payload.application, charter, 0n);
    return openCase(state, { ...submission(payload), checks, changes }, actor, rules, today);
  },
};

/**
 * The maker hands in a changed application; all decisions made on the old one are void.
 * @throws NOT_THE_MAKER, STATE_INVALID, BORROWER_CHANGED and what applying refuses
 */
export const reapplyForLoan: CommandSpec<ApplyPayload> = {
  kind: 'loan.reapply',
  primary: (p) => ref('case', p.caseId),
  prefetch,
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer');
    const found = readCase(state, payload.caseId);
    ensure(found.maker === actor.id, 'NOT_THE_MAKER', { maker: found.maker });
    const { content } = readProposal(state, payload.caseId);
    ensure(
      content.subject === 'loan' && content.application.applicant.id === payload.application.applicant.id,
      'BORROWER_CHANGED',
    );
    const charter = loanRules(rules.version(found.charterVersion));
    const checks = checkApplication(payload.application, charter, today);
    const changes = reserve(state, payload.application, charter, found.amountFen);
    return reopenCase({ ...submission(payload), checks, changes }, found, rules, today);
  },
};

const submission = ({ caseId, application }: ApplyPayload): Omit<Submission, 'checks'> => ({
  caseId,
  content: { subject: 'loan', application },
  amountFen: application.amountFen,
  links: { enterprise: application.applicant.id },
  summary: `${application.applicant.name} 免息信用贷款申请 ${formatYuan(application.amountFen)}元`,
});

/** Takes the place under the limit, `replacedFen` of which the same case held before. */
const reserve = (
  state: Snapshot,
  { applicant, amountFen }: LoanApplication,
  charter: SeedCharter,
  replacedFen: bigint,
): readonly EntityChange[] => {
  const known = identify(state, applicant);
  const exposureFen = (known.before?.exposureFen ?? 0n) - replacedFen + amountFen;
  ensure(exposureFen <= charter.lending.maxPerEnterpriseFen, 'ENTERPRISE_LIMIT_EXCEEDED', {
    limitFen: String(charter.lending.maxPerEnterpriseFen),
    exposureFen: String((known.before?.exposureFen ?? 0n) - replacedFen),
    askedFen: String(amountFen),
  });
  const { kind, establishedOn } = applicant;
  const enterprise: EnterpriseState = known.before ?? { kind, name: known.name, establishedOn, exposureFen };
  return [...known.changes, { type: 'enterprise', id: applicant.id, state: { ...enterprise, exposureFen } }];
};

/** The place of a name in the register of names: equal for names that look the same. */
export const nameId = (name: string): string => hashOf(nameSkeleton(name)).slice(0, 16);

/**
 * Holds an applicant against what the fund knows: one code has one name, and two codes never have names that look alike.
 * @param predecessor the team whose name its company may take over
 * @throws NAME_INVALID, NAME_DIFFERS, NAME_LOOKS_ALIKE, ALREADY_NOVATED
 */
export const identify = (
  state: Snapshot,
  applicant: Pick<Applicant, 'id' | 'name'>,
  predecessor?: string,
): { name: string; before: EnterpriseState | undefined; changes: readonly EntityChange[] } => {
  const name = normaliseName(applicant.name);
  const before = state.read('enterprise', applicant.id);
  ensure(before === undefined || before.name === name, 'NAME_DIFFERS', { known: before?.name ?? '', given: name });
  ensure(before?.successor === undefined, 'ALREADY_NOVATED', { successor: before?.successor ?? '' });
  const bearer = state.read('name', nameId(name))?.enterpriseId;
  ensure([undefined, applicant.id, predecessor].includes(bearer), 'NAME_LOOKS_ALIKE', {
    bearer: bearer ?? '',
    given: name,
  });
  const claim: EntityChange = { type: 'name', id: nameId(name), state: { enterpriseId: applicant.id } };
  return { name, before, changes: bearer === applicant.id ? [] : [claim] };
};
