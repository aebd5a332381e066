import type { BusinessDate } from '#shared/domain/calendar.ts';
import type { BankAccount } from '#shared/domain/lending/proposals.ts';
import { paymentIdOf } from '#shared/domain/payments/payment.ts';
import type { StoredEntity } from './ports.ts';

/** A payment whose outcome the book waits for: the bank has been told, and has not answered. */
export interface AwaitedPayment {
  readonly paymentId: string;
  readonly amountFen: bigint;
  readonly payee: BankAccount;
  readonly remittance: string;
  readonly instructedOn: BusinessDate;
  readonly charterVersion: number;
}

/** The payment an entity waits for, a loan for its own; undefined when it waits for none. */
export const awaitedPayment = (entity: StoredEntity | undefined): AwaitedPayment | undefined => {
  if (entity?.type !== 'loan' && entity?.type !== 'payment') return undefined;
  if (entity.state.status !== 'instructed' && entity.state.status !== 'unknown') return undefined;
  const { charterVersion } = entity.state;
  const { attempt, payee, instructedOn } = entity.type === 'loan' ? entity.state.payment : entity.state;
  if (instructedOn === undefined) throw new Error(`${entity.id} is not instructed`);
  return {
    paymentId: paymentIdOf(entity.id, attempt),
    amountFen: entity.type === 'loan' ? entity.state.principalFen : entity.state.amountFen,
    payee,
    remittance:
      entity.type === 'loan' ? `免息贷款 ${entity.state.contractNumber} ${entity.id}` : entity.state.remittance,
    instructedOn,
    charterVersion,
  };
};
