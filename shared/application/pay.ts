import type { PaymentMessage } from '#shared/contracts/commands.ts';
import { ref, refKey } from '#shared/domain/entities.ts';
import { paymentIdOf } from '#shared/domain/lending/loan.ts';
import type { BankAccount } from '#shared/domain/lending/proposals.ts';
import type { Ledger } from './ports.ts';

/** What the bank is told to pay. */
export interface Instruction {
  readonly paymentId: string;
  readonly amountFen: bigint;
  readonly debtor: BankAccount;
  readonly creditor: BankAccount;
  readonly remittance: string;
  readonly executionDate: string;
}

/** The bank, as far as payments go. Telling it twice about one payment id must be harmless. */
export interface Bank {
  readonly instruct: (fundId: string, instruction: Instruction) => Promise<void>;
  readonly enquire: (fundId: string, paymentId: string, messageId: string) => Promise<void>;
}

/**
 * Sends an instruction to the bank, or asks what became of one. Only a loan whose book says so is paid: a message that comes
 * late, when the payment is settled, refused or replaced, sends nothing.
 */
export const sendPayment = async (
  ledger: Ledger,
  bank: Bank,
  { id, fundId, kind, payload }: PaymentMessage,
): Promise<void> => {
  const { loanId, paymentId } = payload;
  const { entities } = await ledger.load(fundId, [ref('loan', loanId)]);
  const loan = entities.get(refKey(ref('loan', loanId)));
  if (loan?.type !== 'loan') return;
  const { payment, status, principalFen, charterVersion, contractNumber } = loan.state;
  if ((status !== 'instructed' && status !== 'unknown') || paymentIdOf(loanId, payment.attempt) !== paymentId) return;
  if (kind === 'payment.enquire') return await bank.enquire(fundId, paymentId, id);
  const charter = (await ledger.load(fundId, [ref('charter', String(charterVersion))])).entities.get(
    `charter#${charterVersion}`,
  );
  if (charter?.type !== 'charter' || payment.instructedOn === undefined) throw new Error(`${loanId} cannot be paid`);
  await bank.instruct(fundId, {
    paymentId,
    amountFen: principalFen,
    debtor: charter.state.account,
    creditor: payment.payee,
    remittance: `免息贷款 ${contractNumber} ${loanId}`,
    executionDate: payment.instructedOn,
  });
};
