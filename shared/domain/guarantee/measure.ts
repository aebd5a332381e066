import { addDays, addMonths, type BusinessDate, daysBetween } from '../calendar.ts';
import type { CompensationCharter } from '../charter/compensation.ts';
import type { ClassificationRules } from '../charter/credit.ts';
import { classify, type Grade } from '../lending/classification.ts';
import { requiredProvisionFen } from '../lending/provision.ts';
import { coverFen, type FilingState } from './filing.ts';
import { schemeOf, shareOut, weightsOf } from './sharing.ts';

/** The fund's share of what it covers of a filing, in fen. `charter` is the version it was filed under. */
export const liabilityFen = (filing: FilingState, charter: CompensationCharter): bigint =>
  shareOut(coverFen(filing), weightsOf(schemeOf(charter, filing))).fundFen;

/**
 * A filing with grade, provision and the day of the next grade as they are on a day. The five grades are those of loans;
 * a continued loan is watched for some months.
 */
export const measure = (filing: FilingState, charter: CompensationCharter, on: BusinessDate): FilingState => {
  const { remindOn: _, ...kept } = filing;
  const { classification, accounting } = charter;
  const late = filing.overdueSince === undefined ? 0 : Math.max(0, daysBetween(filing.overdueSince, on));
  const observed =
    filing.continuedOn !== undefined && on <= addMonths(filing.continuedOn, classification.observationMonths);
  const grade = classify(late, classification, observed);
  const next = nextGradeOn(filing, classification, on);
  return {
    ...kept,
    grade,
    provisionFen: requiredProvisionFen(liabilityFen(filing, charter), grade, accounting.provision),
    ...(next === undefined ? {} : { remindOn: next }),
  };
};

/** The first later day on which the days past due pass another threshold; none when nothing is overdue or covered. */
const nextGradeOn = (filing: FilingState, rules: ClassificationRules, on: BusinessDate): BusinessDate | undefined => {
  const { overdueSince } = filing;
  if (overdueSince === undefined || coverFen(filing) === 0n) return undefined;
  const { specialMentionOverDays, substandardOverDays, doubtfulOverDays, lossOverDays } = rules;
  return [specialMentionOverDays, substandardOverDays, doubtfulOverDays, lossOverDays]
    .map((days) => addDays(overdueSince, days + 1))
    .find((day) => day > on);
};

const BAD: readonly Grade[] = ['substandard', 'doubtful', 'loss'];

/** 不良: substandard or worse. */
export const isNonPerforming = (filing: FilingState): boolean => BAD.includes(filing.grade);
