import type * as z from 'zod';
import { type CommandKind, payloads } from '#shared/contracts/commands.ts';
import {
  approveCase,
  lapseCase,
  objectToCase,
  rejectCase,
  reviewCase,
  voteOnCase,
  withdrawCase,
} from '#shared/domain/approvals/commands.ts';
import { delegateVote } from '#shared/domain/approvals/delegate.ts';
import type { CommandSpec } from '#shared/domain/book/decision.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import { callCapital, cancelCall, receiveCapital } from '#shared/domain/capital/commands.ts';
import { proposeCharter } from '#shared/domain/charter/adopt.ts';
import { applyForLoan, reapplyForLoan } from '#shared/domain/lending/apply.ts';
import { proposeExtension, proposeNovation, proposeWriteOff } from '#shared/domain/lending/changes.ts';
import { closeDays } from '#shared/domain/lending/close.ts';
import { cancelLoan, recordContract, reinstructLoan } from '#shared/domain/lending/contract.ts';
import {
  bouncePayment,
  doubtPayment,
  giveBackPayment,
  instructLoan,
  settlePayment,
} from '#shared/domain/lending/payment.ts';
import { assignReceipt, repayLoan, suspendLine } from '#shared/domain/lending/repayment.ts';
import { recordStatement } from '#shared/domain/payments/commands.ts';
import { hashOf } from '#shared/domain/wire.ts';
import type { Prepared } from './execute.ts';

/** A kind of command as the kernel takes it: its wire payload in, a command ready to be decided out. */
type Preparer = (fundId: string, id: string, payload: unknown, actor: Actor) => Prepared;

/** Joins a kind's rules with its wire form; does not compile when the two speak of different payloads. */
const kind =
  <Payload>(spec: CommandSpec<Payload>, schema: z.ZodType<Payload, unknown>): Preparer =>
  (fundId, id, payload, actor) => ({
    spec: spec as CommandSpec<unknown>,
    command: { id, kind: spec.kind, fundId, payload: schema.parse(payload), actor },
    hash: hashOf({ kind: spec.kind, fundId, payload, actor: actor.id }),
  });

const kinds = {
  'charter.propose': kind(proposeCharter, payloads['charter.propose']),
  'case.review': kind(reviewCase, payloads['case.review']),
  'case.vote': kind(voteOnCase, payloads['case.vote']),
  'case.object': kind(objectToCase, payloads['case.object']),
  'case.approve': kind(approveCase, payloads['case.approve']),
  'case.reject': kind(rejectCase, payloads['case.reject']),
  'case.withdraw': kind(withdrawCase, payloads['case.withdraw']),
  'case.lapse': kind(lapseCase, payloads['case.lapse']),
  'delegation.give': kind(delegateVote, payloads['delegation.give']),
  'capital.call': kind(callCapital, payloads['capital.call']),
  'capital.receive': kind(receiveCapital, payloads['capital.receive']),
  'capital.cancel-call': kind(cancelCall, payloads['capital.cancel-call']),
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
  'payment.doubt': kind(doubtPayment, payloads['payment.doubt']),
  'payment.settle': kind(settlePayment, payloads['payment.settle']),
  'payment.bounce': kind(bouncePayment, payloads['payment.bounce']),
  'payment.give-back': kind(giveBackPayment, payloads['payment.give-back']),
  'receipt.suspend': kind(suspendLine, payloads['receipt.suspend']),
  'receipt.assign': kind(assignReceipt, payloads['receipt.assign']),
  'statement.record': kind(recordStatement, payloads['statement.record']),
  'day.close': kind(closeDays, payloads['day.close']),
} as const satisfies Readonly<Record<CommandKind, Preparer>>;

/**
 * Makes a command ready for the kernel.
 * @param payload in wire form; it is parsed, and its hash is what the same id must come with again.
 * @throws z.ZodError when the payload is not of its kind
 */
export const prepare = (name: CommandKind, fundId: string, id: string, payload: unknown, actor: Actor): Prepared =>
  kinds[name](fundId, id, payload, actor);

/** The machine that acts for the fund office: queues, schedules, bank files. */
export const SYSTEM: Actor = { kind: 'system', id: 'jinqu', roles: [] };
