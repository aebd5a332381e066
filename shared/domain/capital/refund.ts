import type { BankAccount } from '../lending/proposals.ts';
import { machine } from '../machine.ts';
import type { PayeePart } from './payees.ts';

/** 退还出资: money goes back to the contributors, by the shares in which they gave it. */
export interface RefundProposal {
  readonly amountFen: bigint;
  /** 回收资金退还 in the run-off of a fund, or a reduction of its capital. */
  readonly basis: 'run-off' | 'reduction';
  readonly documentNumber: string;
  /** One account for each contributor of the charter. */
  readonly payees: readonly { readonly contributor: string; readonly account: BankAccount }[];
}

export type RefundStatus = 'approved' | 'done';

export const refundMachine = machine('refund', {
  pay: { from: ['approved'], to: ['approved', 'done'] },
  giveBack: { from: ['approved', 'done'], to: ['approved'] },
  cancel: { from: ['approved'], to: ['approved', 'done'] },
} satisfies Record<string, { from: RefundStatus[]; to: RefundStatus[] }>);

/** An approved refund: a payment to each contributor, and what has become of it. Its id is its case's with RF-. */
export interface RefundState {
  readonly status: RefundStatus;
  readonly caseId: string;
  readonly basis: RefundProposal['basis'];
  readonly documentNumber: string;
  readonly parts: readonly PayeePart[];
}
