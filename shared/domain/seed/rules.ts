import { ensure } from '#shared/errors/fund-error.ts';
import { type Charter, forbid, seedRules } from '../charter/charter.ts';
import type { ConversionRules, PublicEquityRules } from '../charter/seed.ts';

/** The rules of public-interest equity. @throws INSTRUMENT_FORBIDDEN where the charter does not know it */
export const equityRules = (charter: Charter): PublicEquityRules =>
  seedRules(charter, 'public-equity').equity ?? forbid(charter, 'public-equity');

/** The rules of debt-to-equity conversion. @throws INSTRUMENT_FORBIDDEN where the charter does not know it */
export const conversionRules = (charter: Charter): ConversionRules =>
  seedRules(charter, 'conversion').conversion ?? forbid(charter, 'conversion');

/** A seed fund in run-off takes on nothing new. @throws FUND_RUNNING_OFF */
export const requireNotRunningOff = (charter: Charter): void =>
  ensure(charter.kind !== 'seed' || charter.recovered === 'revolve', 'FUND_RUNNING_OFF', {
    documentNumber: charter.documentNumber,
  });
