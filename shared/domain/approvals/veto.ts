import { ensure } from '#shared/errors/fund-error.ts';
import type { Decision, Rules, Snapshot } from '../book/decision.ts';
import type { Actor } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import { requireEdge } from '../machine.ts';
import { caseMachine, type Vote } from './case.ts';
import { readCase, requireFresh, requireRole, requireShown, type Shown } from './guards.ts';
import { giveUp } from './step.ts';

interface Veto extends Shown {
  readonly caseId: string;
  readonly comment: string;
  readonly ground?: string;
}

/**
 * 一票否决: the observer stops a case on a ground of compliance the charter names; on its merit the observer has no say.
 * Possible as long as the case is not decided, also after the committee has agreed.
 * @throws ROLE_REQUIRED, CASE_NOT_FOUND, STATE_INVALID, CASE_CHANGED, CASE_EXPIRED, NOT_THE_OBSERVER, VETO_WITHOUT_GROUND
 */
export const vetoCase = (
  state: Snapshot,
  { caseId, comment, ground, ...shown }: Veto,
  actor: Actor,
  rules: Rules,
  today: BusinessDate,
): Decision => {
  requireRole(actor, 'observer');
  const found = readCase(state, caseId);
  requireEdge(caseMachine, 'veto', found.status);
  requireShown(found, shown);
  requireFresh(found, today);
  const observer = found.charterVersion === 0 ? undefined : rules.version(found.charterVersion).committee.observer;
  ensure(observer?.id === actor.id, 'NOT_THE_OBSERVER', { observer: observer?.id ?? '' });
  const grounds = observer?.grounds.map((g) => g.id) ?? [];
  ensure(ground !== undefined && grounds.includes(ground), 'VETO_WITHOUT_GROUND', { grounds: grounds.join(' ') });
  const vote: Vote = { member: actor.id, choice: 'veto', ground };
  return giveUp(
    state,
    'veto',
    caseId,
    { ...found, status: 'rejected', votes: [...found.votes, vote] },
    {
      type: 'case.vetoed',
      businessDate: today,
      summary: comment,
      facts: { observer: actor.id, ground, hash: shown.payloadHash },
    },
  );
};
