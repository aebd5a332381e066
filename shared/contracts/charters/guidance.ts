import * as z from 'zod';
import { GUIDANCE_INSTRUMENTS, TIMERS } from '#shared/domain/charter/guidance.ts';
import { bankAccount } from '../bank-account.ts';
import {
  contributorIdText,
  dateText,
  documentTypeText,
  lineText,
  nameText,
  personIdText,
  rateText,
} from '../scalars.ts';
import { bookPolicy, charterBase, fraction } from './base.ts';

/** Exact decimal, 0 to 99.99: multiples. */
const multipleText = z.string().regex(/^\d{1,2}(\.\d{1,2})?$/);
const days = z.int().min(1).max(10_000);
const years = z.int().min(1).max(50);
const documentTypes = z.array(documentTypeText).max(40);

const waterfall = z.strictObject({
  hurdle: z.strictObject({
    annualRate: rateText,
    compounding: z.enum(['annual-30e/360', 'annual-actual/365', 'daily-actual/365']),
  }),
  carry: rateText,
  catchUp: rateText,
  escrow: rateText,
  clawback: z.boolean(),
  concession: z
    .strictObject({
      fraction: rateText,
      to: z
        .array(z.strictObject({ contributor: contributorIdText, weight: z.int().min(1).max(1_000_000) }))
        .min(1)
        .max(20),
      targets: z.array(documentTypeText).min(1).max(10),
    })
    .nullable(),
});

const instruments = z.strictObject({
  allowed: z.array(z.enum(GUIDANCE_INSTRUMENTS)).min(1).max(GUIDANCE_INSTRUMENTS.length),
  forbidden: z.array(z.strictObject({ instrument: nameText, clause: lineText(80) })).max(60),
  disguisedDebt: z.strictObject({ refusedFrom: z.int().min(1).max(3), opinionFrom: z.int().min(1).max(3) }),
});

export const guidanceCharter = z
  .strictObject({
    ...charterBase,
    kind: z.literal('guidance'),
    parties: z.strictObject({
      manager: contributorIdText,
      government: z.array(contributorIdText).min(1).max(20),
      treasury: bankAccount.nullable(),
    }),
    term: z.strictObject({ planConfirmedOn: dateText, beginsOn: dateText, fundYears: years, investmentYears: years }),
    mandate: z.strictObject({
      sectors: z
        .array(z.strictObject({ id: nameText, name: lineText(60), max: fraction.nullable() }))
        .min(1)
        .max(30),
      minInSectors: fraction,
    }),
    limits: z.strictObject({
      base: z.enum(['size', 'total-assets']),
      singleInvestee: fraction,
      shareOfInvestee: fraction,
      shareOfSubFund: fraction,
    }),
    instruments,
    file: z.strictObject({
      declarations: z.array(z.strictObject({ key: nameText, expected: z.boolean(), label: lineText(80) })).max(40),
      documents: z.strictObject({ equity: documentTypes, 'sub-fund': documentTypes }),
    }),
    keyPersons: z.array(z.strictObject({ id: personIdText, name: lineText(40) })).max(20),
    timers: z
      .array(z.strictObject({ timer: z.enum(TIMERS), clause: lineText(80), alertDays: z.array(days).min(1).max(10) }))
      .max(TIMERS.length),
    waterfall,
    returnInvestment: z.strictObject({
      ratio: multipleText,
      base: z.enum(['government-paid-in', 'government-committed', 'size']),
      kinds: z
        .array(
          z.strictObject({
            id: nameText,
            label: lineText(80),
            multiplier: multipleText,
            evidence: documentTypes.min(1),
          }),
        )
        .max(20),
      clawBackYears: z.int().min(0).max(50),
    }),
    managementFee: z.strictObject({ base: z.enum(['paid-in', 'invested']), annualRate: rateText }),
    accounting: z.strictObject(bookPolicy),
  })
  .meta({ id: 'GuidanceCharter' });
