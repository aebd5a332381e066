import type { PaymentMessage } from '#shared/contracts/commands.ts';
import { ref, refKey } from '#shared/domain/entities.ts';
import { type LoanState, paymentIdOf } from '#shared/domain/lending/loan.ts';
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
 * Sends instructions to the bank, or asks what became of them. Only a loan whose book says so is paid: a message that comes
 * late, when the payment is settled, refused or replaced, sends nothing. One read serves all messages of a batch.
 */
export const sendPayments = async (
  ledger: Ledger,
  bank: Bank,
  fundId: string,
  messages: readonly PaymentMessage[],
): Promise<void> => {
  const { entities } = await ledger.load(
    fundId,
    messages.map(({ payload }) => ref('loan', payload.loanId)),
  );
  const accounts = new Map<number, BankAccount>();
  for (const { id, kind, payload } of messages) {
    const { loanId, paymentId } = payload;
    const loan = entities.get(refKey(ref('loan', loanId)));
    if (loan?.type !== 'loan' || !isAwaited(loan.state, loanId, paymentId)) continue;
    if (kind === 'payment.enquire') await bank.enquire(fundId, paymentId, id);
    else await bank.instruct(fundId, await instructionOf(ledger, fundId, loanId, loan.state, accounts));
  }
};

/** Whether the book still waits for the outcome of this very attempt. */
const isAwaited = ({ status, payment }: LoanState, loanId: string, paymentId: string): boolean =>
  (status === 'instructed' || status === 'unknown') && paymentIdOf(loanId, payment.attempt) === paymentId;

const instructionOf = async (
  ledger: Ledger,
  fundId: string,
  loanId: string,
  { payment, principalFen, charterVersion, contractNumber }: LoanState,
  accounts: Map<number, BankAccount>,
): Promise<Instruction> => {
  const debtor = accounts.get(charterVersion) ?? (await accountUnder(ledger, fundId, charterVersion));
  accounts.set(charterVersion, debtor);
  if (payment.instructedOn === undefined) throw new Error(`${loanId} is not instructed`);
  return {
    paymentId: paymentIdOf(loanId, payment.attempt),
    amountFen: principalFen,
    debtor,
    creditor: payment.payee,
    remittance: `免息贷款 ${contractNumber} ${loanId}`,
    executionDate: payment.instructedOn,
  };
};

/** The fund's own account under one version of its charter. */
const accountUnder = async (ledger: Ledger, fundId: string, version: number): Promise<BankAccount> => {
  const charter = ref('charter', String(version));
  const found = (await ledger.load(fundId, [charter])).entities.get(refKey(charter));
  if (found?.type !== 'charter') throw new Error(`charter ${version} of ${fundId} is gone`);
  return found.state.account;
};
