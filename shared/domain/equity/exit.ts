import { FundError } from '#shared/errors/fund-error.ts';
import type { Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import type { BuyerClass } from '../charter/seed.ts';
import type { DocumentRef } from '../lending/proposals.ts';
import { machine } from '../machine.ts';
import type { Fen } from '../money.ts';
import { costOf, type Lot, type LotChoice, quantityOf } from './lots.ts';
import { formatQuantity, type Quantity } from './quantity.ts';

/** How a holding is left: sold to somebody, bought back, redeemed, or divided up. */
export type ExitMethod = 'transfer' | 'public-tender' | 'buy-back' | 'capital-reduction' | 'listing' | 'liquidation';

/** A proposal to sell a holding or a part of it. Without `lots` the oldest go first. */
export interface ExitProposal {
  readonly holdingId: string;
  readonly quantity: Quantity;
  readonly lots?: LotChoice;
  readonly method: ExitMethod;
  readonly buyer: string;
  readonly proceedsFen: Fen;
  /** How the price came about, e.g. the number of an appraisal report. */
  readonly priceBasis: string;
  /** Where the charter orders buyers: which class this one is of. */
  readonly buyerClass?: BuyerClass;
  /** Value of all that is sold, where the charter asks for an appraiser. */
  readonly appraisal?: { readonly reportNumber: string; readonly appraisedOn: BusinessDate; readonly valueFen: Fen };
  readonly documents: readonly DocumentRef[];
}

export type ExitStatus = 'approved' | 'done' | 'cancelled';

export const exitMachine = machine('exit', {
  receive: { from: ['approved'], to: ['approved', 'done'] },
  cancel: { from: ['approved'], to: ['cancelled'] },
} satisfies Record<string, { from: ExitStatus[]; to: ExitStatus[] }>);

/** An approved exit: what it took out of the lots, and what has come for it. Its id is its case's with EX-. */
export interface ExitState {
  readonly status: ExitStatus;
  readonly caseId: string;
  readonly holdingId: string;
  readonly enterpriseId: string;
  readonly buyer: string;
  readonly proceedsFen: Fen;
  readonly receivedFen: Fen;
  readonly parts: readonly Lot[];
}

/** The exit a case leads to. */
export const exitIdOf = (caseId: string): string => caseId.replace(/^CS-/, 'EX-');

/** @throws EXIT_NOT_FOUND */
export const readExit = (state: Snapshot, exitId: string): ExitState => {
  const found = state.read('exit', exitId);
  if (found === undefined) throw new FundError('EXIT_NOT_FOUND', { exitId });
  return found;
};

/** What lists show of an exit. */
export const exitDigest = (id: string, exit: ExitState): Digest => ({
  type: 'exit',
  id,
  fields: {
    status: exit.status,
    holding: exit.holdingId,
    enterprise: exit.enterpriseId,
    buyer: exit.buyer,
    quantity: formatQuantity(quantityOf(exit.parts)),
    costFen: String(costOf(exit.parts)),
    proceedsFen: String(exit.proceedsFen),
    receivedFen: String(exit.receivedFen),
  },
});
