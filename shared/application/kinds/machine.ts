import { approvalsPayloads } from '#shared/contracts/commands/approvals.ts';
import { capitalPayloads } from '#shared/contracts/commands/capital.ts';
import { guaranteePayloads } from '#shared/contracts/commands/guarantee.ts';
import { guidancePayloads } from '#shared/contracts/commands/guidance.ts';
import { lendingPayloads } from '#shared/contracts/commands/lending.ts';
import { paymentsPayloads } from '#shared/contracts/commands/payments.ts';
import { lapseCase } from '#shared/domain/approvals/lapse.ts';
import { receiveCapital } from '#shared/domain/capital/commands.ts';
import { remindOfClaim } from '#shared/domain/guarantee/claim-timer.ts';
import { renewGrade } from '#shared/domain/guarantee/grading.ts';
import { ageFiling } from '#shared/domain/guarantee/report.ts';
import { accrueFee } from '#shared/domain/guidance/fee.ts';
import { raiseAlert } from '#shared/domain/guidance/timers.ts';
import { closeDays } from '#shared/domain/lending/close.ts';
import { instructLoan } from '#shared/domain/lending/payment.ts';
import { repayLoan, suspendLine } from '#shared/domain/lending/repayment.ts';
import { recordStatement } from '#shared/domain/payments/commands.ts';
import { instructPayment } from '#shared/domain/payments/orders.ts';
import { bouncePayment, doubtPayment, giveBackPayment, settlePayment } from '#shared/domain/payments/outcomes.ts';
import { bookReceipt } from '#shared/domain/payments/receive.ts';
import { kind } from './kind.ts';

/** What only the machine may send: the queue's side of disbursements, the bank's answers, the nightly work. */
export const machineKinds = {
  'case.lapse': kind(lapseCase, approvalsPayloads['case.lapse']),
  'capital.receive': kind(receiveCapital, capitalPayloads['capital.receive']),
  'loan.instruct': kind(instructLoan, lendingPayloads['loan.instruct']),
  'loan.repay': kind(repayLoan, lendingPayloads['loan.repay']),
  'day.close': kind(closeDays, lendingPayloads['day.close']),
  'payment.instruct': kind(instructPayment, paymentsPayloads['payment.instruct']),
  'payment.doubt': kind(doubtPayment, paymentsPayloads['payment.doubt']),
  'payment.settle': kind(settlePayment, paymentsPayloads['payment.settle']),
  'payment.bounce': kind(bouncePayment, paymentsPayloads['payment.bounce']),
  'payment.give-back': kind(giveBackPayment, paymentsPayloads['payment.give-back']),
  'receipt.book': kind(bookReceipt, paymentsPayloads['receipt.book']),
  'receipt.suspend': kind(suspendLine, paymentsPayloads['receipt.suspend']),
  'statement.record': kind(recordStatement, paymentsPayloads['statement.record']),
  'grade.renew': kind(renewGrade, guaranteePayloads['grade.renew']),
  'filing.age': kind(ageFiling, guaranteePayloads['filing.age']),
  'management-fee.accrue': kind(accrueFee, guidancePayloads['management-fee.accrue']),
  'timer.alert': kind(raiseAlert, guidancePayloads['timer.alert']),
  'claim.remind': kind(remindOfClaim, guaranteePayloads['claim.remind']),
} as const;
