import { guidancePayloads as payloads } from '#shared/contracts/commands/guidance.ts';
import { closeCommitment, contractCommitment, proposeCommitment } from '#shared/domain/guidance/commit.ts';
import { proposeCommitmentCall } from '#shared/domain/guidance/commitment-call.ts';
import { proposeInvestment } from '#shared/domain/guidance/invest.ts';
import { proposeResumption, reportKeyPerson } from '#shared/domain/guidance/suspension.ts';
import { kind } from './kind.ts';

export const guidanceKinds = {
  'investment.propose': kind(proposeInvestment, payloads['investment.propose']),
  'commitment.propose': kind(proposeCommitment, payloads['commitment.propose']),
  'commitment.contract': kind(contractCommitment, payloads['commitment.contract']),
  'commitment.propose-call': kind(proposeCommitmentCall, payloads['commitment.propose-call']),
  'commitment.close': kind(closeCommitment, payloads['commitment.close']),
  'key-person.report': kind(reportKeyPerson, payloads['key-person.report']),
  'investing.propose-resumption': kind(proposeResumption, payloads['investing.propose-resumption']),
} as const;
