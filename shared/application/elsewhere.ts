import { ref } from '#shared/domain/entities.ts';
import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import type { Ledger } from './ports.ts';
import { readOne } from './read.ts';
import { snapshotOf } from './snapshot.ts';

/** What another fund does for the same loan, or the same borrower. */
export interface Elsewhere {
  readonly fundId: string;
  /** How the same contract stands there, filed and claimed. */
  readonly filing?: string;
  readonly claim?: string;
  readonly compensatedForLoanFen?: bigint;
  /** What stands and was paid there for the borrower in all. */
  readonly exposureFen: bigint;
  readonly compensatedFen: bigint;
}

/**
 * Looks whether other funds cover the same loan, so that nobody is compensated twice. A contract has the same filing number in
 * every fund, so looking is enough.
 * @param funds those the caller may see
 * @throws FILING_NOT_FOUND
 */
export const filedElsewhere = async (
  ledger: Ledger,
  filingId: string,
  fundId: string,
  funds: readonly string[],
): Promise<readonly Elsewhere[]> => {
  const here = await readOne(ledger, fundId, 'filing', filingId);
  if (here === undefined) throw new FundError('FILING_NOT_FOUND', { filingId });
  const others = funds.filter((f) => f !== fundId);
  const found = await Promise.all(others.map((other) => standsIn(ledger, other, filingId, here.enterpriseId)));
  return found.filter((elsewhere) => elsewhere !== undefined);
};

const standsIn = async (
  ledger: Ledger,
  fundId: string,
  filingId: string,
  enterpriseId: string,
): Promise<Elsewhere | undefined> => {
  const claimId = claimIdOf(filingId);
  const refs = [ref('filing', filingId), ref('claim', claimId), ref('enterprise', enterpriseId)];
  const { read } = snapshotOf(await ledger.load(fundId, refs));
  const filing = read('filing', filingId);
  const claim = read('claim', claimId);
  const enterprise = read('enterprise', enterpriseId);
  if (filing === undefined && claim === undefined && enterprise === undefined) return undefined;
  return {
    fundId,
    ...(filing === undefined ? {} : { filing: filing.status }),
    ...(claim === undefined ? {} : { claim: claim.status, compensatedForLoanFen: claim.fundFen }),
    exposureFen: enterprise?.exposureFen ?? 0n,
    compensatedFen: enterprise?.compensatedFen ?? 0n,
  };
};
