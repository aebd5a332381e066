import { ensure } from '#shared/errors/fund-error.ts';
import type { GradingItem, GradingModel, Indicator } from '../charter/grading.ts';
import { parseRate, type Rate, ratioAtLeast } from '../rate.ts';

/** Raw facts about an enterprise by name: counts, amounts in 万元, 0 or 1; plain decimals. */
export type Facts = Readonly<Record<string, string>>;

/** One line of the explanation: which fact gave which points. */
export interface ScoredItem {
  readonly indicator: string;
  readonly fact: string;
  readonly label: string;
  readonly points: number;
}

/** A score and how it came about. */
export interface Score {
  readonly items: readonly ScoredItem[];
  /** Points per indicator after its ceiling. */
  readonly indicators: Readonly<Record<string, number>>;
  /** Score in hundredths of a point: weighted base plus capped bonus. */
  readonly hundredths: number;
  /** Null below the lowest grade. */
  readonly grade: string | null;
  /** Steps by which the grade was raised. */
  readonly raised: number;
  readonly limitFen: bigint;
}

const ONE: Rate = { units: 1n, scale: 0 };

/** Names of the facts a model looks at. */
export const factsOf = (model: GradingModel): ReadonlySet<string> =>
  new Set([
    ...model.indicators.flatMap((i) =>
      i.items.flatMap((item) => [item.fact, ...(item.per === null ? [] : [item.per])]),
    ),
    ...model.raises.map((r) => r.fact),
  ]);

/**
 * Scores an enterprise. Whole numbers throughout: points are whole, weights per cent, so the score has two decimals and
 * nothing is rounded.
 * @throws FACTS_INCOMPLETE when a fact of the model is missing, or one is given that it does not know
 */
export const score = (model: GradingModel, facts: Facts): Score => {
  requireFacts(model, facts);
  const scored = model.indicators.map((i) => ({
    indicator: i,
    items: i.items.map((item) => scoreItem(i, item, facts)),
  }));
  const points = scored.map(({ indicator, items }) => ({
    indicator,
    points: Math.min(indicator.maxPoints, total(items.map((i) => i.points))),
  }));
  const base = total(points.map((p) => p.indicator.weight * p.points));
  const bonus = total(points.filter((p) => p.indicator.role === 'bonus').map((p) => p.points));
  const hundredths = base + 100 * Math.min(model.bonusCap, bonus);
  return {
    items: scored.flatMap((s) => s.items),
    indicators: Object.fromEntries(points.map((p) => [p.indicator.id, p.points])),
    hundredths,
    ...gradeOf(model, hundredths, facts),
  };
};

/** `8740` hundredths → `87.40`. */
export const formatScore = (hundredths: number): string =>
  `${Math.trunc(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;

const total = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0);

const requireFacts = (model: GradingModel, facts: Facts): void => {
  const wanted = factsOf(model);
  const missing = [...wanted].filter((name) => !Object.hasOwn(facts, name));
  const unknown = Object.keys(facts).filter((name) => !wanted.has(name));
  ensure(missing.length === 0 && unknown.length === 0, 'FACTS_INCOMPLETE', {
    model: model.name,
    missing: missing.join(' '),
    unknown: unknown.join(' '),
  });
};

const numberOf = (facts: Facts, name: string): Rate => parseRate(facts[name] ?? '0');

/** The last step the fact reaches. A part of nothing is nothing. */
const scoreItem = (indicator: Indicator, item: GradingItem, facts: Facts): ScoredItem => {
  const part = numberOf(facts, item.fact);
  const whole = item.per === null ? ONE : numberOf(facts, item.per);
  const reached =
    whole.units === 0n ? undefined : item.steps.findLast((step) => ratioAtLeast(part, whole, parseRate(step.from)));
  return { indicator: indicator.id, fact: item.fact, label: item.label, points: reached?.points ?? 0 };
};

const gradeOf = (
  model: GradingModel,
  hundredths: number,
  facts: Facts,
): Pick<Score, 'grade' | 'raised' | 'limitFen'> => {
  const earned = model.grades.findIndex((g) => hundredths >= g.fromScore * 100);
  if (earned < 0) return { grade: null, raised: 0, limitFen: 0n };
  const steps = total(model.raises.filter((r) => ratioAtLeast(numberOf(facts, r.fact), ONE, ONE)).map((r) => r.steps));
  const raised = Math.min(earned, steps, model.maxRaise);
  const { grade = null, limitFen = 0n } = model.grades[earned - raised] ?? {};
  return { grade, raised, limitFen };
};
