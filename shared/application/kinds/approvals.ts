import { approvalsPayloads as payloads } from '#shared/contracts/commands/approvals.ts';
import {
  approveCase,
  objectToCase,
  rejectCase,
  reviewCase,
  voteOnCase,
  withdrawCase,
} from '#shared/domain/approvals/commands.ts';
import { delegateVote } from '#shared/domain/approvals/delegate.ts';
import { lapseCase } from '#shared/domain/approvals/lapse.ts';
import { proposeCharter } from '#shared/domain/charter/adopt.ts';
import { kind } from './kind.ts';

export const approvalsKinds = {
  'charter.propose': kind(proposeCharter, payloads['charter.propose']),
  'case.review': kind(reviewCase, payloads['case.review']),
  'case.vote': kind(voteOnCase, payloads['case.vote']),
  'case.object': kind(objectToCase, payloads['case.object']),
  'case.approve': kind(approveCase, payloads['case.approve']),
  'case.reject': kind(rejectCase, payloads['case.reject']),
  'case.withdraw': kind(withdrawCase, payloads['case.withdraw']),
  'case.lapse': kind(lapseCase, payloads['case.lapse']),
  'delegation.give': kind(delegateVote, payloads['delegation.give']),
} as const;
