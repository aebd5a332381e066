import { guidancePayloads as payloads } from '#shared/contracts/commands/guidance.ts';
import { closeCommitment, contractCommitment, proposeCommitment } from '#shared/domain/guidance/commit.ts';
import { proposeCommitmentCall } from '#shared/domain/guidance/commitment-call.ts';
import { proposeDistribution } from '#shared/domain/guidance/distribution-case.ts';
import { accrueFee } from '#shared/domain/guidance/fee.ts';
import { proposeFeePayment } from '#shared/domain/guidance/fee-payment.ts';
import { proposeInvestment } from '#shared/domain/guidance/invest.ts';
import { clawBackRecognition, proposeRecognition } from '#shared/domain/guidance/recognition.ts';
import { proposeResumption, reportKeyPerson } from '#shared/domain/guidance/suspension.ts';
import { establishFund, raiseAlert } from '#shared/domain/guidance/timers.ts';
import { kind } from './kind.ts';

export const guidanceKinds = {
  'investment.propose': kind(proposeInvestment, payloads['investment.propose']),
  'commitment.propose': kind(proposeCommitment, payloads['commitment.propose']),
  'commitment.contract': kind(contractCommitment, payloads['commitment.contract']),
  'commitment.propose-call': kind(proposeCommitmentCall, payloads['commitment.propose-call']),
  'commitment.close': kind(closeCommitment, payloads['commitment.close']),
  'distribution.propose': kind(proposeDistribution, payloads['distribution.propose']),
  'recognition.propose': kind(proposeRecognition, payloads['recognition.propose']),
  'recognition.claw-back': kind(clawBackRecognition, payloads['recognition.claw-back']),
  'management-fee.accrue': kind(accrueFee, payloads['management-fee.accrue']),
  'management-fee.propose-payment': kind(proposeFeePayment, payloads['management-fee.propose-payment']),
  'fund.establish': kind(establishFund, payloads['fund.establish']),
  'timer.alert': kind(raiseAlert, payloads['timer.alert']),
  'key-person.report': kind(reportKeyPerson, payloads['key-person.report']),
  'investing.propose-resumption': kind(proposeResumption, payloads['investing.propose-resumption']),
} as const;
