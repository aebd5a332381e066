import type { BusinessDate } from '../calendar.ts';
import { machine } from '../machine.ts';

export type ReceiptStatus = 'open' | 'assigned';

/** The repair queue: a bank line nobody could place waits here until a person places it. */
export const receiptMachine = machine('unmatched bank line', {
  assign: { from: ['open'], to: ['open', 'assigned'] },
} satisfies Record<string, { from: ReceiptStatus[]; to: ReceiptStatus[] }>);

/** A bank line that matched nothing. A credit is a debt to its payer (2241) until placed; a debit is a claim (1221). */
export interface ReceiptState {
  readonly status: ReceiptStatus;
  readonly side: 'credit' | 'debit';
  readonly amountFen: bigint;
  /** Not yet placed, in fen. */
  readonly openFen: bigint;
  readonly bookedOn: BusinessDate;
  readonly bankReference: string;
  readonly payer: string;
  readonly payerAccount: string;
  readonly remittance: string;
}
