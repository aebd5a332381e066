import type { BookHead } from '#shared/domain/book/head.ts';
import { coverRules } from '#shared/domain/charter/charter.ts';
import type { CompensationCharter } from '#shared/domain/charter/compensation.ts';
import { type ClaimState, receivableFen } from '#shared/domain/guarantee/claim.ts';
import {
  addFigures,
  type Figures,
  figuresOfFiling,
  NO_EXPOSURE,
  onlyFigures,
  scopesOf,
} from '#shared/domain/guarantee/exposure.ts';
import { coverFen, type FilingState, placeFen } from '#shared/domain/guarantee/filing.ts';
import { bookedFen } from '#shared/domain/guarantee/moves.ts';
import { sumFen } from '#shared/domain/money.ts';
import type { Claims, Facts } from './story/facts.ts';

/** The most a charter lets a fund stand in for, together and for one enterprise, and bear for one enterprise; in fen. */
export interface Caps {
  readonly coverFen: bigint;
  readonly enterpriseFen: bigint;
  readonly compensationFen: bigint;
}

type Known = Pick<Facts, 'all' | 'net'>;

/** What must hold of a risk-compensation fund at any moment: sums follow from their parts, caps hold, nobody is paid twice. */
export const coverageClaims = (known: Known, head: BookHead, caps: Caps): Claims => ({
  ...exposureClaims(known),
  ...enterpriseClaims(known, caps),
  ...claimClaims(known),
  ...paymentClaims(known),
  ...accountClaims(known, head, caps),
});

const atMost = (fen: bigint, maxFen: bigint) => [fen <= maxFen || `${fen} above ${maxFen}`, true] as const;

/** Claims the fund stands for: neither open nor turned down. */
const isDecided = ({ status }: ClaimState): boolean => status !== 'submitted' && status !== 'refused';
const decidedOf = (known: Known): readonly ClaimState[] => [...known.all('claim').values()].filter(isDecided);

/** The rules a filing was filed under. */
const rulesOf = (known: Known): ((filing: FilingState) => CompensationCharter) => {
  const versions = new Map([...known.all('charter').values()].map((charter) => [charter.version, coverRules(charter)]));
  return ({ charterVersion }) => {
    const charter = versions.get(charterVersion);
    if (charter === undefined) throw new Error(`no charter ${charterVersion}`);
    return charter;
  };
};

/** Figures of the fund, of each bank and each district are the sums over their filings and decided claims. */
const exposureClaims = (known: Known): Claims => {
  const charterOf = rulesOf(known);
  const sums = new Map<string, Figures>();
  const add = (scopes: readonly string[], figures: Figures): void => {
    for (const scope of scopes) sums.set(scope, addFigures(sums.get(scope) ?? onlyFigures({}), figures));
  };
  for (const filing of known.all('filing').values()) add(scopesOf(filing), figuresOfFiling(filing, charterOf(filing)));
  for (const c of decidedOf(known))
    add(
      scopesOf(c),
      onlyFigures({ compensatedFen: c.fundFen, recoveredFen: c.fundRecoveredFen, lostFen: c.writtenOffFen }),
    );
  const stored = known.all('exposure');
  const claims: Claims = {};
  for (const scope of new Set([...sums.keys(), ...stored.keys()])) {
    const { status: _status, tolerated: _tolerated, alerts: _alerts, ...figures } = stored.get(scope) ?? NO_EXPOSURE;
    const expected: Figures = sums.get(scope) ?? onlyFigures({});
    claims[`figures of ${scope}`] = [inOrder(figures), inOrder(expected)];
  }
  return claims;
};

const inOrder = (figures: Figures): readonly unknown[] =>
  Object.entries(figures).toSorted(([a], [b]) => (a < b ? -1 : 1));

const enterpriseClaims = (known: Known, caps: Caps): Claims => {
  const claims: Claims = {};
  for (const [id, { exposureFen, compensatedFen = 0n }] of known.all('enterprise')) {
    const own = [...known.all('filing').values()].filter((f) => f.enterpriseId === id);
    const borne = [...known.all('claim').values()].filter((c) => c.enterpriseId === id && c.status !== 'refused');
    claims[`places of ${id}`] = [exposureFen, sumFen(own.map(placeFen))];
    claims[`places of ${id} within the limit`] = atMost(exposureFen, caps.enterpriseFen);
    claims[`borne for ${id}`] = [compensatedFen, sumFen(borne.map((c) => c.fundFen))];
    claims[`borne for ${id} within the cap`] = atMost(compensatedFen, caps.compensationFen);
  }
  return claims;
};

const claimClaims = (known: Known): Claims => {
  const claims: Claims = {};
  for (const [id, c] of known.all('claim')) {
    claims[`parts of ${id}`] = [c.fundFen + c.guarantorFen + c.bankFen, c.lossFen];
    claims[`public part of ${id}`] = atMost(c.fundFen * 10n, c.lossFen * 8n);
    claims[`recovered of ${id}`] = atMost(c.fundRecoveredFen, c.fundFen);
  }
  for (const [id, r] of known.all('recovery'))
    claims[`parts of ${id}`] = [r.costFen + r.fundFen + r.guarantorFen + r.bankFen, r.grossFen];
  return claims;
};

/** What is held, on its way or paid for a decided claim is what the fund bears, once; nothing only after it was given up. */
const paymentClaims = (known: Known): Claims => {
  const claims: Claims = {};
  const payments = [...known.all('payment').values()].filter((p) => p.purpose.type === 'claim');
  for (const [id, claim] of known.all('claim')) {
    const own = payments.filter((p) => p.purpose.id === id);
    const alive = own.filter((p) => p.status !== 'cancelled').map((p) => p.amountFen);
    const givenUp = own.length > 0 && alive.length === 0;
    claims[`paid for ${id}`] = [alive, isDecided(claim) && !givenUp ? [claim.fundFen] : []];
  }
  return claims;
};

/** The accounts say what the entities say. */
const accountClaims = (known: Known, head: BookHead, caps: Caps): Claims => {
  const charterOf = rulesOf(known);
  const filings = [...known.all('filing').values()];
  const decided = decidedOf(known);
  const coveredFen = sumFen(filings.map(coverFen));
  return {
    covered: [head.coveredFen, coveredFen],
    'covered within the limit': atMost(coveredFen, caps.coverFen),
    'owed by borrowers': [known.net('1221.01'), sumFen(decided.map(receivableFen))],
    'allowance for it': [-known.net('1231'), sumFen(decided.map((c) => c.allowanceFen))],
    'provision for cover': [-known.net('2801'), sumFen(filings.map((f) => bookedFen(f, charterOf(f))))],
    'paid in': [-known.net('2711'), head.paidInFen],
  };
};
