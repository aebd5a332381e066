import { paymentsPayloads as payloads } from '#shared/contracts/commands/payments.ts';
import { assignReceipt, suspendLine } from '#shared/domain/lending/repayment.ts';
import { recordStatement } from '#shared/domain/payments/commands.ts';
import { cancelPayment, instructPayment, releasePayment } from '#shared/domain/payments/orders.ts';
import { bouncePayment, doubtPayment, giveBackPayment, settlePayment } from '#shared/domain/payments/outcomes.ts';
import { placeReceipt } from '#shared/domain/payments/place.ts';
import { bookReceipt } from '#shared/domain/payments/receive.ts';
import { kind } from './kind.ts';

export const paymentsKinds = {
  'payment.release': kind(releasePayment, payloads['payment.release']),
  'payment.instruct': kind(instructPayment, payloads['payment.instruct']),
  'payment.cancel': kind(cancelPayment, payloads['payment.cancel']),
  'payment.doubt': kind(doubtPayment, payloads['payment.doubt']),
  'payment.settle': kind(settlePayment, payloads['payment.settle']),
  'payment.bounce': kind(bouncePayment, payloads['payment.bounce']),
  'payment.give-back': kind(giveBackPayment, payloads['payment.give-back']),
  'receipt.place': kind(placeReceipt, payloads['receipt.place']),
  'receipt.book': kind(bookReceipt, payloads['receipt.book']),
  'receipt.suspend': kind(suspendLine, payloads['receipt.suspend']),
  'receipt.assign': kind(assignReceipt, payloads['receipt.assign']),
  'statement.record': kind(recordStatement, payloads['statement.record']),
} as const;
