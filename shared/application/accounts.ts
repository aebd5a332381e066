import { ref } from '#shared/domain/entities.ts';
import type { Ledger } from './ports.ts';

/** The numbers of the bank accounts a fund has had, under whichever version of its charter. */
export const accountsOf = async (ledger: Ledger, fundId: string): Promise<readonly string[]> => {
  const { head } = await ledger.load(fundId, []);
  const { entities } = await ledger.load(
    fundId,
    head.charters.map((c) => ref('charter', String(c.version))),
  );
  return [...entities.values()].flatMap((e) => (e.type === 'charter' ? [e.state.account.number] : []));
};
