import { parseRate, rateAtLeast } from '../rate.ts';
import type { GradingModel, PointStep } from './grading.ts';

/** Checks what a schema cannot say of a scoring model; calls `fail` with the first contradiction. */
export const checkGradingModel = (model: GradingModel, fail: (reason: string) => never): void => {
  const base = model.indicators.filter((i) => i.role === 'base');
  if (base.reduce((sum, i) => sum + i.weight, 0) !== 100) fail('the weights of the base indicators must be 100 in all');
  if (model.indicators.some((i) => i.role === 'bonus' && i.weight !== 0)) fail('a bonus has no weight');
  const ids = model.indicators.map((i) => i.id);
  if (new Set(ids).size !== ids.length) fail('an indicator is listed twice');
  const items = model.indicators.flatMap((i) => i.items.map((item) => `${i.id} ${item.fact}`));
  if (new Set(items).size !== items.length) fail('an indicator counts a fact twice');
  for (const { items } of model.indicators) for (const item of items) checkSteps(item.steps, fail);
  const scores = model.grades.map((g) => g.fromScore);
  if (scores.some((s, i) => i > 0 && s >= (scores[i - 1] ?? s))) fail('grades must be listed from the best down');
  const limits = model.grades.map((g) => g.limitFen);
  if (limits.some((l, i) => i > 0 && l > (limits[i - 1] ?? l))) fail('a better grade has a lower limit');
};

const checkSteps = (steps: readonly PointStep[], fail: (reason: string) => never): void => {
  const from = steps.map((s) => parseRate(s.from));
  for (const [i, step] of from.entries()) {
    const before = from[i - 1];
    if (before !== undefined && rateAtLeast(before, step)) fail('the steps of an item must rise');
  }
};
