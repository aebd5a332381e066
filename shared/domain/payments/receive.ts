import { requireSystem } from '../approvals/guards.ts';
import type { CommandSpec, Decision, Snapshot } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import { positiveFen } from '../money.ts';
import { openDate } from './dates.ts';
import type { Received } from './destination.ts';
import { destinationOf } from './destinations.ts';
import { type BankLine, receiptIdOf, suspend, suspendRest } from './suspense.ts';

export interface BookReceiptPayload {
  /** Number of the thing the line names. */
  readonly targetId: string;
  readonly line: BankLine;
}

/**
 * A credit on the statement names something money may come for. What is more than awaited, or not awaited at all, waits
 * in the repair queue.
 * @throws ROLE_REQUIRED, AMOUNT_INVALID
 */
export const bookReceipt: CommandSpec<BookReceiptPayload> = {
  kind: 'receipt.book',
  primary: (p) => ref(destinationOf(p.targetId).type, p.targetId),
  otherwise: (p) => ref('receipt', receiptIdOf(p.line.reference)),
  decide: (state, { payload, actor }, rules) => {
    requireSystem(actor);
    const { targetId, line } = payload;
    positiveFen(line.amountFen);
    const date = openDate(state, line.bookedOn);
    const money = { amountFen: line.amountFen, on: line.bookedOn, source: '1002' } as const;
    const received = destinationOf(targetId).receive(state, targetId, money, rules);
    return received === undefined ? suspend(state, line, date) : book(state, line, date, received);
  },
};

const book = (state: Snapshot, line: BankLine, date: BusinessDate, received: Received): Decision => {
  const rest = suspendRest(state, line, received.takenFen, date);
  return {
    entries: [
      {
        ...received.entry,
        businessDate: date,
        lines: [...received.lines, ...rest.lines],
        facts: { bankReference: line.reference, bookedOn: line.bookedOn, payer: line.payer },
        digests: [...received.digests, ...rest.digests],
      },
      ...(received.also ?? []),
    ],
    changes: [...received.changes, ...rest.changes],
    head: { ...received.head, bankFen: line.amountFen },
  };
};
