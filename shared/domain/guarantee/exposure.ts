import type { BreakerMeasure, CompensationCharter } from '../charter/compensation.ts';
import { coverFen, type FilingState } from './filing.ts';
import { isNonPerforming, liabilityFen } from './measure.ts';

/** What the filings and claims of a fund, a bank or a district come to, in fen. */
export interface Figures {
  /** Covered principal ever confirmed. */
  readonly disbursedFen: bigint;
  /** Covered principal outstanding. */
  readonly outstandingFen: bigint;
  /** The fund's share of it. */
  readonly liabilityFen: bigint;
  /** Covered principal outstanding at substandard or worse. */
  readonly nonPerformingFen: bigint;
  /** Expected loss of the fund's share, by grade. */
  readonly expectedFen: bigint;
  /** Compensation decided on. */
  readonly compensatedFen: bigint;
  /** Come back of it. */
  readonly recoveredFen: bigint;
  /** Confirmed as lost. */
  readonly lostFen: bigint;
}

export type BreakerStatus = 'normal' | 'warned' | 'stopped' | 'terminated';

/** The figures of one scope, and how its breakers stand. Its id is `fund`, `bank:<id>` or `district:<id>`. */
export interface ExposureState extends Figures {
  readonly status: BreakerStatus;
  /** Ratios up to which a decision lets it go on although a breaker would stop it. */
  readonly tolerated: readonly { readonly measure: BreakerMeasure; readonly ratio: string }[];
  /** Coverage limits exceeded, as `measure/against`; the fund's only. */
  readonly alerts: readonly string[];
}

export const NOTHING: Figures = {
  disbursedFen: 0n,
  outstandingFen: 0n,
  liabilityFen: 0n,
  nonPerformingFen: 0n,
  expectedFen: 0n,
  compensatedFen: 0n,
  recoveredFen: 0n,
  lostFen: 0n,
};

/** Figures of which only these are not zero. */
export const onlyFigures = (some: Partial<Figures>): Figures => ({ ...NOTHING, ...some });

export const NO_EXPOSURE: ExposureState = { ...NOTHING, status: 'normal', tolerated: [], alerts: [] };

const NAMES = [
  'disbursedFen',
  'outstandingFen',
  'liabilityFen',
  'nonPerformingFen',
  'expectedFen',
  'compensatedFen',
  'recoveredFen',
  'lostFen',
] as const satisfies readonly (keyof Figures)[];

/** `a` + `sign` × `b`, member by member. */
const combine = (a: Figures, b: Figures, sign: 1n | -1n): Figures => {
  const sum = { ...NOTHING };
  for (const name of NAMES) sum[name] = a[name] + sign * b[name];
  return sum;
};

export const addFigures = (a: Figures, b: Figures): Figures => combine(a, b, 1n);
export const subtractFigures = (a: Figures, b: Figures): Figures => combine(a, b, -1n);

/** What one filing adds to the figures. `charter` is the version it was filed under. */
export const figuresOfFiling = (filing: FilingState | undefined, charter: CompensationCharter): Figures => {
  if (filing === undefined) return NOTHING;
  const outstandingFen = coverFen(filing);
  return {
    ...NOTHING,
    disbursedFen: filing.confirmedOn === undefined ? 0n : filing.coveredFen,
    outstandingFen,
    liabilityFen: liabilityFen(filing, charter),
    nonPerformingFen: isNonPerforming(filing) ? outstandingFen : 0n,
    expectedFen: filing.provisionFen,
  };
};

type Scoped = Pick<FilingState, 'bankId' | 'district'>;

/** The scopes a filing counts in. */
export const scopesOf = (filing: Scoped): readonly string[] => [
  'fund',
  `bank:${filing.bankId}`,
  `district:${filing.district}`,
];

/** What is added to the figures of each scope, by its id. */
export type Deltas = ReadonlyMap<string, Figures>;

/** Figures added in every scope of the filing, or claim, they are of. */
export const addedIn = (filing: Scoped, figures: Figures): Deltas =>
  new Map(scopesOf(filing).map((scope) => [scope, figures]));

/** Two deltas in one; a scope of both gets their sum. */
export const mergeDeltas = (a: Deltas, b: Deltas): Deltas => {
  const merged = new Map(a);
  for (const [scope, figures] of b) merged.set(scope, addFigures(merged.get(scope) ?? NOTHING, figures));
  return merged;
};
