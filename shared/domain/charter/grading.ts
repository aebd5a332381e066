/** From `from` on, a fact (or the ratio of two) gives `points`; below the first step it gives none. */
export interface PointStep {
  readonly from: string;
  readonly points: number;
}

/** One fact and what it is worth. */
export interface GradingItem {
  /** Name of the raw fact, e.g. invention-patents. */
  readonly fact: string;
  /** When present, the fact counts as a part of this other one: research outlay of revenue, say. */
  readonly per: string | null;
  readonly label: string;
  /** Rising. */
  readonly steps: readonly PointStep[];
}

/**
 * One of the five indicators. Base indicators are weighted, in per cent, the weights adding up to 100; bonus indicators are
 * added as they are.
 */
export interface Indicator {
  readonly id: string;
  readonly name: string;
  readonly role: 'base' | 'bonus';
  /** Per cent of a base indicator; 0 for a bonus. */
  readonly weight: number;
  /** Points of all its items together count up to this. */
  readonly maxPoints: number;
  readonly items: readonly GradingItem[];
}

/** A grade begins at a score and is a limit. */
export interface GradeStep {
  readonly grade: string;
  readonly fromScore: number;
  readonly limitFen: bigint;
}

/** 知识价值信用评价: raw facts to points to a score to a grade to a limit. */
export interface GradingModel {
  readonly name: string;
  readonly indicators: readonly Indicator[];
  /** Bonus points count up to this. */
  readonly bonusCap: number;
  /** A fact of at least 1 raises the grade by so many steps. */
  readonly raises: readonly { readonly fact: string; readonly label: string; readonly steps: number }[];
  /** Steps by which all raises together may lift a grade. */
  readonly maxRaise: number;
  /** The best grade first. */
  readonly grades: readonly GradeStep[];
  /** A grade holds so long after the day its facts are of. */
  readonly validMonths: number;
}
