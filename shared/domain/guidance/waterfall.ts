import type { BusinessDate } from '../calendar.ts';
import type { GuidanceCharter, WaterfallTerms } from '../charter/guidance.ts';
import { allocate, type Fen, maxFen, minFen, sumFen } from '../money.ts';
import { floorRate, parseRate, type Rate } from '../rate.ts';
import { owedAtHurdleFen } from './hurdle.ts';
import { type PartnerState, paidInFen, type Share, totalOf, unreturnedFen, withShare } from './partner.ts';

/** Who is who in a distribution, and what each has paid in and got so far. */
export interface Parties {
  readonly terms: WaterfallTerms;
  readonly manager: string;
  readonly government: readonly string[];
  readonly partners: ReadonlyMap<string, PartnerState>;
}

export interface Distributable {
  readonly amountFen: Fen;
  /** The day as of which it is reckoned; not before anything that was paid in or out. */
  readonly on: BusinessDate;
  /** The last one: the escrow ends, and what the manager got too much comes back. */
  readonly final: boolean;
  /** Every policy target is met: the government concedes. */
  readonly concede: boolean;
}

/** Who gets what, and what becomes of the manager's carry. All shares together are the amount distributed, to the fen. */
export interface Distributed {
  readonly shares: readonly Share[];
  /** Carry kept back in the fund from now on. */
  readonly escrowFen: Fen;
  /** Carry the manager must pay back in money, beside what was taken from the escrow. */
  readonly clawbackDueFen: Fen;
}

export const partiesOf = (charter: GuidanceCharter, partners: ReadonlyMap<string, PartnerState>): Parties => ({
  terms: charter.waterfall,
  manager: charter.parties.manager,
  government: charter.parties.government,
  partners,
});

/** Amounts by contributor; absent is zero. */
type Amounts = ReadonlyMap<string, Fen>;

const NONE: Amounts = new Map();
const of = (amounts: Amounts, id: string): Fen => amounts.get(id) ?? 0n;

/** Something of every partner. */
const mapOf = (partners: ReadonlyMap<string, PartnerState>, value: (partner: PartnerState) => Fen): Amounts =>
  new Map([...partners].map(([id, partner]) => [id, value(partner)]));

/** Divides an amount by weights, exact to the fen; nothing is divided among nobody. */
const divide = (amountFen: Fen, weights: Amounts): Amounts => {
  if (amountFen === 0n) return NONE;
  const parts = allocate(amountFen, [...weights.values()]);
  return new Map([...weights.keys()].map((id, i) => [id, parts[i] ?? 0n]));
};

const total = (amounts: Amounts): Fen => sumFen([...amounts.values()]);

/** An amount divided between partners, and what of it the manager earned as carry. */
interface Carried {
  readonly amounts: Amounts;
  readonly carryFen: Fen;
}

/** The four tiers, each by partner. Together they are the amount. */
interface Tiers {
  readonly capital: Amounts;
  readonly hurdle: Amounts;
  readonly catchUp: Carried;
  readonly split: Carried;
}

/**
 * The European waterfall over the whole fund: capital back pro rata, preferred return, the manager's catch-up, and the
 * split of what is left. A concession moves a part of the government's gain above the hurdle only.
 */
export const distribute = (parties: Parties, what: Distributable): Distributed => {
  const { terms, manager, partners } = parties;
  const { capital, hurdle, catchUp, split } = tiersOf(parties, what);
  const ids = [...partners.keys()];
  const gain = new Map(ids.map((id) => [id, of(catchUp.amounts, id) + of(split.amounts, id)]));
  const conceded = what.concede ? concede(parties, gain) : NONE;
  const carryFen = catchUp.carryFen + split.carryFen;
  const shares = ids.map(
    (id): Share => ({
      contributor: id,
      capitalFen: of(capital, id),
      hurdleFen: of(hurdle, id),
      catchUpFen: of(catchUp.amounts, id),
      splitFen: of(split.amounts, id),
      carryFen: id === manager ? carryFen : 0n,
      concededFen: of(conceded, id),
      clawbackFen: 0n,
    }),
  );
  if (what.final) return settleCarry(parties, shares, what.on);
  const escrowFen = (partners.get(manager)?.escrowFen ?? 0n) + floorRate(carryFen, parseRate(terms.escrow));
  return { shares, escrowFen, clawbackDueFen: 0n };
};

/** Each tier takes what it is due of what the tiers before it have left; the last takes the rest. */
const tiersOf = (parties: Parties, { amountFen, on }: Distributable): Tiers => {
  const { terms, manager, partners } = parties;
  const unreturned = mapOf(partners, unreturnedFen);
  const capital = divide(minFen(amountFen, total(unreturned)), unreturned);
  const afterCapitalFen = amountFen - total(capital);
  const preferred = mapOf(partners, (p) => maxFen(0n, owedAtHurdleFen(terms.hurdle, p, on) - unreturnedFen(p)));
  const hurdle = divide(minFen(afterCapitalFen, total(preferred)), preferred);
  const afterHurdleFen = afterCapitalFen - total(hurdle);
  const catchUpFen = minFen(afterHurdleFen, catchUpDueFen(parties, total(hurdle)));
  const paidIn = mapOf(partners, paidInFen);
  return {
    capital,
    hurdle,
    catchUp: withCarry(catchUpFen, parseRate(terms.catchUp), paidIn, manager),
    split: withCarry(afterHurdleFen - catchUpFen, parseRate(terms.carry), paidIn, manager),
  };
};

/** What the catch-up still takes so that the manager has its carry of preferred return and catch-up together. */
const catchUpDueFen = ({ terms, partners }: Parties, hurdleNowFen: Fen): Fen => {
  const catchUp = parseRate(terms.catchUp);
  if (catchUp.units === 0n) return 0n;
  const past = [...partners.values()].flatMap((p) => p.distributed);
  const preferredFen = hurdleNowFen + sumFen(past.map((d) => d.hurdleFen));
  const carry = parseRate(terms.carry);
  const scale = (rate: Rate, places: number): bigint => rate.units * 10n ** BigInt(places - rate.scale);
  const places = Math.max(carry.scale, catchUp.scale);
  const [k, c] = [scale(carry, places), scale(catchUp, places)];
  return maxFen(0n, (preferredFen * k) / (c - k) - sumFen(past.map((d) => d.catchUpFen)));
};

/** Divides an amount between the manager's carry and the partners by what they have paid in. */
const withCarry = (amountFen: Fen, rate: Rate, paidIn: Amounts, manager: string): Carried => {
  const carryFen = floorRate(amountFen, rate);
  const amounts = new Map(divide(amountFen - carryFen, paidIn));
  amounts.set(manager, of(amounts, manager) + carryFen);
  return { amounts, carryFen };
};

/** 让利: a part of each government contributor's gain above the hurdle goes to the others the charter names. */
const concede = ({ terms: { concession }, government }: Parties, gain: Amounts): Amounts => {
  if (concession === null) return NONE;
  const fraction = parseRate(concession.fraction);
  const given = new Map(government.map((id) => [id, floorRate(of(gain, id), fraction)]));
  const received = divide(total(given), new Map(concession.to.map((t) => [t.contributor, BigInt(t.weight)])));
  return new Map([...[...given].map(([id, fen]) => [id, -fen] as const), ...received]);
};

/**
 * At the end the manager gives back the carry it has too much: what the partners lack of capital and preferred return, or
 * what is above its part of the whole profit, whichever is more. Escrow and carry of this distribution go to the partners
 * at once; the rest the manager must pay.
 */
const settleCarry = (parties: Parties, shares: readonly Share[], on: BusinessDate): Distributed => {
  const { terms, manager, partners } = parties;
  const after = new Map([...partners].map(([id, p]) => [id, received(p, shares, id, on)]));
  const lacking = new Map([...after].map(([id, p]) => [id, owedAtHurdleFen(terms.hurdle, p, on)]));
  const carryFen = netCarryFen(after.get(manager));
  const excessFen = maxFen(total(lacking), carryFen - carryOfProfitFen(terms, after));
  const backFen = terms.clawback ? maxFen(0n, minFen(carryFen, excessFen)) : 0n;
  const carryNowFen = sumFen(shares.map((s) => s.carryFen));
  const atHandFen = minFen(backFen, (partners.get(manager)?.escrowFen ?? 0n) + carryNowFen);
  const toLacking = divide(minFen(atHandFen, total(lacking)), lacking);
  const unreturned = mapOf(after, unreturnedFen);
  const beyond = divide(atHandFen - total(toLacking), mapOf(after, paidInFen));
  return {
    shares: shares.map((share) => {
      const { contributor: id } = share;
      const capitalFen = minFen(of(toLacking, id), of(unreturned, id));
      return {
        ...share,
        capitalFen: share.capitalFen + capitalFen,
        hurdleFen: share.hurdleFen + of(toLacking, id) - capitalFen,
        splitFen: share.splitFen + of(beyond, id),
        clawbackFen: id === manager ? -atHandFen : 0n,
      };
    }),
    escrowFen: 0n,
    clawbackDueFen: backFen - atHandFen,
  };
};

/** A partner once its share has been distributed to it. */
const received = (partner: PartnerState, shares: readonly Share[], id: string, on: BusinessDate): PartnerState => {
  const share = shares.find((s) => s.contributor === id);
  return share === undefined ? partner : withShare(partner, share, on);
};

/** Carry the manager has got and neither given back nor been told to, in fen. */
const netCarryFen = (manager: PartnerState | undefined): Fen =>
  sumFen((manager?.distributed ?? []).map((d) => d.carryFen + d.clawbackFen)) - (manager?.clawbackDueFen ?? 0n);

/** The carry on the profit of the whole fund so far, in fen, rounded down. */
const carryOfProfitFen = (terms: WaterfallTerms, partners: ReadonlyMap<string, PartnerState>): Fen => {
  const all = [...partners.values()];
  const profitFen = sumFen(all.flatMap((p) => p.distributed.map(totalOf))) - sumFen(all.map(paidInFen));
  return floorRate(maxFen(0n, profitFen), parseRate(terms.carry));
};
