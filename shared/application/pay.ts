import type { PaymentMessage } from '#shared/contracts/messages.ts';
import { versionOn } from '#shared/domain/book/head.ts';
import { ref, refKey } from '#shared/domain/entities.ts';
import type { BankAccount } from '#shared/domain/lending/proposals.ts';
import { attemptOf } from '#shared/domain/payments/payment.ts';
import { type AwaitedPayment, awaitedPayment } from './awaited.ts';
import type { Ledger } from './ports.ts';
import { charterOf } from './read.ts';

/** What the bank is told to pay. */
export interface Instruction {
  /** EndToEndId, 35 characters at most. */
  readonly paymentId: string;
  readonly amountFen: bigint;
  readonly debtor: BankAccount;
  readonly creditor: BankAccount;
  readonly remittance: string;
  /** Business date on which the bank shall pay. */
  readonly executionDate: string;
}

/** The bank, as far as payments go. Telling it twice about one payment id must be harmless. */
export interface Bank {
  readonly instruct: (fundId: string, instruction: Instruction) => Promise<void>;
  readonly enquire: (fundId: string, paymentId: string, messageId: string) => Promise<void>;
}

/**
 * Sends instructions to the bank, or asks what became of them. Only what the book waits for is paid: a message that comes
 * late, when the payment is settled, refused or replaced, sends nothing. One read serves all messages of a batch.
 */
export const sendPayments = async (
  ledger: Ledger,
  bank: Bank,
  fundId: string,
  messages: readonly PaymentMessage[],
): Promise<void> => {
  const refs = messages.flatMap(({ payload }) => refOf(payload.paymentId) ?? []);
  const { head, entities } = await ledger.load(fundId, refs);
  const accounts = new Map<number, BankAccount>();
  for (const { id, kind, payload } of messages) {
    const of = refOf(payload.paymentId);
    const awaited = of === undefined ? undefined : awaitedPayment(entities.get(refKey(of)));
    if (awaited?.paymentId !== payload.paymentId) continue;
    if (kind === 'payment.enquire') await bank.enquire(fundId, payload.paymentId, id);
    else {
      // Money leaves by the account the fund has on the day, whichever rules it was decided under.
      const version = versionOn(head, awaited.instructedOn);
      const debtor = accounts.get(version) ?? (await charterOf(ledger, fundId, version)).account;
      accounts.set(version, debtor);
      await bank.instruct(fundId, instructionOf(awaited, debtor));
    }
  }
};

const refOf = (paymentId: string) => {
  const attempt = attemptOf(paymentId);
  return attempt === undefined ? undefined : ref(attempt.type, attempt.id);
};

const instructionOf = (
  { paymentId, amountFen, payee, remittance, instructedOn }: AwaitedPayment,
  debtor: BankAccount,
): Instruction => ({ paymentId, amountFen, debtor, creditor: payee, remittance, executionDate: instructedOn });
