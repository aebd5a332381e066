import type { ProposalState } from '../approvals/case.ts';
import type { Snapshot } from '../book/decision.ts';
import type { GuidanceCharter } from '../charter/guidance.ts';
import type { DocumentRef } from '../lending/proposals.ts';
import { returnInvestmentOf } from './return-investment.ts';

export type Check = ProposalState['checks'][number];

/** The target that the recognitions answer; every other is evidenced by a document of its name. */
const RETURN_INVESTMENT = 'return-investment';

/** Whether the government concedes: every policy target the charter names is met (让利以达到政策目标为前提). */
export const concessionChecks = (
  state: Snapshot,
  charter: GuidanceCharter,
  documents: readonly DocumentRef[],
): { readonly checks: readonly Check[]; readonly met: boolean } => {
  const targets = charter.waterfall.concession?.targets ?? [];
  const checks = targets.map((target) => ({
    label: `让利政策目标 ${target}`,
    passed:
      target === RETURN_INVESTMENT
        ? returnInvestmentOf(state, charter).reached
        : documents.some((d) => d.type === target),
  }));
  return { checks, met: targets.length > 0 && checks.every((c) => c.passed) };
};
