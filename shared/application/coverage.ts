import { availableFen } from '#shared/domain/book/head.ts';
import { coverRules } from '#shared/domain/charter/charter.ts';
import { ref } from '#shared/domain/entities.ts';
import { type Reading, ratioText, readBreakers } from '#shared/domain/guarantee/breaker.ts';
import { type CoverageReading, limitName, readCoverage } from '#shared/domain/guarantee/coverage.ts';
import { NO_EXPOSURE } from '#shared/domain/guarantee/exposure.ts';
import type { Ledger } from './ports.ts';
import { latestCharterOf, loadAll } from './read.ts';
import { snapshotOf } from './snapshot.ts';

/**
 * What a fund covers, read from the state itself: the figures of fund, banks and districts, how their breakers read, and the
 * coverage limits against paid-in and committed capital, by the latest version of the charter.
 * @throws CHARTER_NOT_IN_FORCE, INSTRUMENT_FORBIDDEN
 */
export const coverageReport = async (ledger: Ledger, fundId: string): Promise<Readonly<Record<string, unknown>>> => {
  const charter = coverRules(await latestCharterOf(ledger, fundId));
  const ids = [
    'fund',
    ...charter.banks.map((b) => `bank:${b.id}`),
    ...charter.districts.map((d) => `district:${d.id}`),
  ];
  const loaded = await loadAll(
    ledger,
    fundId,
    ids.map((id) => ref('exposure', id)),
  );
  const { head, read } = snapshotOf(loaded);
  const exposureOf = (id: string) => read('exposure', id) ?? NO_EXPOSURE;
  return {
    asOfSeq: head.seq,
    charterVersion: charter.version,
    paidInFen: head.paidInFen,
    committedFen: charter.capital.totalFen,
    availableFen: availableFen(head),
    coveredFen: head.coveredFen,
    limits: readCoverage(exposureOf('fund'), charter, head.paidInFen).map(limitRow),
    scopes: ids.map((id) => {
      const exposure = exposureOf(id);
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
