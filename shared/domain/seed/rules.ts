import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { type Charter, seedRules } from '../charter/charter.ts';
import type { ConversionRules, PublicEquityRules } from '../charter/seed.ts';

/** The rules of public-interest equity. @throws INSTRUMENT_FORBIDDEN where the charter does not know it */
export const equityRules = (charter: Charter): PublicEquityRules =>
  given(seedRules(charter, 'public-equity').equity, charter, 'public-equity');

/** The rules of debt-to-equity conversion. @throws INSTRUMENT_FORBIDDEN where the charter does not know it */
export const conversionRules = (charter: Charter): ConversionRules =>
  given(seedRules(charter, 'conversion').conversion, charter, 'conversion');

const given = <Rules>(found: Rules | null, charter: Charter, instrument: string): Rules => {
  if (found === null) throw new FundError('INSTRUMENT_FORBIDDEN', { instrument, fundKind: charter.kind });
  return found;
};

/** A seed fund in run-off takes on nothing new. @throws FUND_RUNNING_OFF */
export const requireNotRunningOff = (charter: Charter): void =>
  ensure(charter.kind !== 'seed' || charter.recovered === 'revolve', 'FUND_RUNNING_OFF', {
    documentNumber: charter.documentNumber,
  });
