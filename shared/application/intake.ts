import type { CommandKind } from '#shared/contracts/commands.ts';
import type { Envelope } from '#shared/contracts/messages.ts';
import type { BusinessDate } from '#shared/domain/calendar.ts';
import { DESTINATION_PREFIXES } from '#shared/domain/payments/destinations.ts';
import { attemptOf } from '#shared/domain/payments/payment.ts';
import { hashOf } from '#shared/domain/wire.ts';
import { ensure } from '#shared/errors/fund-error.ts';
import { message } from './message.ts';

/** A bank statement as the bank adapter reads it from camt.053. */
export interface Statement {
  readonly statementId: string;
  readonly account: string;
  readonly date: BusinessDate;
  readonly openingFen: bigint;
  readonly closingFen: bigint;
  readonly entries: readonly StatementEntry[];
}

export interface StatementEntry {
  readonly reference: string;
  readonly bookingDate: BusinessDate;
  readonly side: 'credit' | 'debit';
  readonly reversal: boolean;
  readonly amountFen: bigint;
  readonly endToEndId?: string;
  readonly payer: string;
  readonly payerAccount: string;
  readonly remittance: string;
}

/** One answer of a status report (pain.002). */
export interface StatusAnswer {
  readonly endToEndId: string;
  readonly status: 'accepted' | 'settled' | 'rejected' | 'pending';
  readonly reasonCode?: string;
  readonly reasonText?: string;
}

const LOAN = /\bLN-[0-9A-Z]{12}\b/;
const CALL = /\b(CC-[0-9A-Z]{12})[ /-]([a-z][a-z0-9-]{0,15})\b/;
const TARGET = new RegExp(`\\b(${DESTINATION_PREFIXES.join('|')})-[0-9A-Z]{12}\\b`);

/** Longest text of a bank's that an entry takes along; the file itself is kept whole. */
const TEXT_MAX = 60;
const ACCOUNT_MAX = 40;
const REASON_CODE_MAX = 35;

/** The beginning of a text, never cut in the middle of a character. */
const beginning = (text: string, max: number): string => text.slice(0, max).replace(/[\ud800-\udbff]$/, '');

/**
 * The commands a statement leads to: one that records it, one per line. Where a line goes depends on the line alone, so the
 * same line, in whatever file and however often, is always the same command to the same place.
 * @throws BANK_ACCOUNT_UNKNOWN when it is not the fund's account
 */
export const statementCommands = (
  fundId: string,
  statement: Statement,
  file: { readonly key: string; readonly sha256: string },
  accounts: readonly string[],
): readonly Envelope[] => {
  ensure(accounts.includes(statement.account), 'BANK_ACCOUNT_UNKNOWN', { account: statement.account, fundId });
  const { statementId, date, openingFen, closingFen, entries } = statement;
  return [
    ...entries.map((entry) => lineCommand(fundId, statement.account, entry)),
    message(fundId, 'statement.record', `statement:${hashOf([statementId, file.key, file.sha256]).slice(0, 22)}`, {
      statementId,
      fileKey: file.key,
      sha256: file.sha256,
      date,
      openingFen: String(openingFen),
      closingFen: String(closingFen),
      lines: entries.length,
    }),
  ];
};

const lineCommand = (fundId: string, account: string, entry: StatementEntry): Envelope => {
  const line = {
    side: entry.side,
    amountFen: String(entry.amountFen),
    bookedOn: entry.bookingDate,
    reference: entry.reference,
    payer: beginning(entry.payer, TEXT_MAX),
    payerAccount: beginning(entry.payerAccount, ACCOUNT_MAX),
    remittance: beginning(entry.remittance, TEXT_MAX),
  };
  const id = `bank:${hashOf([account, entry.reference]).slice(0, 22)}`;
  const { kind, payload } = routeOf(entry, line);
  return message(fundId, kind, id, payload);
};

interface Route {
  readonly kind: CommandKind;
  readonly payload: Envelope['payload'];
}

const routeOf = (entry: StatementEntry, line: Envelope['payload']): Route => {
  const paymentId = entry.endToEndId;
  if (paymentId !== undefined && attemptOf(paymentId) !== undefined) {
    if (entry.side === 'debit' && !entry.reversal) return { kind: 'payment.settle', payload: { paymentId, line } };
    if (entry.side === 'credit' && entry.reversal) return { kind: 'payment.give-back', payload: { paymentId, line } };
  }
  if (entry.side === 'credit' && !entry.reversal) {
    const [, callId, contributor] = CALL.exec(entry.remittance) ?? [];
    if (callId !== undefined && contributor !== undefined)
      return { kind: 'capital.receive', payload: { callId, contributor, line } };
    const loanId = LOAN.exec(entry.remittance)?.[0];
    if (loanId !== undefined) return { kind: 'loan.repay', payload: { loanId, line } };
    const targetId = TARGET.exec(entry.remittance)?.[0];
    if (targetId !== undefined) return { kind: 'receipt.book', payload: { targetId, line } };
  }
  return { kind: 'receipt.suspend', payload: { line } };
};

/**
 * The commands a status report leads to. Only a refusal moves the book; that money has left is believed when the statement
 * shows it.
 */
export const statusCommands = (fundId: string, answers: readonly StatusAnswer[]): readonly Envelope[] =>
  answers
    .filter((answer) => answer.status === 'rejected' && attemptOf(answer.endToEndId) !== undefined)
    .map((answer) =>
      message(fundId, 'payment.bounce', `bounce:${answer.endToEndId}`, {
        paymentId: answer.endToEndId,
        reasonCode: beginning(answer.reasonCode ?? 'NARR', REASON_CODE_MAX),
        reasonText: beginning(answer.reasonText ?? '', TEXT_MAX),
      }),
    );
