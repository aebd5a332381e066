import * as z from 'zod';
import type { ProposalContent } from '#shared/domain/approvals/case.ts';
import type { RefundProposal } from '#shared/domain/capital/refund.ts';
import type { Charter } from '#shared/domain/charter/charter.ts';
import type {
  ExtensionProposal,
  LoanApplication,
  NovationProposal,
  WriteOffProposal,
} from '#shared/domain/lending/proposals.ts';
import { applicant, declarations } from './applicant.ts';
import { bankAccount, payees } from './bank-account.ts';
import { compensationCharter } from './charters/compensation.ts';
import { guidanceCharter } from './charters/guidance.ts';
import { MILESTONES_MAX, seedCharter } from './charters/seed.ts';
import { documentRefs } from './document-ref.ts';
import { equityWriteOffProposal, exitProposal } from './documents/equity.ts';
import { claimProposal, finalLossProposal, resumeProposal } from './documents/guarantee.ts';
import {
  commitmentCallProposal,
  commitmentProposal,
  distributionProposal,
  feePaymentProposal,
  investmentProposal,
  recognitionProposal,
  resumptionProposal,
} from './documents/guidance.ts';
import { conversionProposal, publicEquityProposal } from './documents/seed.ts';
import type { Same } from './same.ts';
import { dateText, fenText, lineText, loanIdText, slugText } from './scalars.ts';

/*
 * The documents that decisions are bound to. They have one form everywhere, in a request, in the store and under the hash,
 * because what was approved must be what is kept.
 */

const advance = z
  .strictObject({
    preMoneyFen: fenText,
    milestones: z
      .array(z.strictObject({ id: slugText, what: lineText(40), dueOn: dateText }))
      .min(1)
      .max(MILESTONES_MAX),
  })
  .meta({ id: 'Advance', description: '先投后股' });

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
    declarations,
    documents: documentRefs,
    advance: advance.exactOptional(),
  })
  .meta({ id: 'LoanApplication' });

export const extensionProposal = z
  .strictObject({ loanId: loanIdText, months: z.int().min(1).max(120), reason: lineText(200) })
  .meta({ id: 'ExtensionProposal' });

export const novationProposal = z
  .strictObject({ loanId: loanIdText, company: applicant, documents: documentRefs })
  .meta({ id: 'NovationProposal' });

export const writeOffProposal = z
  .strictObject({ loanId: loanIdText, reason: lineText(200), documents: documentRefs })
  .meta({ id: 'WriteOffProposal' });

export const refundProposal = z
  .strictObject({
    amountFen: fenText,
    basis: z.enum(['run-off', 'reduction']),
    documentNumber: lineText(60),
    payees,
  })
  .meta({ id: 'RefundProposal' });

export const charterDocument = z
  .discriminatedUnion('kind', [seedCharter, guidanceCharter, compensationCharter])
  .meta({ id: 'Charter' });

export const proposalContent = z.discriminatedUnion('subject', [
  z.strictObject({ subject: z.literal('loan'), application: loanApplication }),
  z.strictObject({ subject: z.literal('extension'), extension: extensionProposal }),
  z.strictObject({ subject: z.literal('novation'), novation: novationProposal }),
  z.strictObject({ subject: z.literal('write-off'), writeOff: writeOffProposal }),
  z.strictObject({ subject: z.literal('charter'), charter: charterDocument }),
  z.strictObject({ subject: z.literal('refund'), refund: refundProposal }),
  z.strictObject({ subject: z.literal('claim'), claim: claimProposal }),
  z.strictObject({ subject: z.literal('final-loss'), finalLoss: finalLossProposal }),
  z.strictObject({ subject: z.literal('public-equity'), equity: publicEquityProposal }),
  z.strictObject({ subject: z.literal('conversion'), conversion: conversionProposal }),
  z.strictObject({ subject: z.literal('resume-bank'), resume: resumeProposal }),
  z.strictObject({ subject: z.literal('exit'), exit: exitProposal }),
  z.strictObject({ subject: z.literal('equity-write-off'), writeOff: equityWriteOffProposal }),
  z.strictObject({ subject: z.literal('investment'), investment: investmentProposal }),
  z.strictObject({ subject: z.literal('commitment'), commitment: commitmentProposal }),
  z.strictObject({ subject: z.literal('commitment-call'), call: commitmentCallProposal }),
  z.strictObject({ subject: z.literal('resumption'), resumption: resumptionProposal }),
  z.strictObject({ subject: z.literal('distribution'), distribution: distributionProposal }),
  z.strictObject({ subject: z.literal('recognition'), recognition: recognitionProposal }),
  z.strictObject({ subject: z.literal('management-fee'), fee: feePaymentProposal }),
]);

export const documentsMatchDomain: readonly [
  Same<z.output<typeof charterDocument>, Charter>,
  Same<z.output<typeof loanApplication>, LoanApplication>,
  Same<z.output<typeof extensionProposal>, ExtensionProposal>,
  Same<z.output<typeof novationProposal>, NovationProposal>,
  Same<z.output<typeof writeOffProposal>, WriteOffProposal>,
  Same<z.output<typeof refundProposal>, RefundProposal>,
  Same<z.output<typeof proposalContent>, ProposalContent>,
] = [true, true, true, true, true, true, true];
