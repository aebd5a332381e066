import { availableFen } from '#shared/domain/book/head.ts';
import { coverRules } from '#shared/domain/charter/charter.ts';
import { ref, refKey } from '#shared/domain/entities.ts';
import { type Reading, ratioText, readBreakers } from '#shared/domain/guarantee/breaker.ts';
import { type CoverageReading, limitName, readCoverage } from '#shared/domain/guarantee/coverage.ts';
import { NO_EXPOSURE } from '#shared/domain/guarantee/exposure.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import type { Ledger } from './ports.ts';

/**
 * What a fund covers, read from the state itself: the figures of fund, banks and districts, how their breakers read, and the
 * coverage limits against paid-in and committed capital, by the latest version of the charter.
 * @throws CHARTER_NOT_IN_FORCE, INSTRUMENT_FORBIDDEN
 */
export const coverageReport = async (ledger: Ledger, fundId: string): Promise<Readonly<Record<string, unknown>>> => {
  const { head } = await ledger.load(fundId, []);
  const version = head.charters.at(-1)?.version;
  if (version === undefined) throw new FundError('CHARTER_NOT_IN_FORCE', { fundId });
  const charterRef = ref('charter', String(version));
  const found = (await ledger.load(fundId, [charterRef])).entities.get(refKey(charterRef));
  if (found?.type !== 'charter') throw new Error(`charter ${version} of ${fundId} is gone`);
  const charter = coverRules(found.state);
  const ids = [
    'fund',
    ...charter.banks.map((b) => `bank:${b.id}`),
    ...charter.districts.map((d) => `district:${d.id}`),
  ];
  const exposures = await readExposures(ledger, fundId, ids);
  const fund = exposures.get('fund') ?? NO_EXPOSURE;
  return {
    asOfSeq: head.seq,
    charterVersion: version,
    paidInFen: head.paidInFen,
    committedFen: charter.capital.totalFen,
    availableFen: availableFen(head),
    coveredFen: head.coveredFen,
    limits: readCoverage(fund, charter, head.paidInFen).map(limitRow),
    scopes: ids.map((id) => {
      const exposure = exposures.get(id) ?? NO_EXPOSURE;
      return { id, ...exposure, breakers: readBreakers(id, exposure, charter, head.paidInFen).map(breakerRow) };
    }),
  };
};

const limitRow = ({ limit, measuredFen, capitalFen, exceeded }: CoverageReading) => ({
  name: limitName(limit),
  max: limit.max,
  action: limit.action,
  measuredFen,
  capitalFen,
  times: ratioText({ partFen: measuredFen, wholeFen: capitalFen }),
  exceeded,
});

const breakerRow = (reading: Reading) => ({
  ...reading.rule,
  partFen: reading.partFen,
  wholeFen: reading.wholeFen,
  ratio: ratioText(reading),
  reads: reading.status,
});

const READ_MAX = 90;

const readExposures = async (ledger: Ledger, fundId: string, ids: readonly string[]) => {
  const found = new Map<string, typeof NO_EXPOSURE>();
  for (let at = 0; at < ids.length; at += READ_MAX) {
    const refs = ids.slice(at, at + READ_MAX).map((id) => ref('exposure', id));
    const { entities } = await ledger.load(fundId, refs);
    for (const e of entities.values()) if (e.type === 'exposure') found.set(e.id, e.state);
  }
  return found;
};
