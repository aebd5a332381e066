import type { Snapshot } from '../book/decision.ts';
import type { GuidanceCharter } from '../charter/guidance.ts';
import { ref } from '../entities.ts';
import { type Fen, sumFen } from '../money.ts';
import { applyRate, parseRate } from '../rate.ts';
import { EMPTY_PARTNER, paidInFen } from './partner.ts';

/** 返投 recognised so far, net of what was clawed back. */
export interface ReturnInvestmentState {
  readonly recognisedFen: Fen;
}

/** How a fund stands with what must be invested in the zone, in fen. */
export interface ReturnInvestment {
  readonly baseFen: Fen;
  readonly requiredFen: Fen;
  readonly recognisedFen: Fen;
  readonly reached: boolean;
}

/** Reckons the requirement from its base; a ratio of 0 requires nothing and is always reached. */
export const returnInvestmentOf = (state: Snapshot, charter: GuidanceCharter): ReturnInvestment => {
  const { ratio, base } = charter.returnInvestment;
  const baseFen = baseOf(state, charter, base);
  const requiredFen = applyRate(baseFen, parseRate(ratio));
  const recognisedFen = state.read('return-investment', 'all')?.recognisedFen ?? 0n;
  return { baseFen, requiredFen, recognisedFen, reached: recognisedFen >= requiredFen };
};

const baseOf = (
  state: Snapshot,
  { capital, parties: { government } }: GuidanceCharter,
  base: GuidanceCharter['returnInvestment']['base'],
): Fen => {
  switch (base) {
    case 'size':
      return capital.totalFen;
    case 'government-committed':
      return sumFen(
        (state.read('capital', 'all')?.contributors ?? [])
          .filter((c) => government.includes(c.id))
          .map((c) => c.committedFen),
      );
    case 'government-paid-in':
      state.foresee(government.map((id) => ref('partner', id)));
      return sumFen(government.map((id) => paidInFen(state.read('partner', id) ?? EMPTY_PARTNER)));
  }
};
