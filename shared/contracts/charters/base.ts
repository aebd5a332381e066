import * as z from 'zod';
import { SUBJECTS } from '#shared/domain/charter/subjects.ts';
import { bankAccount } from '../bank-account.ts';
import { contributorIdText, dateText, fenText, fundIdText, lineText, personIdText } from '../scalars.ts';

export const fraction = z.strictObject({ numerator: z.int().min(1).max(100), denominator: z.int().min(1).max(100) });
const role = z.string().regex(/^[a-z][a-z-]{1,30}$/);

/** Members of the accounting policy that every kind of fund has. */
export const bookPolicy = {
  equityAccount: z.enum(['2711', '4001']),
  voucherTypes: z.enum(['single', 'receipt-payment-transfer']),
};

/** Members of the charter that every kind of fund has. */
export const charterBase = {
  version: z.int().min(1).max(10_000),
  fundId: fundIdText,
  name: z.strictObject({ zh: lineText(60), en: lineText(100) }),
  documentNumber: lineText(60),
  effectiveFrom: dateText,
  capital: z.strictObject({
    totalFen: fenText,
    contributors: z
      .array(
        z.strictObject({
          id: contributorIdText,
          name: lineText(60),
          weight: z.int().min(1).max(1_000_000),
        }),
      )
      .min(1)
      .max(20),
    remainderTo: z.string().max(16),
  }),
  account: bankAccount,
  payments: z.strictObject({ doubtAfterDays: z.int().min(1).max(30) }),
  committee: z.strictObject({
    members: z.array(z.strictObject({ id: personIdText, name: lineText(40) })).max(15),
    quorum: fraction,
    pass: fraction,
    observer: z
      .strictObject({
        id: personIdText,
        name: lineText(40),
        grounds: z
          .array(z.strictObject({ id: z.string().regex(/^[a-z][a-z-]{1,39}$/), label: lineText(60) }))
          .min(1)
          .max(20),
      })
      .exactOptional(),
  }),
  authority: z
    .array(
      z.strictObject({
        subject: z.enum(SUBJECTS),
        upToFen: fenText.nullable(),
        review: z.boolean(),
        committee: z.boolean(),
        noticeWorkingDays: z.int().min(0).max(60),
        finalApprovals: z
          .array(z.strictObject({ role, count: z.int().min(1).max(5) }))
          .min(1)
          .max(6),
        expiresAfterDays: z.int().min(1).max(730),
      }),
    )
    .min(1)
    .max(40),
};
