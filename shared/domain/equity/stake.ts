import type { EntityChange, Snapshot } from '../book/decision.ts';
import type { EnterpriseState } from '../lending/enterprise.ts';
import { readEnterprise } from '../lending/hold.ts';
import type { Fen } from '../money.ts';
import type { Quantity } from './quantity.ts';

/** All equity of one fund. Limits on sectors, total assets and fees are reckoned from it. */
export interface PortfolioState {
  /** Sum of the stakes' exposures, in fen. */
  readonly exposureFen: Fen;
  /** What has been paid for and not given back: the balance of 1101.01, in fen. */
  readonly costFen: Fen;
  /** Exposure per sector, in fen; what has no sector is in none. */
  readonly sectors: Readonly<Record<string, Fen>>;
}

/** How a step changes what the fund has in an enterprise; each may be negative. */
export interface StakeMove {
  readonly exposureFen?: Fen;
  readonly quantity?: Quantity;
  /** Cost that came into, or left, the book. */
  readonly costFen?: Fen;
}

export const readPortfolio = (state: Snapshot): PortfolioState =>
  state.read('portfolio', 'all') ?? { exposureFen: 0n, costFen: 0n, sectors: {} };

/**
 * Counts a step for the enterprise and for the portfolio. At most once in a decision.
 * @param known the enterprise, where the decision changes it itself
 * @throws ENTERPRISE_NOT_FOUND
 */
export const moveStake = (
  state: Snapshot,
  enterpriseId: string,
  { exposureFen = 0n, quantity = 0n, costFen = 0n }: StakeMove,
  known: EnterpriseState = readEnterprise(state, enterpriseId),
): readonly EntityChange[] => {
  const { sector, equity = { exposureFen: 0n, quantity: 0n } } = known;
  const portfolio = readPortfolio(state);
  const enterprise: EnterpriseState = {
    ...known,
    equity: { exposureFen: equity.exposureFen + exposureFen, quantity: equity.quantity + quantity },
  };
  return [
    { type: 'enterprise', id: enterpriseId, state: enterprise },
    {
      type: 'portfolio',
      id: 'all',
      state: {
        exposureFen: portfolio.exposureFen + exposureFen,
        costFen: portfolio.costFen + costFen,
        sectors:
          sector === undefined
            ? portfolio.sectors
            : { ...portfolio.sectors, [sector]: (portfolio.sectors[sector] ?? 0n) + exposureFen },
      },
    },
  ];
};
