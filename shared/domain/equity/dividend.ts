import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { requireRole } from '../approvals/guards.ts';
import type { CommandSpec, Snapshot } from '../book/decision.ts';
import { dimsOf } from '../book/dims.ts';
import type { Digest } from '../book/entry.ts';
import { dividendDeclared, dividendReceived } from '../book/templates-equity.ts';
import { reverseLines } from '../book/voucher.ts';
import type { BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import { machine, requireEdge } from '../machine.ts';
import { type Fen, minFen, positiveFen } from '../money.ts';
import type { Destination } from '../payments/destination.ts';
import { requireDividendYears } from '../seed/dividend-years.ts';
import { type HoldingState, holdingDigest, holdingMachine, readHolding } from './holding.ts';
import { type Lot, putBack, takeCost } from './lots.ts';
import { moveStake } from './stake.ts';

export type DividendStatus = 'declared' | 'received' | 'revoked';

export const dividendMachine = machine('dividend', {
  receive: { from: ['declared'], to: ['declared', 'received'] },
  revoke: { from: ['declared'], to: ['revoked'] },
} satisfies Record<string, { from: DividendStatus[]; to: DividendStatus[] }>);

/** A distribution an investee has declared on a holding: income (分红), and capital it gives back (返还本金). */
export interface DividendState {
  readonly status: DividendStatus;
  readonly holdingId: string;
  readonly enterpriseId: string;
  readonly documentNumber: string;
  readonly incomeFen: Fen;
  readonly capitalFen: Fen;
  readonly receivedFen: Fen;
  /** The cost that left the lots with the capital. */
  readonly taken: readonly Lot[];
  /** Number of the voucher entry, for a reversal to name. */
  readonly entrySeq: number;
}

export interface DeclareDividendPayload {
  readonly dividendId: string;
  readonly holdingId: string;
  readonly incomeFen: Fen;
  readonly capitalFen: Fen;
  /** The day of the investee's resolution. */
  readonly declaredOn: BusinessDate;
  readonly documentNumber: string;
  readonly documentSha256: string;
}

/**
 * An investee has resolved to distribute: the fund has a claim. Capital it gives back lowers the cost of the oldest lots.
 * @throws ROLE_REQUIRED, DIVIDEND_EXISTS, HOLDING_NOT_FOUND, STATE_INVALID, AMOUNT_INVALID, DATE_INVALID,
 *   CAPITAL_EXCEEDS_COST, DIVIDEND_WAIVED
 */
export const declareDividend: CommandSpec<DeclareDividendPayload> = {
  kind: 'dividend.declare',
  primary: (p) => ref('dividend', p.dividendId),
  prefetch: (p) => [ref('holding', p.holdingId)],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'accountant');
    const { dividendId: id, holdingId, incomeFen, capitalFen, declaredOn, documentNumber } = payload;
    ensure(state.read('dividend', id) === undefined, 'DIVIDEND_EXISTS', { dividendId: id });
    positiveFen(incomeFen + capitalFen);
    ensure(declaredOn <= today, 'DATE_INVALID', { declaredOn });
    const holding = readHolding(state, holdingId);
    requireEdge(holdingMachine, 'declare', holding.status);
    requireDividendYears(rules.on(declaredOn), holding.lots, incomeFen, declaredOn);
    const { left, taken } = takeCost(holding.lots, capitalFen);
    const after: HoldingState = { ...holding, lots: left };
    const { enterpriseId } = holding;
    const dividend: DividendState = {
      status: 'declared',
      holdingId,
      enterpriseId,
      documentNumber,
      incomeFen,
      capitalFen,
      receivedFen: 0n,
      taken,
      entrySeq: state.head.seq + 1,
    };
    return {
      entries: [
        {
          type: 'dividend.declared',
          businessDate: today,
          summary: `宣告分配 ${documentNumber}`,
          lines: linesOf(id, dividend),
          links: { dividend: id, holding: holdingId, enterprise: enterpriseId },
          facts: { declaredOn, sha256: payload.documentSha256 },
          digests: [dividendDigest(id, dividend), holdingDigest(holdingId, after)],
        },
      ],
      changes: [
        { type: 'dividend', id, state: dividend },
        { type: 'holding', id: holdingId, state: after, priorStatuses: holdingMachine.edges.declare.from },
        ...moveStake(state, enterpriseId, { exposureFen: -capitalFen, costFen: -capitalFen }),
      ],
    };
  },
};

const linesOf = (id: string, dividend: DividendState) =>
  dividendDeclared(dividend, dimsOf(id, dividend), dimsOf(dividend.holdingId, dividend));

export interface RevokeDividendPayload {
  readonly dividendId: string;
  readonly reason: string;
}

/**
 * A declaration that was wrong, or that the investee took back before it paid: its voucher is reversed in red.
 * @throws ROLE_REQUIRED, DIVIDEND_NOT_FOUND, STATE_INVALID, DIVIDEND_PARTLY_PAID, LOTS_INSUFFICIENT when a lot whose cost
 *   would be given back has been sold
 */
export const revokeDividend: CommandSpec<RevokeDividendPayload> = {
  kind: 'dividend.revoke',
  primary: (p) => ref('dividend', p.dividendId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'accountant');
    const { dividendId: id, reason } = payload;
    const before = readDividend(state, id);
    requireEdge(dividendMachine, 'revoke', before.status);
    ensure(before.receivedFen === 0n, 'DIVIDEND_PARTLY_PAID', { receivedFen: String(before.receivedFen) });
    const after: DividendState = { ...before, status: 'revoked' };
    const { holdingId, enterpriseId, capitalFen } = before;
    const holding = readHolding(state, holdingId);
    requireEdge(holdingMachine, 'revoke', holding.status);
    const lots = putBack({ left: holding.lots, taken: before.taken });
    const gone = lots.find((lot) => lot.quantity === 0n);
    ensure(gone === undefined, 'LOTS_INSUFFICIENT', { lot: String(gone?.no ?? 0) });
    const restored: HoldingState = { ...holding, lots };
    return {
      entries: [
        {
          type: 'dividend.revoked',
          businessDate: today,
          summary: reason,
          lines: reverseLines(linesOf(id, before)),
          links: {
            dividend: id,
            holding: holdingId,
            enterprise: enterpriseId,
            reverses: String(before.entrySeq),
          },
          digests: [dividendDigest(id, after), holdingDigest(holdingId, restored)],
        },
      ],
      changes: [
        { type: 'dividend', id, state: after, priorStatuses: dividendMachine.edges.revoke.from },
        { type: 'holding', id: holdingId, state: restored, priorStatuses: holdingMachine.edges.revoke.from },
        ...moveStake(state, enterpriseId, { exposureFen: capitalFen, costFen: capitalFen }),
      ],
    };
  },
};

/** @throws DIVIDEND_NOT_FOUND */
const readDividend = (state: Snapshot, dividendId: string): DividendState => {
  const found = state.read('dividend', dividendId);
  if (found === undefined) throw new FundError('DIVIDEND_NOT_FOUND', { dividendId });
  return found;
};

/** What lists show of a declared distribution. */
const dividendDigest = (id: string, dividend: DividendState): Digest => ({
  type: 'dividend',
  id,
  fields: {
    status: dividend.status,
    holding: dividend.holdingId,
    enterprise: dividend.enterpriseId,
    document: dividend.documentNumber,
    incomeFen: String(dividend.incomeFen),
    capitalFen: String(dividend.capitalFen),
    receivedFen: String(dividend.receivedFen),
  },
});

/** Money for a declared distribution, up to what was declared. */
export const dividendDestination: Destination = {
  receive: (state, id, { amountFen, source }) => {
    const before = state.read('dividend', id);
    if (before?.status !== 'declared') return undefined;
    const dueFen = before.incomeFen + before.capitalFen;
    const takenFen = minFen(amountFen, dueFen - before.receivedFen);
    const receivedFen = before.receivedFen + takenFen;
    const after: DividendState = { ...before, receivedFen, status: receivedFen === dueFen ? 'received' : 'declared' };
    return {
      takenFen,
      entry: {
        type: 'dividend.received',
        summary: `收到分配 ${before.documentNumber}`,
        links: { dividend: id, holding: before.holdingId, enterprise: before.enterpriseId },
      },
      lines: dividendReceived(takenFen, dimsOf(id, before), source),
      changes: [{ type: 'dividend', id, state: after, priorStatuses: dividendMachine.edges.receive.from }],
      digests: [dividendDigest(id, after)],
    };
  },
};
