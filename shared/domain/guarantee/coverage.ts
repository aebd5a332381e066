import type { CompensationCharter, CoverageLimit } from '../charter/compensation.ts';
import { floorRate, parseRate } from '../rate.ts';
import type { Figures } from './exposure.ts';

/** One coverage limit as it reads now: what is measured, the capital it is held against, and whether it is exceeded. */
export interface CoverageReading {
  readonly limit: CoverageLimit;
  readonly measuredFen: bigint;
  readonly capitalFen: bigint;
  readonly exceeded: boolean;
}

const measuredFen = ({ measure }: CoverageLimit, f: Figures): bigint => {
  switch (measure) {
    case 'covered':
      return f.outstandingFen;
    case 'liability':
      return f.liabilityFen;
    case 'expected-loss':
      return f.expectedFen;
  }
};

/**
 * Holds the fund's coverage against its capital, each limit by itself: paid-in, committed, expected loss (80% of 5470万 is
 * more than 1500万 paid in: that raises an alert, and blocks nothing unless the charter says so). Exactly the limit is within it.
 */
export const readCoverage = (
  figures: Figures,
  charter: CompensationCharter,
  paidInFen: bigint,
): readonly CoverageReading[] =>
  charter.limits.map((limit) => {
    const measured = measuredFen(limit, figures);
    const capitalFen = limit.against === 'paid-in' ? paidInFen : charter.capital.totalFen;
    const exceeded = measured > floorRate(capitalFen, parseRate(limit.max));
    return { limit, measuredFen: measured, capitalFen, exceeded };
  });

/** How a limit is called in alerts. */
export const limitName = ({ measure, against }: CoverageLimit): string => `${measure}/${against}`;
