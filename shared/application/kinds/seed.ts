import { seedPayloads as payloads } from '#shared/contracts/commands/seed.ts';
import { bookConversion } from '#shared/domain/seed/book-conversion.ts';
import { proposeConversion } from '#shared/domain/seed/conversion.ts';
import { confirmMilestone } from '#shared/domain/seed/milestones.ts';
import { proposePublicEquity } from '#shared/domain/seed/public-equity.ts';
import { kind } from './kind.ts';

export const seedKinds = {
  'public-equity.propose': kind(proposePublicEquity, payloads['public-equity.propose']),
  'conversion.propose': kind(proposeConversion, payloads['conversion.propose']),
  'milestone.confirm': kind(confirmMilestone, payloads['milestone.confirm']),
  'conversion.book': kind(bookConversion, payloads['conversion.book']),
} as const;
