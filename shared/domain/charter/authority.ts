import { FundError } from '#shared/errors/fund-error.ts';
import type { AuthorityTier } from './base.ts';
import type { Charter } from './charter.ts';
import { checkCompensation } from './check-compensation.ts';
import { checkGuidance } from './check-guidance.ts';
import type { ClassificationRules } from './credit.ts';
import type { PublicEquityRules, SeedCharter } from './seed.ts';
import { SUBJECTS_OF, type Subject } from './subjects.ts';

/**
 * Who must agree when a fund is founded and no charter can say so yet: the fund director and the finance bureau, two
 * different persons. Everything later is the charter's own business.
 */
export const FOUNDING_TIER: AuthorityTier = {
  subject: 'charter',
  upToFen: null,
  review: false,
  committee: false,
  noticeWorkingDays: 0,
  finalApprovals: [
    { role: 'director', count: 1 },
    { role: 'finance-bureau', count: 1 },
  ],
  expiresAfterDays: 90,
};

/**
 * The tier that decides on `amountFen` of a subject.
 * @throws AUTHORITY_MISSING when the charter has no tier for it.
 */
export const tierFor = (charter: Charter, subject: Subject, amountFen: bigint): AuthorityTier => {
  const tier = charter.authority.find((t) => t.subject === subject && (t.upToFen === null || amountFen <= t.upToFen));
  if (tier === undefined) throw new FundError('AUTHORITY_MISSING', { subject, amountFen: String(amountFen) });
  return tier;
};

/**
 * Checks what a schema cannot say of a charter: shares, tiers that cover every amount of every subject, committee
 * fractions, ordered thresholds, members that exist once.
 * @throws CHARTER_INVALID with the first contradiction found.
 */
export const checkCharter = (charter: Charter): void => {
  const fail = (reason: string): never => {
    throw new FundError('CHARTER_INVALID', { reason });
  };
  const { contributors, remainderTo, totalFen } = charter.capital;
  if (totalFen <= 0n) fail('capital must be positive');
  if (contributors.length === 0 || contributors.some((c) => !Number.isInteger(c.weight) || c.weight <= 0))
    fail('contributors need whole positive weights');
  if (!allDifferent(contributors.map((c) => c.id))) fail('a contributor is listed twice');
  if (!contributors.some((c) => c.id === remainderTo)) fail('remainderTo names no contributor');
  for (const subject of SUBJECTS_OF[charter.kind]) checkTiers(charter, subject, fail);
  const { members, quorum, pass } = charter.committee;
  if (!allDifferent(members.map((m) => m.id))) fail('a committee member is listed twice');
  if (charter.authority.some((t) => t.committee) && members.length === 0)
    fail('a tier asks for a committee without members');
  for (const f of [quorum, pass])
    if (f.denominator <= 0 || f.numerator <= 0 || f.numerator > f.denominator)
      fail('a committee fraction is not in (0, 1]');
  checkObserver(charter, fail);
  switch (charter.kind) {
    case 'seed':
      checkGrades(charter.classification, fail);
      checkSeed(charter, fail);
      break;
    case 'risk-compensation':
      checkGrades(charter.classification, fail);
      checkCompensation(charter, fail);
      break;
    case 'guidance':
      checkGuidance(charter, fail);
  }
};

const checkObserver = ({ committee }: Charter, fail: (reason: string) => never): void => {
  const { observer, members } = committee;
  if (observer === undefined) return;
  if (members.some((m) => m.id === observer.id)) fail('the observer is a member');
  if (!allDifferent(observer.grounds.map((g) => g.id))) fail('a ground of veto is listed twice');
};

const checkGrades = (c: ClassificationRules, fail: (reason: string) => never): void => {
  if (!(0 <= c.specialMentionOverDays && c.specialMentionOverDays < c.substandardOverDays))
    fail('grade thresholds must rise');
  if (!(c.substandardOverDays < c.doubtfulOverDays && c.doubtfulOverDays < c.lossOverDays))
    fail('grade thresholds must rise');
};

const checkSeed = (charter: SeedCharter, fail: (reason: string) => never): void => {
  const l = charter.lending;
  if (l.minTermMonths < 1 || l.maxTermMonths < l.minTermMonths) fail('loan terms are out of order');
  if (l.maxPerEnterpriseFen <= 0n) fail('the limit per enterprise must be positive');
  if (charter.equity !== null) checkEquity(charter.equity, fail);
  const shares = [charter.equity, charter.conversion].flatMap((rules) => (rules === null ? [] : [rules.maxShare]));
  if (shares.some((share) => share.numerator * 2 >= share.denominator)) fail('a share that is half or more is control');
};

const checkEquity = ({ exit }: PublicEquityRules, fail: (reason: string) => never): void => {
  if (exit.steps.at(-1)?.withinYears !== null) fail('the last exit step must be open');
  let below = 0;
  for (const { withinYears } of exit.steps.slice(0, -1)) {
    if (withinYears === null || withinYears <= below) fail('exit steps must rise');
    below = withinYears ?? below;
  }
  if (!allDifferent(exit.order)) fail('a class of buyers is listed twice');
};

const checkTiers = (charter: Charter, subject: Subject, fail: (reason: string) => never): void => {
  const tiers = charter.authority.filter((t) => t.subject === subject);
  if (tiers.at(-1)?.upToFen !== null) fail(`the last ${subject} tier must be open upwards`);
  if (tiers.slice(0, -1).some((t) => t.upToFen === null)) fail(`only the last ${subject} tier may be open`);
  let below = -1n;
  for (const tier of tiers) {
    if (tier.upToFen !== null && tier.upToFen <= below) fail(`${subject} tiers must rise`);
    below = tier.upToFen ?? below;
    if (tier.finalApprovals.length === 0) fail(`a ${subject} tier lacks a final approval`);
    if (!allDifferent(tier.finalApprovals.map((a) => a.role))) fail(`a ${subject} tier names a role twice`);
  }
};

const allDifferent = (values: readonly string[]): boolean => new Set(values).size === values.length;
