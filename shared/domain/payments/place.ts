import { FundError } from '#shared/errors/fund-error.ts';
import { requireRole } from '../approvals/guards.ts';
import type { CommandSpec } from '../book/decision.ts';
import { suspenseAssigned } from '../book/templates.ts';
import { ref } from '../entities.ts';
import { destinationOf } from './destinations.ts';
import { drawOn } from './suspense.ts';

export interface PlacePayload {
  readonly receiptId: string;
  /** Number of the thing the money is for. */
  readonly targetId: string;
  readonly amountFen: bigint;
}

/**
 * A treasurer places unmatched money, or a part of it: it was for this.
 * @throws ROLE_REQUIRED, RECEIPT_NOT_FOUND, STATE_INVALID, ASSIGNMENT_TOO_LARGE, NOT_AWAITED
 */
export const placeReceipt: CommandSpec<PlacePayload> = {
  kind: 'receipt.place',
  primary: (p) => ref('receipt', p.receiptId),
  prefetch: (p) => [ref(destinationOf(p.targetId).type, p.targetId)],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'treasurer');
    const { receiptId, targetId, amountFen } = payload;
    const { receipt, change, digest } = drawOn(state, receiptId, amountFen);
    const money = { amountFen, on: receipt.bookedOn, source: '2241' } as const;
    const received = destinationOf(targetId).receive(state, targetId, money, rules);
    if (received?.takenFen !== amountFen)
      throw new FundError('NOT_AWAITED', { targetId, awaitedFen: String(received?.takenFen ?? 0n) });
    return {
      entries: [
        {
          type: 'bank-line.assigned',
          businessDate: today,
          summary: `不明来款认领：${received.entry.summary}`,
          lines: suspenseAssigned(received.lines, { instrument: receiptId }),
          links: { ...received.entry.links, receipt: receiptId },
          digests: [...received.digests, digest],
        },
        ...(received.also ?? []),
      ],
      changes: [change, ...received.changes],
      ...(received.head === undefined ? {} : { head: received.head }),
    };
  },
};
