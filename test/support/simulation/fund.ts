import { CAPS, tight } from '../compensation-story.ts';
import { HOLDING_CAPS, RULES } from '../guidance-story.ts';
import { equipmentWith } from '../guidance-world.ts';
import { changed, seedCharter } from '../world.ts';
import { coverage } from './audit/coverage.ts';
import { holdings } from './audit/holdings.ts';
import { exposure, type Rule } from './audit/rules.ts';
import { coverLoans } from './people/covering.ts';
import { investMoney } from './people/investing.ts';
import type { Surroundings } from './people/staff.ts';
import { lendMoney } from './people/work.ts';

/** What a run is about: one fund, what people do there, and what must hold of it beside what must hold of every fund. */
export interface SimulatedFund {
  readonly charter: { readonly fundId: string; readonly account: { readonly number: string } };
  /** Ends when everybody has gone home. */
  readonly work: (around: Surroundings) => Promise<void>;
  readonly rules: () => readonly Rule[];
}

export const seedFund: SimulatedFund = {
  charter: seedCharter,
  work: (around) => lendMoney(around, seedCharter),
  rules: () => [exposure()],
};

/** Limits that are soon met, and a loan that may be claimed on within the days of a run. */
const hasty = changed(tight, {
  claims: { overdueDays: 3 },
  classification: { specialMentionOverDays: 0, substandardOverDays: 3, doubtfulOverDays: 8, lossOverDays: 14 },
  recovery: { windowDays: 4 },
});

export const compensationFund: SimulatedFund = {
  charter: hasty,
  work: (around) => coverLoans(around, hasty),
  rules: () => [coverage(CAPS)],
};

const fewDeals = equipmentWith(RULES);

export const guidanceFund: SimulatedFund = {
  charter: fewDeals,
  work: (around) => investMoney(around, fewDeals),
  rules: () => [holdings(HOLDING_CAPS)],
};

/** By the number of the fund, as a replay names it. */
export const SIMULATED_FUNDS: Readonly<Record<string, SimulatedFund>> = Object.fromEntries(
  [seedFund, compensationFund, guidanceFund].map((fund) => [fund.charter.fundId, fund]),
);
