import { parseRate, rateAtLeast } from '../rate.ts';
import { checkGradingModel } from './check-grading.ts';
import { type BreakerRule, type CompensationCharter, RECOVERY_STEPS } from './compensation.ts';

type Fail = (reason: string) => never;

const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** Checks what a schema cannot say of a risk-compensation fund's rules; calls `fail` with the first contradiction. */
export const checkCompensation = (charter: CompensationCharter, fail: Fail): void => {
  checkParties(charter, fail);
  checkFiling(charter, fail);
  checkSharing(charter, fail);
  checkRecovery(charter, fail);
  for (const rule of charter.breakers) checkBreaker(rule, fail);
  if (!distinct(charter.breakers.map((b) => `${b.scope} ${b.measure}`))) fail('a breaker is listed twice');
  if (!distinct(charter.limits.map((l) => `${l.measure} ${l.against}`))) fail('a coverage limit is listed twice');
  if (charter.grading !== null) checkGradingModel(charter.grading, fail);
};

const checkParties = ({ banks, guarantors, products, districts }: CompensationCharter, fail: Fail): void => {
  if (!distinct([...banks, ...guarantors].map((p) => p.id))) fail('a bank or guarantor is listed twice');
  if (!distinct(products.map((p) => p.id))) fail('a product is listed twice');
  if (!distinct(districts.map((d) => d.id))) fail('a district is listed twice');
  for (const bank of banks)
    for (const product of bank.products)
      if (!products.some((p) => p.id === product)) fail(`bank ${bank.id} has an unknown product ${product}`);
};

const checkFiling = ({ filing, benchmarks, claims }: CompensationCharter, fail: Fail): void => {
  if (!distinct(filing.sizes.map((s) => s.sizeClass))) fail('a size class is listed twice');
  if (filing.sizes.some((s) => s.perEnterpriseFen <= 0n)) fail('the limit per enterprise must be positive');
  if (filing.rateCeiling !== null && benchmarks.length === 0) fail('a rate ceiling needs a benchmark');
  if (benchmarks.some((b, i) => i > 0 && b.from <= (benchmarks[i - 1]?.from ?? b.from))) fail('benchmarks must follow');
  if (parseRate(claims.publicSupportCeiling).units === 0n) fail('the ceiling of public support must be positive');
  if (claims.decisionWorkingDays < claims.firstReviewWorkingDays) fail('the decision is due before the first review');
};

const checkSharing = ({ sharing, banks, guarantors }: CompensationCharter, fail: Fail): void => {
  if (!distinct(sharing.map((s) => s.id))) fail('a sharing scheme is listed twice');
  for (const s of sharing) {
    if (s.fund === 0) fail(`the fund must bear a part of ${s.id}`);
    if (s.guaranteed !== s.guarantor > 0) fail(`scheme ${s.id} is at odds with itself over the guarantor`);
    if (s.guaranteed && guarantors.length === 0) fail(`scheme ${s.id} needs a guarantor`);
    if (s.banks?.some((id) => !banks.some((b) => b.id === id)) === true) fail(`scheme ${s.id} names an unknown bank`);
  }
};

const checkRecovery = ({ recovery, capital }: CompensationCharter, fail: Fail): void => {
  if (!RECOVERY_STEPS.every((step) => recovery.order.includes(step))) fail('a step of recovery is missing');
  const { shares, oddFenTo } = recovery.finalLoss;
  const known = capital.contributors.map((c) => c.id);
  const bearing = shares.map((s) => s.contributor);
  if (!distinct(bearing) || bearing.some((id) => !known.includes(id))) fail('a final loss falls on nobody known');
  if (shares.every((s) => s.weight === 0)) fail('a final loss falls on nobody');
  if (oddFenTo !== null && !bearing.includes(oddFenTo)) fail('the odd fen of a loss falls on nobody known');
};

/** Warn ≤ stop ≤ terminate, and a stop ends below where it began. */
const checkBreaker = (rule: BreakerRule, fail: Fail): void => {
  const { scope, measure, warn, stop, terminate, resumeBelow } = rule;
  const line = [warn, stop, terminate].filter((r) => r !== null).map(parseRate);
  const rises = line.every((r, i) => i === 0 || rateAtLeast(r, line[i - 1] ?? r));
  if (!rises) fail(`the ratios of breaker ${scope} ${measure} must rise`);
  if (resumeBelow !== null && (stop === null || !rateAtLeast(parseRate(stop), parseRate(resumeBelow))))
    fail(`breaker ${scope} ${measure} resumes above where it stops`);
  if (measure === 'pool-use' && scope !== 'fund') fail('the use of the pool is the fund’s, not a bank’s');
};
