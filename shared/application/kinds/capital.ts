import { capitalPayloads as payloads } from '#shared/contracts/commands/capital.ts';
import { callCapital, cancelCall, receiveCapital } from '#shared/domain/capital/commands.ts';
import { proposeRefund } from '#shared/domain/capital/refund-case.ts';
import { kind } from './kind.ts';

export const capitalKinds = {
  'capital.call': kind(callCapital, payloads['capital.call']),
  'capital.receive': kind(receiveCapital, payloads['capital.receive']),
  'capital.cancel-call': kind(cancelCall, payloads['capital.cancel-call']),
  'capital.propose-refund': kind(proposeRefund, payloads['capital.propose-refund']),
} as const;
