import { ensure } from '#shared/errors/fund-error.ts';
import { forbid } from '../charter/charter.ts';
import type { GuidanceCharter, GuidanceInstrument } from '../charter/guidance.ts';
import type { AnyDeal, DealTerms } from './proposals.ts';

/** The document a deal needs that looks like a loan without being one. */
const COMPLIANCE_OPINION = 'compliance-opinion';

/**
 * Whether a guidance fund may do this at all: the instrument, what is promised with it, and whether it is a loan in
 * disguise. What only looks a little like one needs a compliance opinion.
 * @param wanted the instrument the command is for
 * @throws INSTRUMENT_FORBIDDEN with the clause, DOCUMENTS_MISSING
 */
export const requireAllowed = (charter: GuidanceCharter, deal: AnyDeal, wanted: GuidanceInstrument): void => {
  const { instrument, terms, sideLetters, documents } = deal;
  if (instrument !== wanted || !charter.instruments.allowed.includes(wanted)) forbid(charter, instrument);
  for (const promise of [...terms.promises, ...sideLetters.flatMap((letter) => letter.promises)])
    forbid(charter, `promise-of-${promise}`);
  const signs = signsOfDebt(terms);
  const { refusedFrom, opinionFrom } = charter.instruments.disguisedDebt;
  if (signs.length >= refusedFrom) forbid(charter, 'disguised-debt', signs.join('；'));
  ensure(signs.length < opinionFrom || documents.some((d) => d.type === COMPLIANCE_OPINION), 'DOCUMENTS_MISSING', {
    missing: COMPLIANCE_OPINION,
    reason: signs.join('；'),
  });
};

/** 明股实债: the marks of a loan that a deal bears. */
const signsOfDebt = (terms: DealTerms): readonly string[] => [
  ...(terms.fixedReturn ? ['固定回报'] : []),
  ...(terms.buyBack === 'fixed-price' && terms.buyBackMandatory ? ['按固定价格强制回购'] : []),
  ...(terms.bearsLosses ? [] : ['不承担亏损']),
];
