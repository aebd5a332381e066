import * as z from 'zod';
import { BREAKER_MEASURES } from '#shared/domain/charter/compensation.ts';
import type { ClaimProposal } from '#shared/domain/guarantee/claim.ts';
import type { FinalLossProposal } from '#shared/domain/guarantee/final-loss.ts';
import type { ResumeProposal } from '#shared/domain/guarantee/resume.ts';
import { documentRefs } from '../document-ref.ts';
import { claimStatement } from '../guarantee.ts';
import type { Same } from '../same.ts';
import { claimIdText, decimalText, fenText, filingIdText, lineText } from '../scalars.ts';

export const claimProposal = z
  .strictObject({
    filingId: filingIdText,
    ...claimStatement,
    assessment: z.strictObject({
      principalFen: fenText,
      interestFen: fenText,
      fundFen: fenText,
      guarantorFen: fenText,
      bankFen: fenText,
      overCeilingFen: fenText,
      overCapFen: fenText,
    }),
  })
  .meta({ id: 'ClaimProposal' });

export const finalLossProposal = z
  .strictObject({
    claimId: claimIdText,
    lossFen: fenText,
    reason: lineText(200),
    documents: documentRefs,
  })
  .meta({ id: 'FinalLossProposal' });

export const resumeProposal = z
  .strictObject({
    scope: z.string().regex(/^(fund|(bank|district):[a-z][a-z0-9-]{0,15})$/),
    tolerances: z
      .array(z.strictObject({ measure: z.enum(BREAKER_MEASURES), ratio: decimalText }))
      .min(1)
      .max(BREAKER_MEASURES.length),
    reason: lineText(200),
    documents: documentRefs,
  })
  .meta({ id: 'ResumeProposal' });

export const guaranteeDocumentsMatchDomain: readonly [
  Same<z.output<typeof claimProposal>, ClaimProposal>,
  Same<z.output<typeof finalLossProposal>, FinalLossProposal>,
  Same<z.output<typeof resumeProposal>, ResumeProposal>,
] = [true, true, true];
