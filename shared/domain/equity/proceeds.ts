import type { Snapshot } from '../book/decision.ts';
import { dimsOf } from '../book/dims.ts';
import { equityRecovered, equitySold, proceedsAdvanced } from '../book/templates-equity.ts';
import { minFen } from '../money.ts';
import type { Destination, Money, Received } from '../payments/destination.ts';
import { type ExitState, exitDigest, exitMachine } from './exit.ts';
import { withoutSale } from './exit-case.ts';
import { type HoldingState, holdingDigest, holdingMachine, readHolding, settledStatus } from './holding.ts';
import { costOf, quantityOf } from './lots.ts';
import { moveStake } from './stake.ts';

/*
 * Money that comes for what is sold, and for what was written off.
 */

/** Proceeds of an exit. The sale is booked when all of them are there; parts that come before are owed to the buyer. */
export const exitDestination: Destination = {
  receive: (state, id, money) => {
    const before = state.read('exit', id);
    if (before?.status !== 'approved') return undefined;
    const takenFen = minFen(money.amountFen, before.proceedsFen - before.receivedFen);
    const received = { ...before, receivedFen: before.receivedFen + takenFen };
    if (received.receivedFen === before.proceedsFen) return complete(state, id, before, takenFen, money);
    return {
      takenFen,
      entry: { type: 'exit.part-received', summary: `收到部分退出价款 ${before.buyer}`, links: linksOf(id, before) },
      lines: proceedsAdvanced(takenFen, id, money.source),
      changes: [{ type: 'exit', id, state: received, priorStatuses: exitMachine.edges.receive.from }],
      digests: [exitDigest(id, received)],
    };
  },
};

const linksOf = (id: string, exit: ExitState) => ({
  exit: id,
  holding: exit.holdingId,
  enterprise: exit.enterpriseId,
});

const complete = (state: Snapshot, id: string, before: ExitState, lastFen: bigint, { source }: Money): Received => {
  const { holdingId, parts } = before;
  const after: ExitState = { ...before, status: 'done', receivedFen: before.proceedsFen };
  const holding = readHolding(state, holdingId);
  const rest = { ...holding, onSale: withoutSale(holding, before) };
  const left: HoldingState = { ...rest, status: settledStatus(rest, true) };
  const costFen = costOf(parts);
  return {
    takenFen: lastFen,
    entry: { type: 'exit.completed', summary: `退出完成 ${before.buyer}`, links: linksOf(id, before) },
    lines: equitySold({ lastFen, advancedFen: before.receivedFen, costFen }, id, dimsOf(holdingId, holding), source),
    changes: [
      { type: 'exit', id, state: after, priorStatuses: exitMachine.edges.receive.from },
      { type: 'holding', id: holdingId, state: left, priorStatuses: holdingMachine.edges.sell.from },
      ...moveStake(state, before.enterpriseId, {
        exposureFen: -costFen,
        costFen: -costFen,
        quantity: -quantityOf(parts),
      }),
    ],
    digests: [exitDigest(id, after), holdingDigest(holdingId, left)],
  };
};

/** Money for a holding that was written off, up to what was lost. */
export const holdingDestination: Destination = {
  receive: (state, id, { amountFen, source }) => {
    const before = state.read('holding', id);
    if (before?.status !== 'written-off') return undefined;
    const takenFen = minFen(amountFen, before.writtenOffFen - before.recoveredFen);
    if (takenFen === 0n) return undefined;
    const after: HoldingState = { ...before, recoveredFen: before.recoveredFen + takenFen };
    return {
      takenFen,
      entry: {
        type: 'holding.recovered',
        summary: '核销后收回',
        links: { holding: id, enterprise: before.enterpriseId },
      },
      lines: equityRecovered(takenFen, source),
      changes: [{ type: 'holding', id, state: after, priorStatuses: holdingMachine.edges.recover.from }],
      digests: [holdingDigest(id, after)],
    };
  },
};
