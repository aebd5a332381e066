import type { BusinessDate } from '../calendar.ts';
import { machine } from '../machine.ts';

export type CallStatus = 'open' | 'paid' | 'cancelled';

export const callMachine = machine('capital call', {
  receive: { from: ['open'], to: ['open', 'paid'] },
  cancel: { from: ['open'], to: ['cancelled'] },
} satisfies Record<string, { from: CallStatus[]; to: CallStatus[] }>);

/** One capital call (出资通知): each contributor's part and what has come of it, in fen. */
export interface CallState {
  readonly status: CallStatus;
  readonly amountFen: bigint;
  readonly dueOn: BusinessDate;
  readonly documentNumber: string;
  readonly budgetDocumentNumber?: string;
  readonly parts: readonly { readonly contributor: string; readonly amountFen: bigint; readonly paidFen: bigint }[];
}
