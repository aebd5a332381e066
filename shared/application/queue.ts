import {
  ENVELOPE_VERSION,
  type Envelope,
  type ImportMessage,
  type PaymentMessage,
} from '#shared/contracts/messages.ts';
import type { Entry } from '#shared/domain/book/entry.ts';

/** A queue whose messages of one fund arrive in order. */
export interface CommandQueue<Message> {
  /** Sends in order, all of one call or throws; what was sent before the failure may be sent again, which does no harm. */
  readonly send: (messages: readonly Message[]) => Promise<void>;
}

/** The queues commands travel on. */
export interface Queues {
  readonly fund: CommandQueue<Envelope>;
  readonly payments: CommandQueue<PaymentMessage>;
  readonly imports: CommandQueue<ImportMessage>;
}

/**
 * Sends what entries asked to be sent (transactional outbox). The same entry relayed twice sends the same command ids, which
 * take effect once.
 */
export const relay = async (entries: readonly Entry[], queues: Queues): Promise<void> => {
  const messages = entries.flatMap((entry) =>
    (entry.outbox ?? []).map(({ queue, ...rest }) => ({
      queue,
      message: { v: ENVELOPE_VERSION, fundId: entry.fundId, ...rest },
    })),
  );
  const of = (queue: keyof Queues) => messages.filter((m) => m.queue === queue).map((m) => m.message);
  await queues.fund.send(of('fund') as Envelope[]);
  await queues.payments.send(of('payments') as PaymentMessage[]);
  await queues.imports.send(of('imports') as ImportMessage[]);
};
