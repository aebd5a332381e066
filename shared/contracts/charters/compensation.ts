import * as z from 'zod';
import {
  BREAKER_MEASURES,
  BREAKER_SCOPES,
  COVERAGE_MEASURES,
  FILING_DOCUMENTS,
  RECOVERY_STEPS,
  SIZE_CLASSES,
} from '#shared/domain/charter/compensation.ts';
import { bankAccount } from '../bank-account.ts';
import {
  bankIdText,
  dateText,
  decimalText,
  documentTypeText,
  fenText,
  lineText,
  rateText,
  slugText,
} from '../scalars.ts';
import { bookPolicy, charterBase } from './base.ts';
import { classificationRules, provisionMatrix } from './credit.ts';
import { gradingModel } from './grading.ts';

const named = z.strictObject({ id: slugText, name: lineText(40) });
const weight = z.int().min(0).max(1_000_000);
const days = z.int().min(0).max(3_650);
/** A fund may take over loans made long ago: up to some thirty years of working days. */
const windowDays = z.int().min(0).max(8_000);

const filing = z.strictObject({
  sizes: z
    .array(
      z.strictObject({
        sizeClass: z.enum(SIZE_CLASSES),
        perEnterpriseFen: fenText,
        compensationCapFen: fenText.nullable(),
      }),
    )
    .min(1)
    .max(SIZE_CLASSES.length),
  maxTermMonths: z.int().min(1).max(360),
  rateCeiling: z.strictObject({ multiple: decimalText, plus: decimalText }).nullable(),
  feeCeiling: rateText.nullable(),
  window: z.strictObject({ aheadDays: days, workingDays: windowDays }).nullable(),
  continuation: z.strictObject({ maxTimes: z.int().min(0).max(10), maxMonths: z.int().min(0).max(120) }),
  automaticUpToFen: fenText.nullable(),
  documents: z.array(z.enum(FILING_DOCUMENTS)).max(FILING_DOCUMENTS.length),
  uniqueNames: z.boolean(),
});

const scheme = z.strictObject({
  id: slugText,
  banks: z.array(bankIdText).max(60).nullable(),
  guaranteed: z.boolean(),
  fund: weight,
  guarantor: weight,
  bank: weight,
});

const claims = z.strictObject({
  interest: z.strictObject({ maxDays: days }).nullable(),
  overdueDays: days,
  noticeDays: days,
  lawsuit: z.boolean(),
  documents: z.array(documentTypeText).max(30),
  firstReviewWorkingDays: days,
  decisionWorkingDays: days,
  publicSupportCeiling: rateText,
});

const recovery = z.strictObject({
  order: z.array(z.enum(RECOVERY_STEPS)).length(RECOVERY_STEPS.length),
  uncovered: z.enum(['pro-rata', 'last']),
  windowDays: days,
  finalLoss: z.strictObject({
    shares: z
      .array(z.strictObject({ contributor: slugText, weight }))
      .min(1)
      .max(20),
    oddFenTo: slugText.nullable(),
  }),
});

const breaker = z.strictObject({
  scope: z.enum(BREAKER_SCOPES),
  measure: z.enum(BREAKER_MEASURES),
  warn: decimalText,
  stop: decimalText.nullable(),
  terminate: decimalText.nullable(),
  resumeBelow: decimalText.nullable(),
  fromFen: fenText,
});

const limit = z.strictObject({
  measure: z.enum(COVERAGE_MEASURES),
  against: z.enum(['paid-in', 'committed']),
  max: decimalText,
  action: z.enum(['alert', 'block']),
});

/** The charter of a risk-compensation fund. */
export const compensationCharter = z
  .strictObject({
    ...charterBase,
    kind: z.literal('risk-compensation'),
    banks: z
      .array(
        z.strictObject({
          id: bankIdText,
          name: lineText(60),
          products: z.array(slugText).min(1).max(20),
          account: bankAccount,
        }),
      )
      .min(1)
      .max(60),
    guarantors: z.array(z.strictObject({ id: bankIdText, name: lineText(60), account: bankAccount })).max(20),
    products: z.array(named).min(1).max(30),
    districts: z.array(named).min(1).max(60),
    benchmarks: z.array(z.strictObject({ from: dateText, annualRate: rateText })).max(200),
    filing,
    sharing: z.array(scheme).min(1).max(20),
    claims,
    recovery,
    breakers: z.array(breaker).max(20),
    limits: z.array(limit).max(12),
    grading: gradingModel.nullable(),
    classification: classificationRules,
    accounting: z.strictObject({ ...bookPolicy, bookProvision: z.boolean(), provision: provisionMatrix }),
  })
  .meta({ id: 'CompensationCharter' });
