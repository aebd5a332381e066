import * as z from 'zod';
import { BUYER_CLASSES } from '#shared/domain/charter/seed.ts';
import { documentTypeText, fenText, lineText, nameText, rateText } from '../scalars.ts';
import { bookPolicy, charterBase, fraction } from './base.ts';
import { classificationRules, provisionMatrix } from './credit.ts';

const eligibility = z
  .array(
    z.discriminatedUnion('rule', [
      z.strictObject({ rule: z.literal('max-age-years'), years: z.int().min(1).max(100), label: lineText(80) }),
      z.strictObject({ rule: z.literal('declared'), key: nameText, expected: z.boolean(), label: lineText(80) }),
    ]),
  )
  .max(40);

const publicEquityRules = z.strictObject({
  maxPerEnterpriseFen: fenText,
  maxShare: fraction,
  furtherPurchases: z.boolean(),
  noDividendYears: z.int().min(0).max(30),
  eligibility,
  documents: z.array(documentTypeText).max(40),
  exit: z.strictObject({
    order: z.array(z.enum(BUYER_CLASSES)).min(1).max(3),
    steps: z
      .array(
        z.strictObject({
          withinYears: z.int().min(1).max(50).nullable(),
          price: z.enum(['cost', 'cost-plus-interest', 'appraisal']),
        }),
      )
      .min(1)
      .max(10),
    annualRate: rateText,
    appraisalMaxAgeMonths: z.int().min(1).max(36),
  }),
});

/** As many as keep what is stored beside a loan within a kilobyte. */
export const MILESTONES_MAX = 4;

const conversionRules = z.strictObject({
  maxShare: fraction,
  maxPerEnterpriseFen: fenText,
  appraisalMaxAgeMonths: z.int().min(1).max(36),
  floorDiscount: rateText,
  includePenalty: z.boolean(),
  documents: z.array(documentTypeText).max(40),
  milestones: z
    .strictObject({ max: z.int().min(1).max(MILESTONES_MAX), documents: z.array(documentTypeText).max(10) })
    .exactOptional(),
});

export const seedCharter = z
  .strictObject({
    ...charterBase,
    kind: z.literal('seed'),
    recovered: z.enum(['revolve', 'return']),
    lending: z.strictObject({
      open: z.boolean(),
      maxPerEnterpriseFen: fenText,
      minTermMonths: z.int().min(1).max(360),
      maxTermMonths: z.int().min(1).max(360),
      repayments: z
        .array(z.enum(['bullet', 'instalments']))
        .min(1)
        .max(2),
      borrowers: z
        .array(z.enum(['company', 'team']))
        .min(1)
        .max(2),
      extension: z.strictObject({ maxTimes: z.int().min(0).max(10), maxMonths: z.int().min(0).max(120) }),
      penaltyDailyRate: rateText,
      repaymentOrder: z.enum(['penalty-first', 'principal-first']),
      eligibility,
      documents: z.strictObject({
        company: z.array(documentTypeText).max(40),
        team: z.array(documentTypeText).max(40),
      }),
    }),
    equity: publicEquityRules.nullable(),
    conversion: conversionRules.nullable(),
    classification: classificationRules,
    accounting: z.strictObject({
      ...bookPolicy,
      measurement: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('nominal') }),
        z.strictObject({ kind: z.literal('present-value'), annualRate: rateText }),
      ]),
      provision: provisionMatrix,
    }),
  })
  .meta({ id: 'SeedCharter' });
