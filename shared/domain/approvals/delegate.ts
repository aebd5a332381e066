import { ensure } from '#shared/errors/fund-error.ts';
import type { CommandSpec } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import { requireRole } from './guards.ts';

export interface DelegatePayload {
  readonly to: string;
  readonly firstDay: BusinessDate;
  readonly lastDay: BusinessDate;
}

/** Delegations that may run at one time; a committee has a handful of members. */
const DELEGATIONS_MAX = 50;

/**
 * A committee member lets somebody vote for them for some days (授权委托). Ending it early: a new one to the same person
 * whose last day is past replaces it.
 * @throws ROLE_REQUIRED, NOT_A_MEMBER, DELEGATION_INVALID
 */
export const delegateVote: CommandSpec<DelegatePayload> = {
  kind: 'delegation.give',
  primary: () => ref('delegations', 'all'),
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'committee');
    ensure(
      rules.inForce().committee.members.some((m) => m.id === actor.id),
      'NOT_A_MEMBER',
      { member: actor.id },
    );
    ensure(payload.to !== actor.id, 'DELEGATION_INVALID', { reason: 'to oneself' });
    ensure(payload.firstDay <= payload.lastDay, 'DELEGATION_INVALID', { reason: 'first day after last day' });
    const kept = (state.read('delegations', 'all')?.delegations ?? []).filter(
      (d) => d.lastDay >= today && !(d.from === actor.id && d.to === payload.to),
    );
    ensure(kept.length < DELEGATIONS_MAX, 'DELEGATION_INVALID', { reason: 'too many' });
    const added = { from: actor.id, to: payload.to, firstDay: payload.firstDay, lastDay: payload.lastDay };
    return {
      entries: [
        {
          type: 'delegation.given',
          businessDate: today,
          summary: '授权委托投票',
          links: {},
          facts: { from: actor.id, ...payload },
        },
      ],
      changes: [{ type: 'delegations', id: 'all', state: { delegations: [...kept, added] } }],
    };
  },
};
