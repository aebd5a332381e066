import { ensure, FundError } from '#shared/errors/fund-error.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import { guidanceRules } from '../charter/charter.ts';
import { ref } from '../entities.ts';
import type { DocumentRef } from '../lending/proposals.ts';
import { machine, requireEdge } from '../machine.ts';
import { hashOf } from '../wire.ts';

export type SuspensionStatus = 'suspended' | 'lifted';

export const suspensionMachine = machine('suspension of investing', {
  report: { from: ['suspended', 'lifted'], to: ['suspended'] },
  lift: { from: ['suspended'], to: ['lifted'] },
} satisfies Record<string, { from: SuspensionStatus[]; to: SuspensionStatus[] }>);

/** Whether new investment is suspended, and by what (关键人士事件). */
export interface SuspensionState {
  readonly status: SuspensionStatus;
  /** Events not yet dealt with. */
  readonly events: readonly { readonly person: string; readonly what: string; readonly on: BusinessDate }[];
}

/** @throws INVESTING_SUSPENDED */
export const requireInvesting = (state: Snapshot): void => {
  const suspension = state.read('suspension', 'all');
  ensure(suspension?.status !== 'suspended', 'INVESTING_SUSPENDED', {
    persons: suspension?.events.map((e) => e.person).join(' ') ?? '',
  });
};

/** Events that may be open at one time; a fund has a handful of key persons. */
export const EVENTS_MAX = 20;

export interface ReportKeyPersonPayload {
  readonly person: string;
  readonly what: string;
  readonly on: BusinessDate;
}

/**
 * A key person has left or cannot act: no new investment until a case lifts the suspension.
 * @throws ROLE_REQUIRED, INSTRUMENT_FORBIDDEN for a fund without key persons, NOT_A_KEY_PERSON, DATE_INVALID,
 *   EVENTS_TOO_MANY
 */
export const reportKeyPerson: CommandSpec<ReportKeyPersonPayload> = {
  kind: 'key-person.report',
  primary: () => ref('suspension', 'all'),
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer', 'reviewer', 'director');
    const { keyPersons } = guidanceRules(rules.inForce(), 'key-person');
    const { person, what, on } = payload;
    ensure(
      keyPersons.some((k) => k.id === person),
      'NOT_A_KEY_PERSON',
      { person },
    );
    ensure(on <= today, 'DATE_INVALID', { on });
    const events = state.read('suspension', 'all')?.events ?? [];
    ensure(events.length < EVENTS_MAX, 'EVENTS_TOO_MANY', { limit: String(EVENTS_MAX) });
    const after: SuspensionState = { status: 'suspended', events: [...events, { person, what, on }] };
    return {
      entries: [
        {
          type: 'investing.suspended',
          businessDate: today,
          summary: `关键人士事件，暂停新增投资：${what}`,
          links: {},
          facts: { person, on },
          digests: [suspensionDigest(after)],
        },
      ],
      changes: [{ type: 'suspension', id: 'all', state: after }],
    };
  },
};

const suspensionDigest = ({ status, events }: SuspensionState): Digest => ({
  type: 'suspension',
  id: 'all',
  fields: { status, persons: events.map((e) => e.person).join(' ') },
});

/** A proposal to invest again: how each event has been dealt with. */
export interface ResumptionProposal {
  readonly events: SuspensionState['events'];
  readonly reason: string;
  readonly documents: readonly DocumentRef[];
}

export interface ProposeResumptionPayload {
  readonly caseId: string;
  readonly reason: string;
  readonly documents: readonly DocumentRef[];
}

/**
 * Proposes to lift the suspension; the case is about the events there are now.
 * @throws ROLE_REQUIRED, STATE_INVALID
 */
export const proposeResumption: CommandSpec<ProposeResumptionPayload> = {
  kind: 'investing.propose-resumption',
  primary: (p) => ref('case', p.caseId),
  prefetch: () => [ref('suspension', 'all')],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer', 'director');
    const { caseId, reason, documents } = payload;
    const { events } = readSuspension(state);
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'resumption', resumption: { events, reason, documents } },
        amountFen: 0n,
        checks: [],
        links: {},
        summary: `恢复新增投资 ${events.map((e) => e.person).join(' ')}`,
      },
      actor,
      rules,
      today,
    );
  },
};

/** @throws STATE_INVALID when nothing is suspended */
const readSuspension = (state: Snapshot): SuspensionState => {
  const found = state.read('suspension', 'all') ?? { status: 'lifted', events: [] };
  requireEdge(suspensionMachine, 'lift', found.status);
  return found;
};

/** @throws STATE_INVALID, EVENTS_CHANGED when another event came after the case was made */
export const liftSuspension = (state: Snapshot, resumption: ResumptionProposal): ApprovalEffect => {
  const before = readSuspension(state);
  if (hashOf(before.events) !== hashOf(resumption.events))
    throw new FundError('EVENTS_CHANGED', { persons: before.events.map((e) => e.person).join(' ') });
  const after: SuspensionState = { status: 'lifted', events: [] };
  return {
    carriedOut: true,
    changes: [{ type: 'suspension', id: 'all', state: after, priorStatuses: suspensionMachine.edges.lift.from }],
    entry: { digests: [suspensionDigest(after)] },
  };
};
