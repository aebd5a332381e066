import * as z from 'zod';
import type { DistributionProposal, DistributionRequest } from '#shared/domain/guidance/distribution.ts';
import type { FeePaymentProposal } from '#shared/domain/guidance/fee-payment.ts';
import type {
  CommitmentCallProposal,
  CommitmentProposal,
  InvestmentProposal,
} from '#shared/domain/guidance/proposals.ts';
import type { RecognitionProposal } from '#shared/domain/guidance/recognition.ts';
import { EVENTS_MAX, type ResumptionProposal } from '#shared/domain/guidance/suspension.ts';
import { applicant, declarations } from '../applicant.ts';
import { bankAccount, payees } from '../bank-account.ts';
import { documentRefs } from '../document-ref.ts';
import type { Same } from '../same.ts';
import {
  commitmentIdText,
  contributorIdText,
  dateText,
  enterpriseIdText,
  fenText,
  lineText,
  nameText,
  personIdText,
  quantityText,
  sha256Text,
  signedFenText,
} from '../scalars.ts';

const promises = z.array(z.enum(['principal', 'minimum-return'])).max(2);

const deal = {
  instrument: nameText,
  investee: applicant,
  sector: nameText,
  payee: bankAccount,
  terms: z.strictObject({
    fixedReturn: z.boolean(),
    buyBack: z.enum(['none', 'market-price', 'fixed-price']),
    buyBackMandatory: z.boolean(),
    bearsLosses: z.boolean(),
    promises,
  }),
  sideLetters: z.array(z.strictObject({ party: lineText(70), sha256: sha256Text, promises })).max(20),
  interested: z.array(personIdText).max(20),
  declarations,
  documents: documentRefs,
};

export const investmentProposal = z
  .strictObject({
    ...deal,
    amountFen: fenText,
    fees: z.array(z.strictObject({ what: lineText(40), amountFen: fenText, payee: bankAccount })).max(5),
    shareClass: nameText,
    quantity: quantityText,
    totalQuantity: quantityText,
  })
  .meta({ id: 'InvestmentProposal' });

export const commitmentProposal = z
  .strictObject({ ...deal, amountFen: fenText, sizeFen: fenText, manager: lineText(70) })
  .meta({ id: 'CommitmentProposal' });

export const commitmentCallProposal = z
  .strictObject({
    commitmentId: commitmentIdText,
    amountFen: fenText,
    dueOn: dateText,
    noticeNumber: lineText(60),
    budgetDocumentNumber: lineText(60),
    documents: documentRefs,
  })
  .meta({ id: 'CommitmentCallProposal' });

export const resumptionProposal = z
  .strictObject({
    events: z.array(z.strictObject({ person: personIdText, what: lineText(200), on: dateText })).max(EVENTS_MAX),
    reason: lineText(200),
    documents: documentRefs,
  })
  .meta({ id: 'ResumptionProposal' });

/** One account for each contributor. */
export const distributionRequest = z
  .strictObject({
    amountFen: fenText,
    asOf: dateText,
    final: z.boolean(),
    documentNumber: lineText(60),
    payees,
    documents: documentRefs,
  })
  .meta({ id: 'DistributionRequest' });

/** What the waterfall has made of a request. */
export const distributionProposal = distributionRequest
  .extend({
    shares: z
      .array(
        z.strictObject({
          contributor: contributorIdText,
          capitalFen: fenText,
          hurdleFen: fenText,
          catchUpFen: fenText,
          splitFen: fenText,
          carryFen: fenText,
          concededFen: signedFenText,
          clawbackFen: signedFenText,
        }),
      )
      .max(20),
    payments: z.array(z.strictObject({ contributor: contributorIdText, amountFen: fenText })).max(20),
    escrowFen: fenText,
    clawbackDueFen: fenText,
    conceded: z.boolean(),
  })
  .meta({ id: 'DistributionProposal' });

export const recognitionProposal = z
  .strictObject({
    kind: nameText,
    enterpriseId: enterpriseIdText,
    name: lineText(70),
    qualifyingFen: fenText,
    movedInOn: dateText,
    documents: documentRefs,
  })
  .meta({ id: 'RecognitionProposal' });

export const feePaymentProposal = z
  .strictObject({
    amountFen: fenText,
    documentNumber: lineText(60),
    payee: bankAccount,
    documents: documentRefs,
  })
  .meta({ id: 'FeePaymentProposal' });

export const guidanceDocumentsMatchDomain: readonly [
  Same<z.output<typeof investmentProposal>, InvestmentProposal>,
  Same<z.output<typeof commitmentProposal>, CommitmentProposal>,
  Same<z.output<typeof commitmentCallProposal>, CommitmentCallProposal>,
  Same<z.output<typeof resumptionProposal>, ResumptionProposal>,
  Same<z.output<typeof distributionRequest>, DistributionRequest>,
  Same<z.output<typeof distributionProposal>, DistributionProposal>,
  Same<z.output<typeof recognitionProposal>, RecognitionProposal>,
  Same<z.output<typeof feePaymentProposal>, FeePaymentProposal>,
] = [true, true, true, true, true, true, true, true];
