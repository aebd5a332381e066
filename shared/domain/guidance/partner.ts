import type { BusinessDate } from '../calendar.ts';
import { type Fen, sumFen } from '../money.ts';

/** What one distribution has given a partner, tier by tier, in fen. */
export interface Share {
  readonly contributor: string;
  /** Tier 1: paid-in capital, fees included, comes back. */
  readonly capitalFen: Fen;
  /** Tier 2: the preferred return. */
  readonly hurdleFen: Fen;
  /** Tier 3: the catch-up, the manager's part and, where it is not all the manager's, the others'. */
  readonly catchUpFen: Fen;
  /** Tier 4: what is left, divided between carry and partners. */
  readonly splitFen: Fen;
  /** Of tiers 3 and 4: what the manager earned as carry and not as a partner. */
  readonly carryFen: Fen;
  /** 让利: conceded by the government (below zero) to others (above). */
  readonly concededFen: Fen;
  /** Carry the manager gave back out of escrow and this distribution (below zero). It is in the tiers of the others. */
  readonly clawbackFen: Fen;
}

/** What a partner has paid in and got back, each on its day: all the waterfall goes by. */
export interface PartnerState {
  readonly paidIn: readonly { readonly on: BusinessDate; readonly amountFen: Fen }[];
  readonly distributed: readonly (Omit<Share, 'contributor'> & { readonly on: BusinessDate })[];
  /** Distributed and not paid: the escrow of carry, and payments that were given up. The balance of 2232 beside open payments. */
  readonly owedFen: Fen;
  /** The part of `owedFen` that is escrow. */
  readonly escrowFen: Fen;
  /** Carry the manager was told to pay back in money, in all. */
  readonly clawbackDueFen: Fen;
}

export const EMPTY_PARTNER: PartnerState = {
  paidIn: [],
  distributed: [],
  owedFen: 0n,
  escrowFen: 0n,
  clawbackDueFen: 0n,
};

export const paidInFen = (partner: PartnerState): Fen => sumFen(partner.paidIn.map((p) => p.amountFen));

/** Paid in and not come back, in fen. */
export const unreturnedFen = (partner: PartnerState): Fen =>
  paidInFen(partner) - sumFen(partner.distributed.map((d) => d.capitalFen));

/** A partner once its share has been distributed to it on a day. */
export const withShare = (
  partner: PartnerState,
  { contributor: _, ...share }: Share,
  on: BusinessDate,
): PartnerState => ({ ...partner, distributed: [...partner.distributed, { ...share, on }] });

/** All a share is worth, in fen. */
export const totalOf = (share: Omit<Share, 'contributor'>): Fen =>
  share.capitalFen + share.hurdleFen + share.catchUpFen + share.splitFen + share.concededFen + share.clawbackFen;
