import type { BookHead } from '#shared/domain/book/head.ts';
import type { HoldingState } from '#shared/domain/equity/holding.ts';
import { costOf } from '#shared/domain/equity/lots.ts';
import { paidInFen, totalOf } from '#shared/domain/guidance/partner.ts';
import { sumFen } from '#shared/domain/money.ts';
import type { Claims, Facts } from './story/facts.ts';

/** The most a charter lets a guidance fund put into one enterprise, and into a sector, in fen. */
export interface HoldingCaps {
  readonly enterpriseFen: bigint;
  readonly sectorFen: Readonly<Record<string, bigint>>;
}

type Known = Pick<Facts, 'all' | 'net'>;

const UNDER_WAY = ['instructed', 'unknown'];

/** What must hold of a guidance fund at any moment: costs, places, partners and book agree, and limits hold. */
export const guidanceClaims = (known: Known, head: BookHead, caps: HoldingCaps): Claims => ({
  ...holdingClaims(known),
  ...placeClaims(known, caps),
  ...partnerClaims(known),
  'paid in by partners': [-known.net('4001'), head.paidInFen],
});

/** What is held and on sale, at cost. */
const carryingCostFen = (holding: HoldingState): bigint => costOf(holding.lots) + holding.onSale.costFen;

/** A holding stands in the book at its cost, and with what is on its way to it. */
const holdingClaims = (known: Known): Claims => {
  const claims: Claims = {};
  const paying = [...known.all('payment').values()].flatMap((p) => (UNDER_WAY.includes(p.status) ? p.debits : []));
  for (const [id, holding] of known.all('holding')) {
    const coming = paying.filter((l) => l.account === '1101.01' && l.dims?.instrument === id);
    const expected = carryingCostFen(holding) + sumFen(coming.map((l) => l.amountFen));
    claims[`cost of ${id}`] = [known.net('1101.01', id), expected];
  }
  const costFen = sumFen([...known.all('holding').values()].map(carryingCostFen));
  claims['cost of the portfolio'] = [known.all('portfolio').get('all')?.costFen ?? 0n, costFen];
  return claims;
};

/** Places taken under the limits, by enterprise and by sector, are those of the portfolio. */
const placeClaims = (known: Known, caps: HoldingCaps): Claims => {
  const { exposureFen = 0n, sectors = {} } = known.all('portfolio').get('all') ?? {};
  const places = [...known.all('enterprise')].map(([id, e]) => [id, e.equity?.exposureFen ?? 0n] as const);
  const claims: Claims = {
    'places of enterprises': [sumFen(places.map(([, fen]) => fen)), exposureFen],
    'places of sectors': [sumFen(Object.values(sectors)), exposureFen],
  };
  for (const [id, fen] of places) claims[`place of ${id}`] = [0n <= fen && fen <= caps.enterpriseFen, true];
  for (const [id, maxFen] of Object.entries(caps.sectorFen))
    claims[`place of ${id}`] = [(sectors[id] ?? 0n) <= maxFen, true];
  return claims;
};

/** What partners have paid in and been given is what their accounts say. */
const partnerClaims = (known: Known): Claims => {
  const claims: Claims = {};
  for (const [id, partner] of known.all('partner')) {
    const capitalFen = sumFen(partner.distributed.map((d) => d.capitalFen));
    const profitFen = sumFen(partner.distributed.map(totalOf)) - capitalFen;
    claims[`capital of ${id}`] = [-known.net('4001', id), paidInFen(partner) - capitalFen];
    claims[`profit of ${id}`] = [known.net('4104', id), profitFen - partner.clawbackDueFen];
  }
  return claims;
};
