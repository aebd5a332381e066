import { ensure } from '#shared/errors/fund-error.ts';
import { type BusinessDate, daysBetween } from '../calendar.ts';
import type { ClaimRules, CompensationCharter } from '../charter/compensation.ts';
import { checkDocuments } from '../lending/checks.ts';
import { maxFen, minFen, sumFen } from '../money.ts';
import { floorRate, parseRate } from '../rate.ts';
import type { ClaimStatement } from './claim.ts';
import type { FilingState } from './filing.ts';
import { schemeOf, shareOut, weightsOf } from './sharing.ts';

/** What the rules make of a claim: the loss, who bears what of it, and what the fund bears less than its share, in fen. */
export interface Assessment {
  readonly principalFen: bigint;
  /** Interest the charter covers. */
  readonly interestFen: bigint;
  readonly fundFen: bigint;
  readonly guarantorFen: bigint;
  readonly bankFen: bigint;
  /** Taken off because all public layers together stay below the ceiling. */
  readonly overCeilingFen: bigint;
  /** Taken off because the enterprise has had its cumulative cap. */
  readonly overCapFen: bigint;
}

/**
 * Whether a filing may be claimed on by now, under the rules it was filed under.
 * @throws CLAIM_EARLY, LAWSUIT_MISSING, DOCUMENTS_MISSING, AMOUNT_INVALID
 */
export const checkClaim = (
  filing: FilingState,
  statement: ClaimStatement,
  { claims }: CompensationCharter,
  today: BusinessDate,
): void => {
  const { overdueSince, noticeOn } = filing;
  const overdue = overdueSince === undefined ? -1 : daysBetween(overdueSince, today);
  ensure(overdue >= claims.overdueDays, 'CLAIM_EARLY', {
    overdueSince: overdueSince ?? '',
    days: `${claims.overdueDays}`,
  });
  const noticed = noticeOn === undefined ? -1 : daysBetween(noticeOn, today);
  ensure(noticed >= claims.noticeDays, 'CLAIM_EARLY', { noticeOn: noticeOn ?? '', noticeDays: `${claims.noticeDays}` });
  const { lawsuit, documents, otherSupport } = statement;
  ensure(!claims.lawsuit || lawsuit !== undefined, 'LAWSUIT_MISSING');
  ensure(lawsuit === undefined || lawsuit.acceptedOn <= today, 'LAWSUIT_MISSING', {
    acceptedOn: lawsuit?.acceptedOn ?? '',
  });
  checkDocuments(documents, claims.documents);
  ensure(
    otherSupport.every((s) => s.amountFen > 0n),
    'AMOUNT_INVALID',
    { otherSupport: otherSupport.map((s) => s.scheme).join(' ') },
  );
};

/**
 * Shares a loss by the scheme the loan was filed under. What is taken off the fund's part falls to the bank, so the parts
 * always add up to the loss.
 * @param compensatedFen what the fund has borne, or been asked to bear, for the same enterprise already
 * @throws CLAIM_EXHAUSTED when nothing is left for the fund to bear
 */
export const assess = (
  filing: FilingState,
  statement: ClaimStatement,
  charter: CompensationCharter,
  compensatedFen: bigint,
): Assessment => {
  const { claims } = charter;
  const principalFen = filing.outstandingFen;
  const interestFen = coveredInterestFen(filing, statement.interestFen, claims);
  const lossFen = principalFen + interestFen;
  const shares = shareOut(lossFen, weightsOf(schemeOf(charter, filing)));
  const otherFen = sumFen(statement.otherSupport.map((s) => s.amountFen));
  const ceilingFen = maxFen(0n, floorRate(lossFen, parseRate(claims.publicSupportCeiling)) - otherFen);
  const withinCeilingFen = minFen(shares.fundFen, ceilingFen);
  const fundFen = minFen(withinCeilingFen, capLeftFen(filing, charter, compensatedFen) ?? withinCeilingFen);
  ensure(fundFen > 0n, 'CLAIM_EXHAUSTED', {
    otherSupportFen: String(otherFen),
    compensatedFen: String(compensatedFen),
  });
  return {
    principalFen,
    interestFen,
    fundFen,
    guarantorFen: shares.guarantorFen,
    bankFen: lossFen - fundFen - shares.guarantorFen,
    overCeilingFen: shares.fundFen - withinCeilingFen,
    overCapFen: withinCeilingFen - fundFen,
  };
};

/** Days of the year by which banks reckon interest. */
const YEAR_DAYS = 360n;

/** Unpaid normal interest as far as the charter covers it: so many days of it at the contract's rate, rounded down. */
const coveredInterestFen = (filing: FilingState, claimedFen: bigint, { interest }: ClaimRules): bigint => {
  if (interest === null) return 0n;
  const yearFen = filing.outstandingFen * BigInt(interest.maxDays);
  return minFen(claimedFen, floorRate(yearFen, parseRate(filing.annualRate)) / YEAR_DAYS);
};

/** What is left of the enterprise's cumulative cap; undefined where there is none. */
const capLeftFen = (
  { sizeClass }: FilingState,
  { filing }: CompensationCharter,
  compensatedFen: bigint,
): bigint | undefined => {
  const capFen = filing.sizes.find((s) => s.sizeClass === sizeClass)?.compensationCapFen ?? null;
  return capFen === null ? undefined : maxFen(0n, capFen - compensatedFen);
};
