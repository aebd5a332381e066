import { lendingPayloads as payloads } from '#shared/contracts/commands/lending.ts';
import { applyForLoan, reapplyForLoan } from '#shared/domain/lending/apply.ts';
import { proposeExtension, proposeNovation, proposeWriteOff } from '#shared/domain/lending/changes.ts';
import { closeDays } from '#shared/domain/lending/close.ts';
import { cancelLoan, recordContract, reinstructLoan } from '#shared/domain/lending/contract.ts';
import { instructLoan } from '#shared/domain/lending/payment.ts';
import { repayLoan } from '#shared/domain/lending/repayment.ts';
import { kind } from './kind.ts';

export const lendingKinds = {
  'loan.apply': kind(applyForLoan, payloads['loan.apply']),
  'loan.reapply': kind(reapplyForLoan, payloads['loan.reapply']),
  'loan.contract': kind(recordContract, payloads['loan.contract']),
  'loan.reinstruct': kind(reinstructLoan, payloads['loan.reinstruct']),
  'loan.cancel': kind(cancelLoan, payloads['loan.cancel']),
  'loan.instruct': kind(instructLoan, payloads['loan.instruct']),
  'loan.repay': kind(repayLoan, payloads['loan.repay']),
  'loan.propose-extension': kind(proposeExtension, payloads['loan.propose-extension']),
  'loan.propose-novation': kind(proposeNovation, payloads['loan.propose-novation']),
  'loan.propose-write-off': kind(proposeWriteOff, payloads['loan.propose-write-off']),
  'day.close': kind(closeDays, payloads['day.close']),
} as const;
