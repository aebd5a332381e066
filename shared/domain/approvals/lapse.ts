import { ensure } from '#shared/errors/fund-error.ts';
import type { CommandSpec, Snapshot } from '../book/decision.ts';
import { ref } from '../entities.ts';
import { acquisitionIdOf } from '../equity/acquisition.ts';
import { loanIdOf } from '../lending/loan.ts';
import { requireEdge } from '../machine.ts';
import { caseMachine } from './case.ts';
import { readCase, requireSystem } from './guards.ts';
import { giveUp, step } from './step.ts';

export interface LapsePayload {
  readonly caseId: string;
}

/**
 * The day after its last day a case lapses; an approved loan whose contract never came gives its hold back, one that
 * was contracted is done.
 * @throws ROLE_REQUIRED, STATE_INVALID, CASE_NOT_EXPIRED
 */
export const lapseCase: CommandSpec<LapsePayload> = {
  kind: 'case.lapse',
  primary: (p) => ref('case', p.caseId),
  prefetch: (p) => [ref('proposal', p.caseId)],
  decide: (state, { payload, actor }, _rules, today) => {
    requireSystem(actor);
    const found = readCase(state, payload.caseId);
    ensure(today > found.expiresOn, 'CASE_NOT_EXPIRED', { expiresOn: found.expiresOn });
    if (found.status === 'approved' && isContracted(state, payload.caseId))
      return step(
        'carryOut',
        payload.caseId,
        { ...found, status: 'done' },
        {
          type: 'case.done',
          businessDate: today,
          summary: '合同已签，事项办结',
        },
      );
    requireEdge(caseMachine, 'lapse', found.status);
    return giveUp(
      state,
      'lapse',
      payload.caseId,
      { ...found, status: 'lapsed' },
      {
        type: 'case.lapsed',
        businessDate: today,
        summary: '逾期未决，自动失效',
      },
    );
  },
};

/**
 * A loan, or an acquisition, has the number of its case, so looking is enough. A loan comes with its contract; an acquisition
 * may have been given up before it had one.
 */
const isContracted = (state: Snapshot, caseId: string): boolean =>
  state.read('loan', loanIdOf(caseId)) !== undefined ||
  state.read('acquisition', acquisitionIdOf(caseId))?.contractNumber !== undefined;
