import * as z from 'zod';
import { decimalText, factText, fenText, lineText } from '../scalars.ts';

const points = z.int().min(0).max(1_000);

/** A versioned scoring model. */
export const gradingModel = z.strictObject({
  name: lineText(40),
  indicators: z
    .array(
      z.strictObject({
        id: factText,
        name: lineText(40),
        role: z.enum(['base', 'bonus']),
        weight: z.int().min(0).max(100),
        maxPoints: points,
        items: z
          .array(
            z.strictObject({
              fact: factText,
              per: factText.nullable(),
              label: lineText(60),
              steps: z
                .array(z.strictObject({ from: decimalText, points }))
                .min(1)
                .max(20),
            }),
          )
          .min(1)
          .max(12),
      }),
    )
    .min(1)
    .max(12),
  bonusCap: points,
  raises: z.array(z.strictObject({ fact: factText, label: lineText(60), steps: z.int().min(1).max(10) })).max(10),
  maxRaise: z.int().min(0).max(10),
  grades: z
    .array(z.strictObject({ grade: z.string().regex(/^[A-Z]{1,3}$/), fromScore: points, limitFen: fenText }))
    .min(1)
    .max(12),
  validMonths: z.int().min(1).max(60),
});
