import * as z from 'zod';
import type { ConversionProposal } from '#shared/domain/seed/conversion.ts';
import type { PublicEquityProposal } from '#shared/domain/seed/public-equity.ts';
import { applicant, declarations } from '../applicant.ts';
import { bankAccount } from '../bank-account.ts';
import { documentRefs } from '../document-ref.ts';
import type { Same } from '../same.ts';
import { dateText, fenText, lineText, loanIdText, quantityText, shareClassText } from '../scalars.ts';

export const publicEquityProposal = z
  .strictObject({
    applicant,
    amountFen: fenText,
    shareClass: shareClassText,
    quantity: quantityText,
    totalQuantity: quantityText,
    payee: bankAccount,
    declarations,
    documents: documentRefs,
  })
  .meta({ id: 'PublicEquityProposal' });

export const conversionProposal = z
  .strictObject({
    loanId: loanIdText,
    principalFen: fenText,
    penaltyFen: fenText,
    appraisal: z.strictObject({ reportNumber: lineText(60), appraisedOn: dateText, preMoneyFen: fenText }),
    fullyDiluted: quantityText,
    shareClass: shareClassText,
    lastRound: z.strictObject({ postMoneyFen: fenText, totalQuantity: quantityText }).exactOptional(),
    limitWaiver: lineText(200).exactOptional(),
    agreedPreMoneyFen: fenText
      .exactOptional()
      .meta({ description: 'Value agreed with the milestones, once all are met' }),
    documents: documentRefs,
  })
  .meta({ id: 'ConversionProposal' });

export const seedDocumentsMatchDomain: readonly [
  Same<z.output<typeof publicEquityProposal>, PublicEquityProposal>,
  Same<z.output<typeof conversionProposal>, ConversionProposal>,
] = [true, true];
