import * as z from 'zod';
import { rateText } from '../scalars.ts';

/** Five-grade classification by days past due. */
export const classificationRules = z.strictObject({
  specialMentionOverDays: z.int().min(0),
  substandardOverDays: z.int().min(0),
  doubtfulOverDays: z.int().min(0),
  lossOverDays: z.int().min(0).max(3_650),
  observationMonths: z.int().min(0).max(60),
});

/** Provision by grade. */
export const provisionMatrix = z.strictObject({
  normal: rateText,
  specialMention: rateText,
  substandard: rateText,
  doubtful: rateText,
  loss: rateText,
});
