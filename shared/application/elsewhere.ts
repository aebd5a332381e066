import { ref, refKey } from '#shared/domain/entities.ts';
import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import type { Ledger } from './ports.ts';

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
  const here = (await ledger.load(fundId, [ref('filing', filingId)])).entities.get(refKey(ref('filing', filingId)));
  if (here?.type !== 'filing') throw new FundError('FILING_NOT_FOUND', { filingId });
  const found: Elsewhere[] = [];
  for (const other of funds.filter((f) => f !== fundId)) {
    const refs = [
      ref('filing', filingId),
      ref('claim', claimIdOf(filingId)),
      ref('enterprise', here.state.enterpriseId),
    ] as const;
    const { entities } = await ledger.load(other, refs);
    if (entities.size === 0) continue;
    const [filing, claim, enterprise] = refs.map((r) => entities.get(refKey(r)));
    found.push({
      fundId: other,
      ...(filing?.type === 'filing' ? { filing: filing.state.status } : {}),
      ...(claim?.type === 'claim' ? { claim: claim.state.status, compensatedForLoanFen: claim.state.fundFen } : {}),
      exposureFen: enterprise?.type === 'enterprise' ? enterprise.state.exposureFen : 0n,
      compensatedFen: enterprise?.type === 'enterprise' ? (enterprise.state.compensatedFen ?? 0n) : 0n,
    });
  }
  return found;
};
