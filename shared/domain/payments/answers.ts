import type { EntryDraft, OutboxCommand } from '../book/entry.ts';
import type { GuardedDelta } from '../book/head.ts';
import type { BusinessDate } from '../calendar.ts';
import type { Fen } from '../money.ts';
import type { BankLine } from './suspense.ts';

/*
 * What the bank is told of a payment and what its answers are in the book, whether a loan or anything else is paid.
 */

type Answer = Pick<EntryDraft, 'type' | 'businessDate' | 'summary' | 'facts' | 'outbox'>;

/** What the payment queue carries; the sender reads payee and amount from the payment itself. */
export const bankCommand = (
  kind: 'payment.send' | 'payment.enquire',
  paymentId: string,
  suffix = '',
): OutboxCommand => ({ queue: 'payments', id: `${kind}:${paymentId}${suffix}`, kind, payload: { paymentId } });

/** No answer came in time: the bank is asked, once on a date, and nothing is sent again. */
export const unanswered = (paymentId: string, date: BusinessDate, today: BusinessDate): Answer => ({
  type: 'payment.unknown',
  businessDate: today,
  summary: '银行未答复，结果不明，已查询',
  outbox: [bankCommand('payment.enquire', paymentId, `:${date}`)],
});

/** Money that is held again: because the bank refused, or because it came back. */
export interface HeldAgain extends Answer {
  readonly head: GuardedDelta;
}

/** Why the bank refused a payment. */
export interface RefusalReason {
  readonly code: string;
  readonly text: string;
}

/** The bank refused: what was on its way is held again. */
export const bounced = ({ code, text }: RefusalReason, amountFen: Fen, today: BusinessDate): HeldAgain => ({
  type: 'payment.rejected',
  businessDate: today,
  summary: `银行退回：${text}`,
  facts: { reasonCode: code },
  head: { inTransitFen: -amountFen, heldFen: amountFen },
});

/** Money that had left came back (退汇): it is in the bank, and held again. */
export const givenBack = ({ amountFen, reference }: BankLine, businessDate: BusinessDate): HeldAgain => ({
  type: 'payment.returned',
  businessDate,
  summary: '退汇',
  facts: { bankReference: reference },
  head: { bankFen: amountFen, heldFen: amountFen },
});
