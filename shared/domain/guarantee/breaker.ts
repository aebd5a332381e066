import type { BreakerMeasure, BreakerRule, CompensationCharter } from '../charter/compensation.ts';
import { fenAsRate, parseRate, ratioAtLeast } from '../rate.ts';
import type { BreakerStatus, ExposureState } from './exposure.ts';

/** One breaker as it reads now. */
export interface Reading {
  readonly rule: BreakerRule;
  readonly partFen: bigint;
  readonly wholeFen: bigint;
  readonly status: BreakerStatus;
}

const RANK: Readonly<Record<BreakerStatus, number>> = { normal: 0, warned: 1, stopped: 2, terminated: 3 };

const worst = (statuses: readonly BreakerStatus[]): BreakerStatus =>
  statuses.reduce((a, b) => (RANK[b] > RANK[a] ? b : a), 'normal');

/** Whether new loans may not be filed. */
export const isClosed = (status: BreakerStatus): boolean => RANK[status] >= RANK.stopped;

const partsOf = (measure: BreakerMeasure, e: ExposureState, paidInFen: bigint): readonly [bigint, bigint] => {
  switch (measure) {
    case 'non-performing':
      return [e.nonPerformingFen, e.outstandingFen];
    case 'compensation':
      return [e.compensatedFen, e.disbursedFen];
    case 'pool-use':
      return [e.compensatedFen - e.recoveredFen, paidInFen];
  }
};

const scopeOf = (id: string): string => id.replace(/:.*$/, '');

/** How the breakers of one scope read, without regard to what was before. Ratios are compared exactly. */
export const readBreakers = (
  id: string,
  exposure: ExposureState,
  charter: CompensationCharter,
  paidInFen: bigint,
): readonly Reading[] =>
  charter.breakers
    .filter((rule) => rule.scope === scopeOf(id))
    .map((rule) => {
      const [partFen, wholeFen] = partsOf(rule.measure, exposure, paidInFen);
      const tolerated = exposure.tolerated.find((t) => t.measure === rule.measure)?.ratio;
      return { rule, partFen, wholeFen, status: levelOf(rule, partFen, wholeFen, tolerated) };
    });

/** Of nothing, and of too little to be judged, no ratio is reached. */
const reaches = (rule: BreakerRule, partFen: bigint, wholeFen: bigint, ratio: string | null): boolean =>
  ratio !== null &&
  wholeFen > 0n &&
  wholeFen >= rule.fromFen &&
  ratioAtLeast(fenAsRate(partFen), fenAsRate(wholeFen), parseRate(ratio));

const levelOf = (
  rule: BreakerRule,
  partFen: bigint,
  wholeFen: bigint,
  tolerated: string | undefined,
): BreakerStatus => {
  const over = (ratio: string | null): boolean => reaches(rule, partFen, wholeFen, ratio);
  // What a decision tolerates moves both lines up to it, never down.
  const beyondTolerance = tolerated === undefined || over(tolerated);
  if (over(rule.terminate) && beyondTolerance) return 'terminated';
  if (over(rule.stop) && beyondTolerance) return 'stopped';
  return over(rule.warn) ? 'warned' : 'normal';
};

/**
 * How a scope stands after its figures have changed. A stop lasts until every breaker that stops reads below its resume
 * ratio, or until a decision; a termination until a decision. A tolerance ends once its breaker has calmed down.
 */
export const judge = (
  id: string,
  exposure: ExposureState,
  charter: CompensationCharter,
  paidInFen: bigint,
): Pick<ExposureState, 'status' | 'tolerated'> => {
  const readings = readBreakers(id, exposure, charter, paidInFen);
  const tolerated = exposure.tolerated.filter(({ measure }) =>
    readings.some((r) => r.rule.measure === measure && !isCalm(r, r.rule.resumeBelow ?? r.rule.warn)),
  );
  const now = worst(readings.map((r) => r.status));
  const eased = RANK[now] < RANK[exposure.status];
  const holds =
    exposure.status === 'terminated' || (exposure.status === 'stopped' && !readings.every((r) => hasResumed(r)));
  return { status: eased && holds ? exposure.status : now, tolerated };
};

const isCalm = ({ rule, partFen, wholeFen }: Reading, ratio: string): boolean =>
  !reaches(rule, partFen, wholeFen, ratio);

const hasResumed = (reading: Reading): boolean => {
  const { stop, resumeBelow } = reading.rule;
  return stop === null || (resumeBelow !== null && isCalm(reading, resumeBelow));
};

const RATIO_DIGITS = 6;

/** A ratio to be shown: six decimals, cut off. */
export const ratioText = ({ partFen, wholeFen }: Pick<Reading, 'partFen' | 'wholeFen'>): string => {
  if (wholeFen === 0n) return '-';
  const digits = String((partFen * 10n ** BigInt(RATIO_DIGITS)) / wholeFen).padStart(RATIO_DIGITS + 1, '0');
  return `${digits.slice(0, -RATIO_DIGITS)}.${digits.slice(-RATIO_DIGITS)}`;
};
