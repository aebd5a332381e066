import type { EntityChange, Rules, Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import type { PaymentState, PurposeType } from './payment.ts';

/** What the outcome of a payment does to the thing it was paid for, in the same transaction. */
export interface Consequence {
  readonly changes?: readonly EntityChange[];
  readonly digests?: readonly Digest[];
}

/** One kind of thing money is paid for. */
export interface Purpose {
  /** The money has left the bank; `on` is the booking date. */
  readonly settled: (
    state: Snapshot,
    payId: string,
    payment: PaymentState,
    on: BusinessDate,
    rules: Rules,
  ) => Consequence;
  /**
   * The bank refused, or the money came back: the voucher is taken back, the amount is held again. Undefined: too much
   * has been built on the payment, a person must look at the money that came back.
   */
  readonly rejected: (state: Snapshot, payId: string, payment: PaymentState) => Consequence | undefined;
  /** The payment is given up; its hold is given back. */
  readonly cancelled: (state: Snapshot, payId: string, payment: PaymentState) => Consequence;
}

export type Purposes = Readonly<Record<PurposeType, Purpose>>;
