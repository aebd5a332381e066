import { ensure } from '#shared/errors/fund-error.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Snapshot } from '../book/decision.ts';
import { ref } from '../entities.ts';
import { requireEdge } from '../machine.ts';
import { formatYuan, positiveFen } from '../money.ts';
import { checkSeedExit } from '../seed/exit-rules.ts';
import { type ExitProposal, type ExitState, exitDigest, exitIdOf, exitMachine, readExit } from './exit.ts';
import { type HoldingState, holdingDigest, holdingMachine, readHolding } from './holding.ts';
import { costOf, type Divided, putBack, quantityOf, takeFifo, takeNamed } from './lots.ts';

export interface ProposeExitPayload {
  readonly caseId: string;
  readonly exit: ExitProposal;
}

/**
 * Proposes to sell a holding or a part of it.
 * @throws ROLE_REQUIRED, AMOUNT_INVALID, HOLDING_NOT_FOUND, STATE_INVALID, QUANTITY_INVALID, LOTS_INSUFFICIENT, and what
 *   {@link checkSeedExit} refuses
 */
export const proposeExit: CommandSpec<ProposeExitPayload> = {
  kind: 'exit.propose',
  primary: (p) => ref('case', p.caseId),
  prefetch: (p) => [ref('holding', p.exit.holdingId)],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer');
    const { caseId, exit } = payload;
    positiveFen(exit.proceedsFen);
    const holding = readHolding(state, exit.holdingId);
    checkSeedExit(rules.inForce(), exit, divide(holding, exit).taken, today);
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'exit', exit },
        amountFen: exit.proceedsFen,
        checks: [],
        links: { holding: exit.holdingId, enterprise: holding.enterpriseId },
        summary: `退出 ${exit.buyer} ${formatYuan(exit.proceedsFen)}元`,
      },
      actor,
      rules,
      today,
    );
  },
};

/** What an exit takes out of the lots. @throws STATE_INVALID, QUANTITY_INVALID, LOTS_INSUFFICIENT */
const divide = (holding: HoldingState, { quantity, lots }: ExitProposal): Divided => {
  requireEdge(holdingMachine, 'offer', holding.status);
  if (lots === undefined) return takeFifo(holding.lots, quantity);
  const divided = takeNamed(holding.lots, lots);
  ensure(quantityOf(divided.taken) === quantity, 'LOTS_INSUFFICIENT', { reason: 'the lots do not add up' });
  return divided;
};

/** The last approval takes the parts out of the lots, so that nothing is sold twice; cost stays in the book until paid. */
export const approveExit = (state: Snapshot, caseId: string, exit: ExitProposal): ApprovalEffect => {
  const { holdingId, buyer, proceedsFen } = exit;
  const holding = readHolding(state, holdingId);
  const { left, taken } = divide(holding, exit);
  const { onSale, enterpriseId } = holding;
  const after: HoldingState = {
    ...holding,
    lots: left,
    onSale: { quantity: onSale.quantity + quantityOf(taken), costFen: onSale.costFen + costOf(taken) },
  };
  const id = exitIdOf(caseId);
  const opened: ExitState = {
    status: 'approved',
    caseId,
    holdingId,
    enterpriseId,
    buyer,
    proceedsFen,
    receivedFen: 0n,
    parts: taken,
  };
  return {
    carriedOut: true,
    changes: [
      { type: 'exit', id, state: opened },
      { type: 'holding', id: holdingId, state: after, priorStatuses: holdingMachine.edges.offer.from },
    ],
    entry: {
      links: { exit: id, holding: holdingId, enterprise: enterpriseId },
      digests: [exitDigest(id, opened), holdingDigest(holdingId, after)],
    },
  };
};

export interface CancelExitPayload {
  readonly exitId: string;
  readonly reason: string;
}

/**
 * The director gives up an exit for which nothing has come: its parts go back into their lots.
 * @throws ROLE_REQUIRED, EXIT_NOT_FOUND, STATE_INVALID, EXIT_PARTLY_PAID
 */
export const cancelExit: CommandSpec<CancelExitPayload> = {
  kind: 'exit.cancel',
  primary: (p) => ref('exit', p.exitId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'director');
    const { exitId: id, reason } = payload;
    const before = readExit(state, id);
    requireEdge(exitMachine, 'cancel', before.status);
    ensure(before.receivedFen === 0n, 'EXIT_PARTLY_PAID', { receivedFen: String(before.receivedFen) });
    const after: ExitState = { ...before, status: 'cancelled' };
    const holding = readHolding(state, before.holdingId);
    requireEdge(holdingMachine, 'withdraw', holding.status);
    const whole: HoldingState = {
      ...holding,
      lots: putBack({ left: holding.lots, taken: before.parts }),
      onSale: withoutSale(holding, before),
    };
    return {
      entries: [
        {
          type: 'exit.cancelled',
          businessDate: today,
          summary: reason,
          links: { exit: id, holding: before.holdingId, enterprise: before.enterpriseId },
          digests: [exitDigest(id, after), holdingDigest(before.holdingId, whole)],
        },
      ],
      changes: [
        { type: 'exit', id, state: after, priorStatuses: exitMachine.edges.cancel.from },
        { type: 'holding', id: before.holdingId, state: whole, priorStatuses: holdingMachine.edges.withdraw.from },
      ],
    };
  },
};

/** What is on sale once an exit is not any more. */
export const withoutSale = ({ onSale }: HoldingState, { parts }: ExitState): HoldingState['onSale'] => ({
  quantity: onSale.quantity - quantityOf(parts),
  costFen: onSale.costFen - costOf(parts),
});
