import type { Breakages } from './breakage.ts';

/** Of what a risk-compensation fund covers, and of claims on it. */
export const coverBreakages: Breakages = {
  'shared/application/double-claims.ts': [
    ['elsewhereFen <= declaredFen', 'true'],
    ["status === 'submitted' || status === 'refused' ? 0n : fundFen", 'fundFen'],
    ["'approving' && !given ?", "'approving' ?"],
    ["if (error !== undefined) return { status: 'refused', error, replayed: false };", ''],
  ],
  'shared/domain/guarantee/moves.ts': [
    ['addedIn(before ?? after, subtractFigures', 'addedIn(after, subtractFigures'],
    ['addFigures(figuresOfFiling(after, charter), move.figures ?? NOTHING)', 'figuresOfFiling(after, charter)'],
    ['coverFen(after) - coverFen(before)', 'coverFen(after)'],
    ['known.exposureFen + movedFen', 'known.exposureFen'],
  ],
  'shared/domain/guarantee/assessment.ts': [
    ['parseRate(claims.publicSupportCeiling)) - otherFen', 'parseRate(claims.publicSupportCeiling))'],
    ['minFen(shares.fundFen, ceilingFen)', 'shares.fundFen'],
    ['maxFen(0n, capFen - compensatedFen)', 'capFen'],
    ['lossFen - fundFen - shares.guarantorFen', 'shares.bankFen'],
  ],
  'shared/domain/guarantee/filing-checks.ts': [
    ["ensure(first <= today, 'FILING_EARLY'", "ensure(true, 'FILING_EARLY'"],
    ["ensure(today <= last, 'FILING_LATE'", "ensure(true, 'FILING_LATE'"],
    ['b.from <= row.drawnOn', 'b.from < row.drawnOn'],
  ],
  'shared/domain/guarantee/breaker.ts': [
    ['RANK[status] >= RANK.stopped', 'RANK[status] > RANK.stopped'],
    ['wholeFen >= rule.fromFen', 'true'],
    ['e.compensatedFen - e.recoveredFen, paidInFen', 'e.compensatedFen, paidInFen'],
    ['over(rule.stop) && beyondTolerance', 'over(rule.stop)'],
  ],
  'shared/domain/guarantee/recovery.ts': [
    ["rules.uncovered === 'pro-rata'", 'true'],
    ['minFen(leftFen, owedFen)', 'leftFen'],
  ],
};
