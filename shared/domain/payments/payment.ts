import { ensure } from '#shared/errors/fund-error.ts';
import type { EntityChange } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import { credit, type Line, netDebitFen } from '../book/voucher.ts';
import type { BusinessDate } from '../calendar.ts';
import type { BankAccount } from '../lending/proposals.ts';
import { machine } from '../machine.ts';
import { positiveFen } from '../money.ts';

/*
 * Every payment but a loan's own is an entity of its own: what it is for knows only its number. (A loan carries its payment
 * inside itself, because loans are many and a posting must stay within its budget.)
 */

export type PaymentStatus = 'held' | 'released' | 'instructed' | 'unknown' | 'settled' | 'rejected' | 'cancelled';

export const paymentMachine = machine('payment', {
  release: { from: ['held', 'rejected'], to: ['released'] },
  instruct: { from: ['released'], to: ['instructed'] },
  doubt: { from: ['instructed', 'unknown'], to: ['unknown'] },
  settle: { from: ['instructed', 'unknown', 'rejected'], to: ['settled'] },
  bounce: { from: ['instructed', 'unknown'], to: ['rejected'] },
  giveBack: { from: ['settled'], to: ['rejected'] },
  cancel: { from: ['held', 'rejected'], to: ['cancelled'] },
} satisfies Record<string, { from: PaymentStatus[]; to: PaymentStatus[] }>);

/** What money is paid for. */
export const PURPOSES = [
  'refund',
  'equity',
  'commitment-call',
  'distribution',
  'management-fee',
  'claim',
  'recovery',
] as const;
export type PurposeType = (typeof PURPOSES)[number];

/** One payment out of a fund. Its amount is held from the approval on that created it. */
export interface PaymentState {
  readonly status: PaymentStatus;
  /** The case that decided it; who took part in that cannot release the money. */
  readonly caseId: string;
  readonly purpose: { readonly type: PurposeType; readonly id: string };
  readonly amountFen: bigint;
  readonly payee: BankAccount;
  /** What the payee's statement says. */
  readonly remittance: string;
  /** 摘要 of the voucher. */
  readonly summary: string;
  /** What the voucher debits, `amountFen` net; bank is its credit. */
  readonly debits: readonly Line[];
  readonly charterVersion: number;
  /** 0 before the first release; each attempt has one instruction id for ever. */
  readonly attempt: number;
  readonly instructedOn?: BusinessDate;
  /** Number of the voucher entry, for a reversal to name. */
  readonly entrySeq?: number;
}

/** The voucher of a payment. */
export const paymentLines = (payment: Pick<PaymentState, 'amountFen' | 'debits'>): readonly Line[] => [
  ...payment.debits,
  credit('1002', payment.amountFen),
];

/**
 * A payment in the making: held, until a treasurer releases it. The caller holds its amount in the head.
 * @throws AMOUNT_INVALID when the amount is not positive or the voucher would not balance
 */
export const newPayment = (
  id: string,
  payment: Omit<PaymentState, 'status' | 'attempt' | 'instructedOn' | 'entrySeq'>,
): { readonly change: EntityChange; readonly digest: Digest } => {
  positiveFen(payment.amountFen);
  ensure(netDebitFen(payment.debits) === payment.amountFen, 'AMOUNT_INVALID', { amountFen: String(payment.amountFen) });
  const state: PaymentState = { ...payment, status: 'held', attempt: 0 };
  return { change: { type: 'payment', id, state }, digest: paymentDigest(id, state) };
};

/** What lists show of a payment. */
export const paymentDigest = (id: string, payment: PaymentState): Digest => ({
  type: 'payment',
  id,
  fields: {
    status: payment.status,
    amountFen: String(payment.amountFen),
    purpose: `${payment.purpose.type} ${payment.purpose.id}`,
    payee: payment.payee.name,
    summary: payment.summary,
    attempt: String(payment.attempt),
  },
});

/** The EndToEndId of one attempt of a payment, whether of a loan (LN-…) or another (PY-…): derived, so never another one. */
export const paymentIdOf = (id: string, attempt: number): string => `${id}-P${attempt}`;

/** Id of the command that instructs one attempt: whoever asks for it asks for this one. */
export const instructIdOf = (id: string, attempt: number): string => `instruct:${paymentIdOf(id, attempt)}`;

/** What a payment id is of, or undefined when it is not one of ours. */
export const attemptOf = (
  paymentId: string,
): { readonly type: 'loan' | 'payment'; readonly id: string; readonly attempt: number } | undefined => {
  const match = /^((LN|PY)-[0-9A-Z]{12})-P([1-9]\d?)$/.exec(paymentId);
  if (match?.[1] === undefined || match[3] === undefined) return undefined;
  return { type: match[2] === 'LN' ? 'loan' : 'payment', id: match[1], attempt: Number.parseInt(match[3], 10) };
};

/** Two digits of a payment id are for the attempt; nobody needs that many. */
export const ATTEMPTS_MAX = 20;
