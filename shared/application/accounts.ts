import type { Ledger } from './ports.ts';
import { chartersOf } from './read.ts';

/** The numbers of the bank accounts a fund has had, under whichever version of its charter. */
export const accountsOf = async (ledger: Ledger, fundId: string): Promise<readonly string[]> => {
  const { head } = await ledger.load(fundId, []);
  const versions = head.charters.map((c) => c.version);
  const charter = await chartersOf(ledger, fundId, versions);
  return versions.map((version) => charter(version).account.number);
};
