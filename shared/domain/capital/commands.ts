import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { requireRole, requireSystem } from '../approvals/guards.ts';
import type { CommandSpec, Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import { capitalReceived } from '../book/templates.ts';
import type { BusinessDate } from '../calendar.ts';
import { splitByShare } from '../charter/adopt.ts';
import type { Charter } from '../charter/charter.ts';
import { ref } from '../entities.ts';
import { paidInBy } from '../guidance/capital-in.ts';
import { requireEdge } from '../machine.ts';
import { minFen, sumFen } from '../money.ts';
import { openDate } from '../payments/dates.ts';
import { type BankLine, receiptIdOf, suspend, suspendRest } from '../payments/suspense.ts';
import { type CallState, callMachine } from './call.ts';
import { type CapitalState, readCapital } from './capital.ts';

export interface CallPayload {
  readonly callId: string;
  readonly amountFen: bigint;
  readonly dueOn: BusinessDate;
  /** 预算指标文号 or the notice's own number. */
  readonly documentNumber: string;
  /** 预算指标文号 out of which the government pays its part; a guidance fund asks for it. */
  readonly budgetDocumentNumber?: string;
}

/**
 * Calls capital from all contributors by their shares (出资通知). A memorandum: no voucher until money comes. An amendment
 * that is adopted but not yet in force has no say in the shares; what it will lower cannot be called any more.
 * @throws ROLE_REQUIRED, CHARTER_NOT_IN_FORCE, AMOUNT_INVALID, CALL_EXISTS, BUDGET_DOCUMENT_REQUIRED, COMMITMENT_EXCEEDED
 */
export const callCapital: CommandSpec<CallPayload> = {
  kind: 'capital.call',
  primary: (p) => ref('call', p.callId),
  prefetch: () => [ref('capital', 'all')],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'director');
    const charter = rules.inForce();
    ensure(payload.amountFen > 0n, 'AMOUNT_INVALID', { amountFen: String(payload.amountFen) });
    ensure(state.read('call', payload.callId) === undefined, 'CALL_EXISTS', { callId: payload.callId });
    const capital = readCapital(state);
    const parts = partsOf(charter, capital, payload.amountFen);
    requireBudget(charter, parts, payload.budgetDocumentNumber);
    const called = capital.contributors.map((c) => ({
      ...c,
      calledFen: c.calledFen + (parts.get(c.id) ?? 0n),
    }));
    requireCommitted(called, charter);
    const call: CallState = {
      status: 'open',
      amountFen: payload.amountFen,
      dueOn: payload.dueOn,
      documentNumber: payload.documentNumber,
      ...(payload.budgetDocumentNumber === undefined ? {} : { budgetDocumentNumber: payload.budgetDocumentNumber }),
      parts: [...parts].map(([contributor, amountFen]) => ({ contributor, amountFen, paidFen: 0n })),
    };
    return {
      entries: [
        {
          type: 'capital.called',
          businessDate: today,
          summary: `出资通知 ${payload.documentNumber}`,
          links: { call: payload.callId },
          facts: {
            dueOn: payload.dueOn,
            ...(call.budgetDocumentNumber === undefined ? {} : { budgetDocument: call.budgetDocumentNumber }),
          },
          digests: [callDigest(payload.callId, call)],
        },
      ],
      changes: [
        { type: 'call', id: payload.callId, state: call },
        { type: 'capital', id: 'all', state: { contributors: called } },
      ],
    };
  },
};

/**
 * What each contributor is called for: its share. The call that completes the commitment takes what is left of each, which the
 * odd fen of the calls before it may have made a little more or less.
 */
const partsOf = (charter: Charter, { contributors }: CapitalState, amountFen: bigint): ReadonlyMap<string, bigint> => {
  const committed = splitByShare(charter, charter.capital.totalFen);
  const left = new Map(contributors.map((c) => [c.id, (committed.get(c.id) ?? 0n) - c.calledFen]));
  const completes = sumFen([...left.values()]) === amountFen && [...left.values()].every((fen) => fen >= 0n);
  return completes ? left : splitByShare(charter, amountFen);
};

/** What the government pays must be in its budget (210号 第二十二条). @throws BUDGET_DOCUMENT_REQUIRED */
const requireBudget = (charter: Charter, parts: ReadonlyMap<string, bigint>, document: string | undefined): void => {
  if (charter.kind !== 'guidance') return;
  const payers = charter.parties.government.filter((id) => (parts.get(id) ?? 0n) > 0n);
  ensure(document !== undefined || payers.length === 0, 'BUDGET_DOCUMENT_REQUIRED', { contributors: payers.join(' ') });
};

/** @throws COMMITMENT_EXCEEDED */
const requireCommitted = (called: CapitalState['contributors'], charter: Charter): void => {
  const inForce = splitByShare(charter, charter.capital.totalFen);
  for (const { id, calledFen, committedFen } of called) {
    const limitFen = minFen(committedFen, inForce.get(id) ?? 0n);
    ensure(calledFen <= limitFen, 'COMMITMENT_EXCEEDED', { contributor: id, committedFen: String(limitFen) });
  }
};

const callDigest = (id: string, call: CallState): Digest => ({
  type: 'call',
  id,
  fields: {
    status: call.status,
    amountFen: String(call.amountFen),
    paidFen: String(call.parts.reduce((sum, p) => sum + p.paidFen, 0n)),
    dueOn: call.dueOn,
  },
});

export interface ReceiveCapitalPayload {
  readonly callId: string;
  readonly contributor: string;
  readonly line: BankLine;
}

/**
 * A credit on the statement names a call and a contributor. What is more than was called waits in the repair queue.
 * @throws ROLE_REQUIRED
 */
export const receiveCapital: CommandSpec<ReceiveCapitalPayload> = {
  kind: 'capital.receive',
  primary: (p) => ref('call', p.callId),
  otherwise: (p) => ref('receipt', receiptIdOf(p.line.reference)),
  decide: (state, { payload, actor }, rules) => {
    requireSystem(actor);
    const { callId, contributor, line } = payload;
    const date = openDate(state, line.bookedOn);
    const call = state.read('call', callId);
    const part = call?.parts.find((p) => p.contributor === contributor);
    if (call === undefined || part === undefined || call.status === 'cancelled') return suspend(state, line, date);
    const takenFen = minFen(line.amountFen, part.amountFen - part.paidFen);
    if (takenFen === 0n) return suspend(state, line, date, { call: callId });
    const parts = call.parts.map((p) => (p === part ? { ...p, paidFen: p.paidFen + takenFen } : p));
    const after: CallState = {
      ...call,
      parts,
      status: parts.every((p) => p.paidFen === p.amountFen) ? 'paid' : 'open',
    };
    const rest = suspendRest(state, line, takenFen, date);
    const charter = rules.on(date);
    const partner = paidInBy(state, charter, contributor, takenFen, line.bookedOn);
    return {
      entries: [
        {
          type: 'capital.received',
          businessDate: date,
          summary: `收到出资 ${contributor}`,
          lines: [...capitalReceived(takenFen, contributor, charter.accounting.equityAccount), ...rest.lines],
          links: { call: callId },
          facts: { bankReference: line.reference, contributor, bookedOn: line.bookedOn },
          digests: [callDigest(callId, after), ...partner.digests, ...rest.digests],
        },
      ],
      changes: [
        { type: 'call', id: callId, state: after, priorStatuses: callMachine.edges.receive.from },
        ...partner.changes,
        ...rest.changes,
      ],
      head: { bankFen: line.amountFen, paidInFen: takenFen },
    };
  },
};

export interface CancelCallPayload {
  readonly callId: string;
  readonly reason: string;
}

/**
 * Takes a call back of which nothing has come.
 * @throws ROLE_REQUIRED, CALL_NOT_FOUND, STATE_INVALID, CALL_PARTLY_PAID
 */
export const cancelCall: CommandSpec<CancelCallPayload> = {
  kind: 'capital.cancel-call',
  primary: (p) => ref('call', p.callId),
  prefetch: () => [ref('capital', 'all')],
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'director');
    const call = readCall(state, payload.callId);
    requireEdge(callMachine, 'cancel', call.status);
    ensure(
      call.parts.every((p) => p.paidFen === 0n),
      'CALL_PARTLY_PAID',
      { callId: payload.callId },
    );
    const after: CallState = { ...call, status: 'cancelled' };
    const capital = readCapital(state);
    const contributors = capital.contributors.map((c) => ({
      ...c,
      calledFen: c.calledFen - (call.parts.find((p) => p.contributor === c.id)?.amountFen ?? 0n),
    }));
    return {
      entries: [
        {
          type: 'capital.call-cancelled',
          businessDate: today,
          summary: payload.reason,
          links: { call: payload.callId },
          digests: [callDigest(payload.callId, after)],
        },
      ],
      changes: [
        { type: 'call', id: payload.callId, state: after, priorStatuses: callMachine.edges.cancel.from },
        { type: 'capital', id: 'all', state: { contributors } },
      ],
    };
  },
};

const readCall = (state: Snapshot, callId: string): CallState => {
  const found = state.read('call', callId);
  if (found === undefined) throw new FundError('CALL_NOT_FOUND', { callId });
  return found;
};
