import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { requireRole, requireSystem } from '../approvals/guards.ts';
import type { CommandSpec, Decision, Rules } from '../book/decision.ts';
import { addMonths, type BusinessDate } from '../calendar.ts';
import { coverRules } from '../charter/charter.ts';
import type { GradingModel } from '../charter/grading.ts';
import { ref } from '../entities.ts';
import { nameId } from '../lending/apply.ts';
import type { EnterpriseState } from '../lending/enterprise.ts';
import { readEnterprise } from '../lending/hold.ts';
import { formatYuan } from '../money.ts';
import { identifyEnterprise } from './enterprise.ts';
import type { GradeState } from './grade.ts';
import { type Facts, formatScore, type Score, score } from './scoring.ts';

export interface AssessPayload {
  readonly enterpriseId: string;
  readonly enterpriseName: string;
  readonly facts: Facts;
  readonly factsOn: BusinessDate;
  /** SHA-256 of the register's extract the facts come from, hex. */
  readonly sourceSha256: string;
}

/**
 * Grades an enterprise before any loan (先期授信): the model in force turns its facts into a grade and a limit. Again with
 * newer facts, it regrades.
 * @throws ROLE_REQUIRED, INSTRUMENT_FORBIDDEN, GRADING_ABSENT, FACTS_INCOMPLETE, FACTS_STALE, DATE_INVALID, USCC_INVALID,
 *   NAME_INVALID, NAME_DIFFERS, NAME_LOOKS_ALIKE
 */
export const assessEnterprise: CommandSpec<AssessPayload> = {
  kind: 'grade.assess',
  primary: (p) => ref('enterprise', p.enterpriseId),
  prefetch: (p) => [ref('name', nameId(p.enterpriseName))],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer');
    const { enterpriseId: id, facts, factsOn } = payload;
    const { filing } = coverRules(rules.inForce());
    const model = modelInForce(rules);
    ensure(factsOn <= today, 'DATE_INVALID', { date: factsOn, today });
    const { enterprise, changes } = identifyEnterprise(state, { id, name: payload.enterpriseName }, filing.uniqueNames);
    ensure(factsOn >= (enterprise.grade?.factsOn ?? factsOn), 'FACTS_STALE', {
      factsOn: enterprise.grade?.factsOn ?? '',
    });
    const graded = gradeBy(model, rules.versionInForce, { enterprise, facts, factsOn }, today);
    const decision = recorded(id, graded, model, 'grade.assessed', today, { source: payload.sourceSha256 });
    return { ...decision, changes: [...decision.changes, ...changes] };
  },
};

export interface RenewPayload {
  readonly enterpriseId: string;
  /** Version of the charter whose model is to be applied. */
  readonly charterVersion: number;
}

/**
 * Regrades an enterprise from the facts on record when another model has come into force; the facts grow no younger by it.
 * Nothing to do when its grade is by that model, or has run out.
 * @throws ROLE_REQUIRED, INSTRUMENT_FORBIDDEN, ENTERPRISE_NOT_FOUND, GRADING_ABSENT, GRADE_MISSING, FACTS_INCOMPLETE
 */
export const renewGrade: CommandSpec<RenewPayload> = {
  kind: 'grade.renew',
  primary: (p) => ref('enterprise', p.enterpriseId),
  decide: (state, { payload, actor }, rules, today) => {
    requireSystem(actor);
    const { enterpriseId: id } = payload;
    const enterprise = readEnterprise(state, id);
    const { grade } = enterprise;
    if (grade === undefined) throw new FundError('GRADE_MISSING', { enterpriseId: id });
    if (grade.charterVersion >= rules.versionInForce || grade.expiresOn < today) return { entries: [], changes: [] };
    const model = modelInForce(rules);
    const graded = gradeBy(model, rules.versionInForce, { enterprise, ...grade }, today);
    return recorded(id, graded, model, 'grade.renewed', today, {});
  },
};

/** @throws INSTRUMENT_FORBIDDEN, GRADING_ABSENT */
const modelInForce = (rules: Rules): GradingModel => {
  const { grading } = coverRules(rules.inForce());
  if (grading === null) throw new FundError('GRADING_ABSENT');
  return grading;
};

/** An enterprise with the grade it has just been given, and why. */
interface Graded {
  readonly enterprise: EnterpriseState;
  readonly grade: GradeState;
  readonly score: Score;
}

const gradeBy = (
  model: GradingModel,
  charterVersion: number,
  { enterprise, facts, factsOn }: { enterprise: EnterpriseState; facts: Facts; factsOn: BusinessDate },
  today: BusinessDate,
): Graded => {
  const scored = score(model, facts);
  const { hundredths, grade, limitFen } = scored;
  const state: GradeState = {
    charterVersion,
    facts,
    factsOn,
    firstOn: enterprise.grade?.firstOn ?? today,
    gradedOn: today,
    expiresOn: addMonths(factsOn, model.validMonths),
    hundredths,
    grade,
    limitFen,
  };
  return { enterprise: { ...enterprise, grade: state }, grade: state, score: scored };
};

const recorded = (
  id: string,
  { enterprise, grade, score: scored }: Graded,
  model: GradingModel,
  type: string,
  today: BusinessDate,
  facts: Readonly<Record<string, string>>,
): Decision => ({
  entries: [
    {
      type,
      businessDate: today,
      summary: `${enterprise.name} ${grade.grade ?? '未达等级'} ${formatYuan(grade.limitFen)}元`,
      links: { enterprise: id },
      facts: { ...facts, ...explanation(model, grade.facts, scored) },
      digests: [
        {
          type: 'grade',
          id,
          fields: {
            name: enterprise.name,
            grade: grade.grade ?? '',
            score: formatScore(grade.hundredths),
            limitFen: String(grade.limitFen),
            model: model.name,
            gradedOn: grade.gradedOn,
            expiresOn: grade.expiresOn,
          },
        },
      ],
    },
  ],
  changes: [{ type: 'enterprise', id, state: enterprise }],
});

/** The explanation as it is kept in the entry: every fact with its points, every indicator with its sum, the model's name. */
export const explanation = (model: GradingModel, facts: Facts, scored: Score): Readonly<Record<string, string>> => ({
  model: model.name,
  ...Object.fromEntries(scored.items.map((i) => [`${i.indicator}.${i.fact}`, `${facts[i.fact]} → ${i.points}`])),
  ...Object.fromEntries(Object.entries(scored.indicators).map(([id, points]) => [id, String(points)])),
  score: formatScore(scored.hundredths),
  raised: String(scored.raised),
});
