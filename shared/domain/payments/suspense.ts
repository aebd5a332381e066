import { ensure, FundError } from '#shared/errors/fund-error.ts';
import type { Decision, EntityChange, Snapshot } from '../book/decision.ts';
import type { Digest, EntryDraft } from '../book/entry.ts';
import { unmatchedPayment, unmatchedReceipt } from '../book/templates.ts';
import type { Line } from '../book/voucher.ts';
import type { BusinessDate } from '../calendar.ts';
import { idFrom } from '../ids.ts';
import { requireEdge } from '../machine.ts';
import type { Fen } from '../money.ts';
import { type ReceiptState, receiptMachine } from './receipt.ts';

/** One line of a bank statement, as the book is told of it. */
export interface BankLine {
  readonly side: 'credit' | 'debit';
  readonly amountFen: bigint;
  readonly bookedOn: BusinessDate;
  /** The bank's own reference of the line, unique per account. */
  readonly reference: string;
  readonly payer: string;
  readonly payerAccount: string;
  readonly remittance: string;
}

/** The place of a bank line in the repair queue: the same line always has the same. */
export const receiptIdOf = (reference: string): string => idFrom('RC', ['bank line', reference]);

/**
 * Books a bank line nobody could place: the bank balance is right at once, and the line waits for a person. A credit is
 * owed to its payer (2241), a debit is claimed back (1221).
 * @throws BANK_LINE_BOOKED when the line waits there already
 */
export const suspend = (
  state: Snapshot,
  line: BankLine,
  businessDate: BusinessDate,
  links: EntryDraft['links'] = {},
): Decision => {
  const id = receiptIdOf(line.reference);
  ensure(state.read('receipt', id) === undefined, 'BANK_LINE_BOOKED', { reference: line.reference });
  const receipt: ReceiptState = {
    status: 'open',
    side: line.side,
    amountFen: line.amountFen,
    openFen: line.amountFen,
    bookedOn: line.bookedOn,
    bankReference: line.reference,
    payer: line.payer,
    payerAccount: line.payerAccount,
    remittance: line.remittance,
  };
  const credit = line.side === 'credit';
  return {
    entries: [
      {
        type: 'bank-line.unmatched',
        businessDate,
        summary: credit ? '不明来款，待处理' : '不明付款，待处理',
        lines: credit
          ? unmatchedReceipt(line.amountFen, { instrument: id })
          : unmatchedPayment(line.amountFen, { instrument: id }),
        links: { ...links, receipt: id },
        facts: { bankReference: line.reference, payer: line.payer, remittance: line.remittance },
        digests: [receiptDigest(id, receipt)],
      },
    ],
    changes: [{ type: 'receipt', id, state: receipt }],
    head: { bankFen: credit ? line.amountFen : -line.amountFen },
  };
};

/**
 * What is left of a line after `takenFen` went where the line said: it waits in the repair queue, in the same entry.
 * @throws BANK_LINE_BOOKED
 */
export const suspendRest = (
  state: Snapshot,
  line: BankLine,
  takenFen: Fen,
  businessDate: BusinessDate,
): {
  readonly lines: readonly Line[];
  readonly digests: readonly Digest[];
  readonly changes: readonly EntityChange[];
} => {
  const restFen = line.amountFen - takenFen;
  if (restFen === 0n) return { lines: [], digests: [], changes: [] };
  const { entries, changes } = suspend(state, { ...line, amountFen: restFen }, businessDate);
  return {
    lines: entries.flatMap((entry) => entry.lines ?? []),
    digests: entries.flatMap((entry) => entry.digests ?? []),
    changes,
  };
};

/**
 * Takes money out of the repair queue for what it was for: the receipt as it was, and what becomes of it.
 * @throws RECEIPT_NOT_FOUND, STATE_INVALID, ASSIGNMENT_TOO_LARGE
 */
export const drawOn = (
  state: Snapshot,
  receiptId: string,
  amountFen: Fen,
): { readonly receipt: ReceiptState; readonly change: EntityChange; readonly digest: Digest } => {
  const receipt = state.read('receipt', receiptId);
  if (receipt === undefined) throw new FundError('RECEIPT_NOT_FOUND', { receiptId });
  requireEdge(receiptMachine, 'assign', receipt.status);
  ensure(receipt.side === 'credit' && 0n < amountFen && amountFen <= receipt.openFen, 'ASSIGNMENT_TOO_LARGE', {
    openFen: String(receipt.openFen),
    side: receipt.side,
  });
  const openFen = receipt.openFen - amountFen;
  const after: ReceiptState = { ...receipt, openFen, status: openFen === 0n ? 'assigned' : 'open' };
  return {
    receipt,
    change: { type: 'receipt', id: receiptId, state: after, priorStatuses: receiptMachine.edges.assign.from },
    digest: receiptDigest(receiptId, after),
  };
};

/** What the repair queue shows. */
const receiptDigest = (id: string, receipt: ReceiptState): Digest => ({
  type: 'receipt',
  id,
  fields: {
    status: receipt.status,
    side: receipt.side,
    amountFen: String(receipt.amountFen),
    openFen: String(receipt.openFen),
    payer: receipt.payer,
    bookedOn: receipt.bookedOn,
    remittance: receipt.remittance,
  },
});
