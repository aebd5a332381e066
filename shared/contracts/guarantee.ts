import * as z from 'zod';
import { SIZE_CLASSES } from '#shared/domain/charter/compensation.ts';
import { TROUBLES } from '#shared/domain/guarantee/filing.ts';
import { documentRef } from './document-ref.ts';
import {
  bankIdText,
  dateText,
  factText,
  fenText,
  firmIdText,
  lineText,
  rateText,
  sha256Text,
  slugText,
} from './scalars.ts';

/*
 * The rows in which a risk-compensation fund is told things in bulk. They are what the API's routes take, one or twenty at a
 * time, and what a file of thousands holds, one row a line. Strict: a member that is not named here is refused.
 */

/** A raw fact: a plain decimal; 0 or 1 for yes and no; amounts in 万元. */
const fact = z.string().regex(/^(0|[1-9]\d{0,5})(\.\d{1,6})?$/);

/** One enterprise to be graded: who it is, the facts of the model in force, the day they are of, and where they come from. */
export const gradingRow = z
  .strictObject({
    enterpriseId: firmIdText,
    enterpriseName: lineText(70),
    factsOn: dateText,
    facts: z.record(factText, fact).refine((all) => Object.keys(all).length <= 40, 'too many facts'),
    sourceSha256: sha256Text,
  })
  .meta({ id: 'GradingRow' });

/** One loan a bank files. A bank names its contracts by its own numbers; width, case and punctuation of a number do not count. */
export const filingRow = z
  .strictObject({
    contractNumber: lineText(40),
    enterpriseId: firmIdText,
    enterpriseName: lineText(70),
    sizeClass: z.enum(SIZE_CLASSES),
    district: slugText,
    product: slugText,
    guarantorId: bankIdText.exactOptional(),
    coveredFen: fenText.meta({ description: 'Principal filed for cover (X)' }),
    uncoveredFen: fenText.meta({ description: 'Principal the bank lends beside it (1)' }),
    annualRate: rateText,
    feeRate: rateText.meta({ description: 'Yearly guarantee fee; "0" for none' }),
    termMonths: z.int().min(1).max(360),
    drawnOn: dateText,
    contractSha256: sha256Text.exactOptional(),
    drawdownSha256: sha256Text.exactOptional(),
  })
  .meta({ id: 'FilingRow' });

/** What is still owed on one loan, as the bank sees it at the end of a day. */
export const balanceRow = z
  .strictObject({
    contractNumber: lineText(40),
    asOf: dateText,
    coveredFen: fenText,
    uncoveredFen: fenText,
    overdueSince: dateText.exactOptional().meta({ description: 'Due date of the oldest payment missed' }),
    trouble: z.enum(TROUBLES).exactOptional(),
    note: lineText(200).exactOptional(),
  })
  .meta({ id: 'BalanceRow' });

/** What a bank says in a claim. The documents are those the charter lists, each with the hash of its file. */
export const claimStatement = {
  interestFen: fenText.meta({ description: 'Normal interest unpaid on the covered part; "0" for none' }),
  otherSupport: z
    .array(z.strictObject({ scheme: lineText(60), amountFen: fenText }))
    .max(10)
    .meta({ description: 'What other public schemes bear of the same loss' }),
  lawsuit: z.strictObject({ court: lineText(60), number: lineText(60), acceptedOn: dateText }).exactOptional(),
  documents: z.array(documentRef).max(30),
};

/** A claim on one loan. */
export const claimRow = z.strictObject({ contractNumber: lineText(40), ...claimStatement }).meta({ id: 'ClaimRow' });
