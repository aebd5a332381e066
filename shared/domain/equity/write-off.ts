import { ensure } from '#shared/errors/fund-error.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Snapshot } from '../book/decision.ts';
import { dimsOf } from '../book/dims.ts';
import { equityWrittenOff } from '../book/templates-equity.ts';
import { ref } from '../entities.ts';
import type { DocumentRef } from '../lending/proposals.ts';
import { requireEdge } from '../machine.ts';
import { formatYuan } from '../money.ts';
import { type HoldingState, holdingDigest, holdingMachine, readHolding } from './holding.ts';
import { costOf, quantityOf } from './lots.ts';
import { moveStake } from './stake.ts';

/** 核销 of a holding, whole. */
export interface EquityWriteOffProposal {
  readonly holdingId: string;
  readonly reason: string;
  readonly documents: readonly DocumentRef[];
}

export interface ProposeEquityWriteOffPayload {
  readonly caseId: string;
  readonly writeOff: EquityWriteOffProposal;
}

/**
 * Proposes to write a holding off.
 * @throws ROLE_REQUIRED, HOLDING_NOT_FOUND, STATE_INVALID, HOLDING_ON_SALE
 */
export const proposeEquityWriteOff: CommandSpec<ProposeEquityWriteOffPayload> = {
  kind: 'holding.propose-write-off',
  primary: (p) => ref('case', p.caseId),
  prefetch: (p) => [ref('holding', p.writeOff.holdingId)],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer');
    const { caseId, writeOff } = payload;
    const holding = readWritable(state, writeOff.holdingId);
    const amountFen = costOf(holding.lots);
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'equity-write-off', writeOff },
        amountFen,
        checks: [],
        links: { holding: writeOff.holdingId, enterprise: holding.enterpriseId },
        summary: `核销股权 ${formatYuan(amountFen)}元`,
      },
      actor,
      rules,
      today,
    );
  },
};

/** @throws HOLDING_NOT_FOUND, STATE_INVALID, HOLDING_ON_SALE */
const readWritable = (state: Snapshot, holdingId: string): HoldingState => {
  const holding = readHolding(state, holdingId);
  requireEdge(holdingMachine, 'writeOff', holding.status);
  ensure(holding.onSale.quantity === 0n, 'HOLDING_ON_SALE', { holdingId });
  return holding;
};

/** Takes the cost off the books; the claim itself stays in the off-balance register (账销案存). */
export const writeOffHolding = (state: Snapshot, { holdingId }: EquityWriteOffProposal): ApprovalEffect => {
  const holding = readWritable(state, holdingId);
  const lossFen = costOf(holding.lots);
  const after: HoldingState = {
    ...holding,
    status: 'written-off',
    lots: [],
    writtenOffFen: holding.writtenOffFen + lossFen,
  };
  const lines = equityWrittenOff(lossFen, dimsOf(holdingId, holding));
  return {
    carriedOut: true,
    changes: [
      { type: 'holding', id: holdingId, state: after, priorStatuses: holdingMachine.edges.writeOff.from },
      ...moveStake(state, holding.enterpriseId, {
        exposureFen: -lossFen,
        costFen: -lossFen,
        quantity: -quantityOf(holding.lots),
      }),
    ],
    entry: {
      ...(lines.length === 0 ? {} : { lines }),
      links: { holding: holdingId, enterprise: holding.enterpriseId },
      digests: [holdingDigest(holdingId, after)],
    },
  };
};
