import * as z from 'zod';
import { BUYER_CLASSES } from '#shared/domain/charter/seed.ts';
import type { ExitProposal } from '#shared/domain/equity/exit.ts';
import type { EquityWriteOffProposal } from '#shared/domain/equity/write-off.ts';
import { documentRefs } from '../document-ref.ts';
import type { Same } from '../same.ts';
import { dateText, fenText, holdingIdText, lineText, quantityText } from '../scalars.ts';

export const exitProposal = z
  .strictObject({
    holdingId: holdingIdText,
    quantity: quantityText,
    lots: z
      .array(z.strictObject({ lot: z.int().min(1).max(10_000), quantity: quantityText }))
      .min(1)
      .max(40)
      .exactOptional(),
    method: z.enum(['transfer', 'public-tender', 'buy-back', 'capital-reduction', 'listing', 'liquidation']),
    buyer: lineText(70),
    proceedsFen: fenText,
    priceBasis: lineText(200),
    buyerClass: z.enum(BUYER_CLASSES).exactOptional(),
    appraisal: z.strictObject({ reportNumber: lineText(60), appraisedOn: dateText, valueFen: fenText }).exactOptional(),
    documents: documentRefs,
  })
  .meta({ id: 'ExitProposal' });

export const equityWriteOffProposal = z
  .strictObject({ holdingId: holdingIdText, reason: lineText(200), documents: documentRefs })
  .meta({ id: 'EquityWriteOffProposal' });

export const equityDocumentsMatchDomain: readonly [
  Same<z.output<typeof exitProposal>, ExitProposal>,
  Same<z.output<typeof equityWriteOffProposal>, EquityWriteOffProposal>,
] = [true, true];
