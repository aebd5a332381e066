import { ensure } from '#shared/errors/fund-error.ts';
import { addMonths, type BusinessDate, daysBetween } from '../calendar.ts';
import type { Charter } from '../charter/charter.ts';
import type { PublicEquityRules } from '../charter/seed.ts';
import type { ExitProposal } from '../equity/exit.ts';
import { costOf, type Lot, quantityOf } from '../equity/lots.ts';
import type { Fen } from '../money.ts';
import { parseRate, simpleYearly } from '../rate.ts';

/*
 * How a seed fund gives up what it holds: first to the founders, then to the other shareholders, then to anybody; for at
 * least a price that depends on how long it was held.
 */

/** The document by which a class of buyers gives up its turn. */
const waiverOf = (buyerClass: string): string => `waiver-${buyerClass}`;

/**
 * Holds an exit against the seed fund's charter; other kinds of fund sell as they agree.
 * @param parts what the exit takes out of the lots
 * @throws BUYER_CLASS_REQUIRED, PRE_EMPTION_OPEN, APPRAISAL_REQUIRED, APPRAISAL_TOO_OLD, PRICE_TOO_LOW
 */
export const checkSeedExit = (
  charter: Charter,
  exit: ExitProposal,
  parts: readonly Lot[],
  today: BusinessDate,
): void => {
  if (charter.kind !== 'seed' || charter.equity === null) return;
  requireTurn(charter.equity, exit);
  const least = leastPriceFen(charter.equity, exit, parts, today);
  ensure(exit.proceedsFen >= least, 'PRICE_TOO_LOW', { leastFen: String(least) });
};

/** @throws BUYER_CLASS_REQUIRED, PRE_EMPTION_OPEN with the classes that have not waived */
const requireTurn = ({ exit: { order } }: PublicEquityRules, { buyerClass, documents }: ExitProposal): void => {
  const turn = buyerClass === undefined ? -1 : order.indexOf(buyerClass);
  ensure(turn >= 0, 'BUYER_CLASS_REQUIRED', { order: order.join(' ') });
  const open = order.slice(0, turn).filter((c) => !documents.some((d) => d.type === waiverOf(c)));
  ensure(open.length === 0, 'PRE_EMPTION_OPEN', { open: open.join(' '), documents: open.map(waiverOf).join(' ') });
};

/** The least the parts may be sold for: each part by how long it was held. */
const leastPriceFen = (rules: PublicEquityRules, exit: ExitProposal, parts: readonly Lot[], today: BusinessDate): Fen =>
  parts.reduce((sum, part) => sum + leastOfPart(rules, exit, parts, part, today), 0n);

const leastOfPart = (
  rules: PublicEquityRules,
  exit: ExitProposal,
  parts: readonly Lot[],
  part: Lot,
  today: BusinessDate,
): Fen => {
  const step = rules.exit.steps.find(
    (s) => s.withinYears === null || today <= addMonths(part.acquiredOn, s.withinYears * 12),
  );
  switch (step?.price) {
    case 'cost-plus-interest':
      return part.costFen + interestFen(part, rules.exit.annualRate, today);
    case 'appraisal':
      return appraisedFen(rules, exit, parts, part, today);
    default:
      return part.costFen;
  }
};

/** Simple interest on the cost of a part. */
const interestFen = (part: Lot, annualRate: string, today: BusinessDate): Fen =>
  simpleYearly(part.costFen * BigInt(daysBetween(part.acquiredOn, today)), parseRate(annualRate));

/** A part's share of the appraised value of all that is sold, by quantity, rounded up. */
const appraisedFen = (
  { exit: { appraisalMaxAgeMonths } }: PublicEquityRules,
  { appraisal }: ExitProposal,
  parts: readonly Lot[],
  part: Lot,
  today: BusinessDate,
): Fen => {
  ensure(appraisal !== undefined, 'APPRAISAL_REQUIRED', { lot: String(part.no), costFen: String(costOf(parts)) });
  const { appraisedOn, reportNumber, valueFen } = appraisal;
  const validUntil = addMonths(appraisedOn, appraisalMaxAgeMonths);
  ensure(appraisedOn <= today && today <= validUntil, 'APPRAISAL_TOO_OLD', { reportNumber, appraisedOn, validUntil });
  const all = quantityOf(parts);
  return (valueFen * part.quantity + all - 1n) / all;
};
