import * as z from 'zod';
import { declarationText, documentTypeText, fenText, lineText, rateText } from '../scalars.ts';
import { bookPolicy, charterBase } from './base.ts';
import { classificationRules, provisionMatrix } from './credit.ts';

export const seedCharter = z
  .strictObject({
    ...charterBase,
    kind: z.literal('seed'),
    lending: z.strictObject({
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
      eligibility: z
        .array(
          z.discriminatedUnion('rule', [
            z.strictObject({ rule: z.literal('max-age-years'), years: z.int().min(1).max(100), label: lineText(80) }),
            z.strictObject({
              rule: z.literal('declared'),
              key: declarationText,
              expected: z.boolean(),
              label: lineText(80),
            }),
          ]),
        )
        .max(40),
      documents: z.strictObject({
        company: z.array(documentTypeText).max(40),
        team: z.array(documentTypeText).max(40),
      }),
    }),
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
