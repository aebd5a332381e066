import * as z from 'zod';
import type { ProposalContent } from '#shared/domain/approvals/case.ts';
import { type Charter, SUBJECTS } from '#shared/domain/charter/charter.ts';
import type {
  ExtensionProposal,
  LoanApplication,
  NovationProposal,
  WriteOffProposal,
} from '#shared/domain/lending/proposals.ts';
import {
  dateText,
  enterpriseIdText,
  fenText,
  fundIdText,
  lineText,
  loanIdText,
  personIdText,
  rateText,
  sha256Text,
} from './scalars.ts';

/*
 * The documents that decisions are bound to. They have one form everywhere, in a request, in the store and under the hash,
 * because what was approved must be what is kept.
 */

const documentRef = z.strictObject({
  type: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: lineText(120),
  sha256: sha256Text,
  bytes: z.int().min(1).max(100_000_000),
});

const bankAccount = z.strictObject({
  name: lineText(70),
  number: z.string().regex(/^[0-9A-Z-]{6,34}$/),
  bankCode: z.string().regex(/^\d{12}$/),
});

export const applicant = z.strictObject({
  kind: z.enum(['company', 'team']),
  id: enterpriseIdText,
  name: lineText(70),
  establishedOn: dateText,
});

export const loanApplication = z
  .strictObject({
    applicant,
    amountFen: fenText,
    termMonths: z.int().min(1).max(360),
    repayment: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('bullet') }),
      z.strictObject({
        kind: z.literal('instalments'),
        count: z.int().min(2).max(36),
        everyMonths: z.int().min(1).max(12),
      }),
    ]),
    purpose: lineText(200),
    payee: bankAccount,
    declarations: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), z.boolean()),
    documents: z.array(documentRef).max(40),
  })
  .meta({ id: 'LoanApplication' });

export const extensionProposal = z
  .strictObject({ loanId: loanIdText, months: z.int().min(1).max(120), reason: lineText(200) })
  .meta({ id: 'ExtensionProposal' });

export const novationProposal = z
  .strictObject({ loanId: loanIdText, company: applicant, documents: z.array(documentRef).max(40) })
  .meta({ id: 'NovationProposal' });

export const writeOffProposal = z
  .strictObject({ loanId: loanIdText, reason: lineText(200), documents: z.array(documentRef).max(40) })
  .meta({ id: 'WriteOffProposal' });

const fraction = z.strictObject({ numerator: z.int().min(1).max(100), denominator: z.int().min(1).max(100) });
const role = z.string().regex(/^[a-z][a-z-]{1,30}$/);

export const charterDocument = z
  .strictObject({
    version: z.int().min(1).max(10_000),
    fundId: fundIdText,
    kind: z.literal('seed'),
    name: z.strictObject({ zh: lineText(60), en: lineText(100) }),
    documentNumber: lineText(60),
    effectiveFrom: dateText,
    capital: z.strictObject({
      totalFen: fenText,
      contributors: z
        .array(
          z.strictObject({
            id: z.string().regex(/^[a-z][a-z0-9-]{0,15}$/),
            name: lineText(60),
            weight: z.int().min(1).max(1_000_000),
          }),
        )
        .min(1)
        .max(20),
      remainderTo: z.string().max(16),
    }),
    account: bankAccount,
    committee: z.strictObject({
      members: z.array(z.strictObject({ id: personIdText, name: lineText(40) })).max(15),
      quorum: fraction,
      pass: fraction,
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
    lending: z.strictObject({
      maxPerEnterpriseFen: fenText,
      minTermMonths: z.int().min(1).max(360),
      maxTermMonths: z.int().min(1).max(360),
      repayments: z.array(z.enum(['bullet', 'instalments'])).min(1),
      borrowers: z.array(z.enum(['company', 'team'])).min(1),
      extension: z.strictObject({ maxTimes: z.int().min(0).max(10), maxMonths: z.int().min(0).max(120) }),
      penaltyDailyRate: rateText,
      repaymentOrder: z.enum(['penalty-first', 'principal-first']),
      paymentDoubtAfterDays: z.int().min(1).max(30),
      eligibility: z.array(
        z.discriminatedUnion('rule', [
          z.strictObject({ rule: z.literal('max-age-years'), years: z.int().min(1).max(100), label: lineText(80) }),
          z.strictObject({
            rule: z.literal('declared'),
            key: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
            expected: z.boolean(),
            label: lineText(80),
          }),
        ]),
      ),
      documents: z.strictObject({ company: z.array(z.string()).max(40), team: z.array(z.string()).max(40) }),
    }),
    classification: z.strictObject({
      specialMentionOverDays: z.int().min(0),
      substandardOverDays: z.int().min(0),
      doubtfulOverDays: z.int().min(0),
      lossOverDays: z.int().min(0).max(3_650),
      observationMonths: z.int().min(0).max(60),
    }),
    accounting: z.strictObject({
      equityAccount: z.enum(['2711', '4001']),
      voucherTypes: z.enum(['single', 'receipt-payment-transfer']),
      measurement: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('nominal') }),
        z.strictObject({ kind: z.literal('present-value'), annualRate: rateText }),
      ]),
      provision: z.strictObject({
        normal: rateText,
        specialMention: rateText,
        substandard: rateText,
        doubtful: rateText,
        loss: rateText,
      }),
    }),
  })
  .meta({ id: 'Charter' });

export const proposalContent = z.discriminatedUnion('subject', [
  z.strictObject({ subject: z.literal('loan'), application: loanApplication }),
  z.strictObject({ subject: z.literal('extension'), extension: extensionProposal }),
  z.strictObject({ subject: z.literal('novation'), novation: novationProposal }),
  z.strictObject({ subject: z.literal('write-off'), writeOff: writeOffProposal }),
  z.strictObject({ subject: z.literal('charter'), charter: charterDocument }),
]);

type Deep<T> = T extends string | bigint ? T : { readonly [K in keyof T]: Deep<T[K]> };

/** Fails to compile when a document and its domain type drift apart. */
type Same<A, B> = [A] extends [B] ? ([B] extends [Deep<A>] ? true : never) : never;
export const documentsMatchDomain: readonly [
  Same<z.output<typeof charterDocument>, Charter>,
  Same<z.output<typeof loanApplication>, LoanApplication>,
  Same<z.output<typeof extensionProposal>, ExtensionProposal>,
  Same<z.output<typeof novationProposal>, NovationProposal>,
  Same<z.output<typeof writeOffProposal>, WriteOffProposal>,
  Same<z.output<typeof proposalContent>, ProposalContent>,
] = [true, true, true, true, true, true];
