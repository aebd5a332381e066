import type { Snapshot } from '../book/decision.ts';
import type { GuidanceCharter } from '../charter/guidance.ts';
import { type PortfolioState, readPortfolio } from '../equity/stake.ts';
import type { EnterpriseState } from '../lending/enterprise.ts';
import { type Fen, formatYuan, sumFen } from '../money.ts';
import { partOf } from '../rate.ts';

/** One rule with its answer, in words for the file. */
export interface Check {
  readonly rule: string;
  readonly label: string;
  readonly passed: boolean;
}

/** What a deal would add; nothing when what is there already is looked at again. */
export interface Added {
  readonly sector: string;
  readonly exposureFen: Fen;
}

/** What the limits are parts of, in fen: the size of the fund, or its cash and what it holds, at cost. */
export const limitBaseFen = (state: Snapshot, { limits, capital }: GuidanceCharter): Fen =>
  limits.base === 'size' ? capital.totalFen : state.head.bankFen + readPortfolio(state).costFen;

/** Whether investee, sector and what lies outside the mandate stay within their limits, pending proposals counted. */
export const checkLimits = (
  state: Snapshot,
  charter: GuidanceCharter,
  investee: EnterpriseState | undefined,
  { sector, exposureFen }: Added,
): readonly Check[] => {
  const baseFen = limitBaseFen(state, charter);
  const portfolio = readPortfolio(state);
  const { mandate, limits } = charter;
  const known = mandate.sectors.find((s) => s.id === sector);
  const single = within(
    'single-investee',
    '单一被投',
    (investee?.equity?.exposureFen ?? 0n) + exposureFen,
    partOf(baseFen, limits.singleInvestee),
  );
  if (known === undefined) {
    const openFen = baseFen - partOf(baseFen, mandate.minInSectors);
    return [single, within('outside-mandate', '投向范围以外', outsideFen(portfolio, charter) + exposureFen, openFen)];
  }
  if (known.max === null) return [single];
  const inSectorFen = (portfolio.sectors[sector] ?? 0n) + exposureFen;
  return [single, within('sector', `行业 ${known.name}`, inSectorFen, partOf(baseFen, known.max))];
};

const within = (rule: string, what: string, wouldBeFen: Fen, limitFen: Fen): Check => ({
  rule,
  label: `${what} ${formatYuan(wouldBeFen)}元，上限 ${formatYuan(limitFen)}元`,
  passed: wouldBeFen <= limitFen,
});

/** What lies outside the sectors the fund is for, in fen. */
const outsideFen = ({ sectors }: PortfolioState, { mandate }: GuidanceCharter): Fen =>
  sumFen(Object.entries(sectors).flatMap(([id, fen]) => (mandate.sectors.some((s) => s.id === id) ? [] : [fen])));
