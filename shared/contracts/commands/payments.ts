import * as z from 'zod';
import {
  dateText,
  fenText,
  lineText,
  loanIdText,
  payIdText,
  paymentIdText,
  receiptIdText,
  sha256Text,
  targetIdText,
} from '../scalars.ts';
import { bankLine } from './bank-line.ts';

/** What the bank answers, and lines that wait for a person. */
export const paymentsPayloads = {
  'payment.release': z.strictObject({ payId: payIdText }),
  'payment.instruct': z.strictObject({ payId: payIdText }),
  'payment.cancel': z.strictObject({ payId: payIdText, reason: lineText(200) }),
  'payment.doubt': z.strictObject({ paymentId: paymentIdText, date: dateText }),
  'payment.settle': z.strictObject({ paymentId: paymentIdText, line: bankLine }),
  'payment.bounce': z.strictObject({
    paymentId: paymentIdText,
    reasonCode: z.string().max(35),
    reasonText: z.string().max(140),
  }),
  'payment.give-back': z.strictObject({ paymentId: paymentIdText, line: bankLine }),
  'receipt.book': z.strictObject({ targetId: targetIdText, line: bankLine }),
  'receipt.suspend': z.strictObject({ line: bankLine }),
  'receipt.assign': z.strictObject({ receiptId: receiptIdText, loanId: loanIdText, amountFen: fenText }),
  'receipt.place': z.strictObject({ receiptId: receiptIdText, targetId: targetIdText, amountFen: fenText }),
  'statement.record': z.strictObject({
    statementId: z.string().min(1).max(64),
    fileKey: z.string().max(300),
    sha256: sha256Text,
    date: dateText,
    openingFen: fenText,
    closingFen: fenText,
    lines: z.int().min(0),
  }),
} as const;
